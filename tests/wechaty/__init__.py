"""The channel to an ordinary WeChat account."""
