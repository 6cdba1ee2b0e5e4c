"""The statistical judge: what it is told of a message and of its clauses, and the odds that it gives."""
