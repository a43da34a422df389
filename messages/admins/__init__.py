"""What the desk is told."""
