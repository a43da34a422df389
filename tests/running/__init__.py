"""The running program's parts when something around them fails."""
