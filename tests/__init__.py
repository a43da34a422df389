"""Conversations with the bot, and the rules alone; the fixtures that they stand on."""
