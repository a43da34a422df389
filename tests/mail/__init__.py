"""E-mail, over real SMTP with a strict server on loopback."""
