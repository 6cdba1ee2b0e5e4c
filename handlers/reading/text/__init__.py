"""The letters of a message before anybody asks what they mean: one writing, clauses, days, and finding words and patterns in it."""
