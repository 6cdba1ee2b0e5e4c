"""What happens to the unit: record, find missing, raise, acknowledge, escalate, teach, summarize."""
