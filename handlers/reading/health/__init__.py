"""The walk: of whom and of which day each clause speaks, and what it says of their health."""
