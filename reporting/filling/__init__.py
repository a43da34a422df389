"""Filling in a report: drafts, moves from question to question, several answers at once, the words of all that."""
