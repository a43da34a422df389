"""XLSForm's expressions: read, then evaluated as ODK Collect does."""
