"""The page of the simulator with the real bot behind it."""
