"""What is kept for residents: follows, flags, bulletins."""
