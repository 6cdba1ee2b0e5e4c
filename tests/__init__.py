"""The tests: stories in the users' words, with real parts."""
