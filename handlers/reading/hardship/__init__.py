"""Needs and cries for help: whether there is one, of which kind, how urgent, and whose."""
