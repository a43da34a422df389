"""The open data, over HTTP, and their page in a browser."""
