"""What leaders do: look at a unit, compare, nudge, ask back, open again."""
