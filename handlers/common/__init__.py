"""What everybody may do in chat, and what every handler is given."""
