"""What a chat was last shown of the draft that it is at, as a number that is kept: the draft's turn, or below 0 what became of it."""

from typing import Any

UNSEEN = -1
"""What it was shown last did not come, for sure: nothing typed is an answer to it."""


def shown_in_doubt(turn: Any) -> Any:
    """Of a turn, or a column of them: nobody knows whether it came. A figure that is typed then is offered for what was asked."""
    return -2 - turn
