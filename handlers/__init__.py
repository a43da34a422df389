"""What is done about what has come in: `routing` finds the handler, which calls a use case and words what came of it."""
