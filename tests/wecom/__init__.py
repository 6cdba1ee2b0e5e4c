"""WeCom: what its wire asks of us, and what we make of what comes over it."""
