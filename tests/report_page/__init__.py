"""A report's page, over HTTP and in a browser."""
