"""How fast and how costly the parts are: each module has a `main()` that prints a small table."""
