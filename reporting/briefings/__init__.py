"""What lies on the table before a meeting: one page of a subtree, and what became of the page before it."""
