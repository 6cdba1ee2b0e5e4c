"""Clients of WeCom that others wrote, each run as a program of its own."""
