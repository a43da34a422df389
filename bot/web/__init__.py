"""The web: open data and the public page."""
