"""The channel Telegram: the ear that hears, the speaker that says, and what both know of the Bot API."""
