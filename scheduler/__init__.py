"""What the clock does: one file per job, one runner."""
