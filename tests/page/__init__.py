"""The demo page as a person uses it: headless Chromium against the whole bot on a database of its own."""
