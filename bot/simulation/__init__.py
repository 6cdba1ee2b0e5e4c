"""A made-up unit that lives for a while with the real bot: people who report, forget, fall ill and are in need, channels that fail."""
