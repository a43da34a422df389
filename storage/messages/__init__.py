"""The inbox, the outbox and what lies around them."""
