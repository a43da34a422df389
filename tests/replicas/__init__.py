"""Several processes behind nginx on one PostgreSQL."""
