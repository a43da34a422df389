"""What is drawn for many is drawn once; of a province's figures nothing stays in memory but the file that was made of them."""

import gc
import weakref
from typing import Any

from bot.running.render_cache import KEPT, Drawer
from reporting.say import Drawn, KeptDrawing


class Figures(dict[str, Any]):
    """Such as one can tell of whether they are still there."""


def table(number: int, figures: dict[str, Any]) -> Drawn:
    return Drawn(f"{number}.xlsx", KeptDrawing("table", figures))


async def test_the_newest_files_are_kept_and_what_they_were_drawn_of_is_not() -> None:
    made: list[str] = []

    def draw(drawn: Drawn) -> bytes:
        made.append(drawn.file_name)
        return drawn.file_name.encode()

    drawer = Drawer(draw)
    figures = Figures(cases=3)
    still_there = weakref.ref(figures)
    assert [await drawer.bytes_of(table(0, figures)) for _ in range(2)] == [b"0.xlsx"] * 2
    del figures
    gc.collect()
    assert still_there() is None
    for number in range(1, KEPT + 1):
        await drawer.bytes_of(table(number, {"cases": 3}))
    assert made == [f"{number}.xlsx" for number in range(KEPT + 1)]
    for number in (KEPT, 0):
        await drawer.bytes_of(table(number, {"cases": 3}))
    assert made[KEPT + 1 :] == ["0.xlsx"], "the one that was asked for longest ago went"
    drawer.close()
