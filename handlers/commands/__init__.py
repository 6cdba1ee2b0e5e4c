"""Commands: what is said to the bot on purpose. One file per command, one ordered registry."""
