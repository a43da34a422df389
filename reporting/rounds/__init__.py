"""The rounds: periods, standings, rates, who is reminded when and in which words."""
