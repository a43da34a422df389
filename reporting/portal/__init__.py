"""Portals: what a mapping says of where figures are due, what is sent there, and what the taker has answered. Pure."""
