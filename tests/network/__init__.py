"""Weak networks."""
