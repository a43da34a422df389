"""The rules: pure functions of what people answered, when, and under which form; no I/O and no clock."""
