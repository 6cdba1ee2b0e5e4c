"""The HTTP interfaces of the platform, one file for each family."""
