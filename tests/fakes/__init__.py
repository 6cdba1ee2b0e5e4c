"""Other sides: what the bot talks to, played by local servers of our own."""
