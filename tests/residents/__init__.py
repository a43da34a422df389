"""Residents and their questions."""
