"""What leaders read: one subtree's figures over a period, drawn from evidence and kept as they were said."""
