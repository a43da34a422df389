"""That one figure is the same wherever it is told, and is the one that was reported: days of reports, played and read back."""
