"""What residents do in chat: ask, follow, doubt, say something."""
