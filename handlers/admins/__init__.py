"""What the desk does in chat."""
