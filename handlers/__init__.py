"""What people say: reading text (pure), one file per kind of message, commands."""
