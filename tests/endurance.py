"""How often what is tried at random is tried: seldom in `make test`, often in `make endure`; and by which seed."""

import os

ENDURING = bool(os.environ.get("ENDURE"))
SEED = int(os.environ.get("ENDURE_SEED", "2021"))
"""Printed when a test fails; `make endure ENDURE_SEED=…` tries the very same again."""


def times(seldom: int, often: int) -> int:
    """How many times: the first number in `make test`, the second in `make endure`."""
    return often if ENDURING else seldom
