"""The page on which a whole report is filled in: the same draft as in chat, by the same rules."""
