"""The page before a meeting: what it says, block by block, and its buttons."""
