"""What was uploaded once is sent again by its id there: Telegram has the file already."""

from collections import OrderedDict
from typing import NamedTuple

KEPT = 64


class FileMark(NamedTuple):
    """By what a file is known again: «photo» or «document», and the mark of what it is drawn from (`Drawer.mark_of`)."""

    kind: str
    drawing: bytes


class SentFiles:
    """The `file_id`s of the last `KEPT` files that were sent, as long as the program runs."""

    def __init__(self) -> None:
        self._ids: OrderedDict[FileMark, str] = OrderedDict()

    def id_of(self, mark: FileMark) -> str:
        """Telegram's id of the file; empty where it is not known."""
        if mark not in self._ids:
            return ""
        self._ids.move_to_end(mark)
        return self._ids[mark]

    def keep(self, mark: FileMark, file_id: str) -> None:
        """Telegram has it under this id; an empty one is not kept."""
        if not file_id:
            return
        self._ids[mark] = file_id
        if len(self._ids) > KEPT:
            self._ids.popitem(last=False)

    def forget(self, mark: FileMark) -> None:
        """Telegram does not know that id any more."""
        self._ids.pop(mark, None)
