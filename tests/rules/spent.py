"""How much of the processor something takes: that is no more where others keep the machine busy, or it stands still for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time

ANY_TEXT = 5.0
"""Seconds: more than any text takes, and less than one that is gone through again and again."""


@contextmanager
def at_most(seconds: float = ANY_TEXT) -> Iterator[None]:
    """Fails where the block has taken more of this thread."""
    began = thread_time()
    yield
    took = thread_time() - began
    assert took < seconds, f"{took:.1f} s of the processor"
