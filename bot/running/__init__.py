"""The running program: clock, clerk, outbox worker, and the only wiring."""
