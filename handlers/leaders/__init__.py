"""What leaders do in chat: look, ask back, nudge, approve, fill in for units."""
