"""What everybody is told."""
