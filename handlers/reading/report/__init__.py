"""What was done, planned and thought: reports under labels and accounts in free words."""
