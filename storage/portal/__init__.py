"""Where figures are due outside, what is due there, and what was answered."""
