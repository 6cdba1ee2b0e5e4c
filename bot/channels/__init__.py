"""The ways in and out. A channel talks to one platform and knows no rules."""
