"""Figures leave for portals: one sender, and one way to the outside."""
