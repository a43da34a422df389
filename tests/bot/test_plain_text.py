"""A plain text is read without aiogram's models: it comes to the very same as with them, or is left to them."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.decode import Decoder
from bot.telegram.plain_text import plain_text_of
from simulator import Simulator

DECODER = Decoder("gb_bot", 1000)
NAM = {"id": 7, "is_bot": False, "first_name": "Lê Văn", "last_name": "Nam", "language_code": "vi"}
OWN = {"id": 7, "type": "private", "first_name": "Lê Văn"}
TEXT = {"message_id": 5, "date": 1636533000, "chat": OWN, "from": NAM, "text": "12 ca"}
UPDATE = {"update_id": 1, "message": TEXT}
ODD = [None, True, 0, 7, -7, 1.5, 2**70, "", "private", "/baocao@gb_bot hôm qua", "\ud800", [], {}, {"id": 7}, [1]]
"""Values that stand somewhere in an update in place of the right one."""
PLACES = [
    ("update_id",),
    ("message",),
    *(("message", name) for name in (*TEXT, "entities", "edit_date", "photo", "message_thread_id", "reply_to_message")),
    *(("message", "from", name) for name in (*NAM, "username", "is_premium")),
    *(("message", "chat", name) for name in (*OWN, "title", "is_forum")),
]


def outcome(decode: Callable[[], object]) -> object:
    """What comes of it; for whatever cannot be read that it cannot."""
    try:
        return decode()
    except ValueError:
        return "cannot be read"


def agree(update: Any) -> bool:
    """Whether both come to the same; True if the plain way took it at all."""
    raw = json.dumps(update)
    read = json.loads(raw)
    assert outcome(lambda: DECODER.decode(raw)) == outcome(lambda: DECODER.decode_by_library(read)), raw
    return plain_text_of(read) is not None


def with_odd(update: dict[str, Any], place: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The update with another value at a place; without what stands there for «…»."""
    changed = deepcopy(update)
    *above, last = place
    inside: Any = changed
    for step in above:
        inside = inside[step] if isinstance(inside, dict) and isinstance(inside.get(step), dict) else {}
    if value is ...:
        inside.pop(last, None)
    else:
        inside[last] = value
    return changed


@pytest.mark.parametrize("text", ["12", "12 ca", "/baocao", "/baocao@gb_bot hôm qua", "/baocao@other", "", "\n", "𝟙"])
def test_a_text_comes_to_the_same(text: str) -> None:
    assert agree({"update_id": 1, "message": TEXT | {"text": text}})


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_whatever_stands_at_a_place_comes_to_the_same(place: tuple[str, ...]) -> None:
    for value in [*ODD, ...]:
        agree(with_odd(UPDATE, place, value))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from([*ODD, ...])), max_size=4))
def test_several_odd_values_at_once_come_to_the_same(changes: list[tuple[tuple[str, ...], Any]]) -> None:
    update = UPDATE
    for place, value in changes:
        update = with_odd(update, place, value)
    agree(update)


async def test_what_the_simulator_sends_comes_to_the_same() -> None:
    async with Simulator(seed=1) as simulator:
        bot = simulator.bot()
        person = simulator.person("Lê Văn Nam")
        person.private().started = True
        for text in ("12", "/baocao", "xã Thọ Dân hôm nay mấy ca"):
            await person.says(text)
        updates = [each.view() for each in bot.queue.pending.values()]
    assert [agree(json.loads(json.dumps(each))) for each in updates] == [True, True, True]
