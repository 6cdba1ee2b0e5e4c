"""The sandbox: a channel for trying things out over plain HTTP on this machine."""
