"""The command line, as the desk types it."""
