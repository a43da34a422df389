"""The desk's page, over HTTP and in a browser."""
