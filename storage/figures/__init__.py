"""Figures: accepted, pending, archived, added up, read for the public and for digests."""
