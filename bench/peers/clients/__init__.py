"""The simulator beside clients that nobody here wrote: python-telegram-bot's live tests, and echo bots of four libraries."""
