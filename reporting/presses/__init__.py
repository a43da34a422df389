"""What the buttons carry: one class for each kind of button, a file for whom they serve."""
