"""Rounds, standings, and what was said of them."""
