"""Web pages: the demo's chat page and, with it, what the page asks the server."""
