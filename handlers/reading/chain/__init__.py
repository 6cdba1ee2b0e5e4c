"""接龙: where its lines stand, whose each is, and what it says."""
