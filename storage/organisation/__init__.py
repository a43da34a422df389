"""Units, people and their duties."""
