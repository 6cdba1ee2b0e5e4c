"""Which of the facts that were found in free words count, and the check-ins that are made of them."""
