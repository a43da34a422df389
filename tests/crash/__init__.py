"""The bot is killed at named points of a report, started again, and nobody notices."""
