"""Conversations: people say and tap, the whole program answers over HTTP."""
