"""What whoever reports is told."""
