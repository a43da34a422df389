"""What whoever reports does in chat: answers, review, sending, corrections, leave."""
