"""A real Wechaty gateway, over an account, contacts and rooms that a test plays."""
