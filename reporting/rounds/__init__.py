"""The rounds: periods, standings, rates, and who is reminded when."""
