"""The tick on a real database: who is told, once, whatever goes wrong."""
