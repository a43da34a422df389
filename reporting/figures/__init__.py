"""Figures: amounts, areas, what is known of them."""
