"""The fake WeCom is itself tested: it keeps the platform's rules."""
