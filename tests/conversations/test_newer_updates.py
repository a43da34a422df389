"""Updates that are newer than either library: they hold nobody up, and nobody hears an apology for them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.conversations.house import House, Talker

Json = dict[str, Any]
inbox = metadata.tables["inbox"]
KEYBOARD = {"inline_keyboard": [[{"text": "Mới", "hologram": {"id": 1}}]]}


def person(talker: Talker) -> Json:
    return {"id": talker.person.id, "is_bot": False, "first_name": talker.person.name, "aura": "blue"}


def chat(talker: Talker) -> Json:
    return {"id": talker.person.id, "type": "private", "first_name": talker.person.name, "gravity": {"g": 9.8}}


def message(talker: Talker, **more: Any) -> Json:
    house = talker.house.simulator
    now = int(house.clock.seconds())
    return {"message_id": 900, "date": now, "chat": chat(talker), "from": person(talker), **more}


async def comes(house: House, kind: str, body: Json) -> None:
    """An update of any kind, whether the bot asked for it or not."""
    house.simulator.first_bot.queue.allowed.append(kind)
    assert house.simulator.raw_update(kind, body)
    await house.settled()


async def states(house: House) -> set[str]:
    def read(connection: Connection) -> set[str]:
        return set(connection.execute(select(inbox.c.state)).scalars())

    return await house.running.clerk.write(read)


def moved(talker: Talker, status: str) -> Json:
    bot = {"id": 1000, "is_bot": True, "first_name": "Giao Ban"}
    now = int(talker.house.simulator.clock.seconds())
    before, after = {"user": bot, "status": "member"}, {"user": bot, "status": status, "until": {"tide": 2}}
    about = {"chat": chat(talker), "from": person(talker), "date": now}
    return {**about, "old_chat_member": before, "new_chat_member": after}


def tapped(talker: Talker, **more: Any) -> Json:
    return {"id": "77", "from": person(talker), "chat_instance": "5", "aura": 1, **more}


UNANSWERED: dict[str, tuple[str, Callable[[Talker], Json]]] = {
    "a kind that nobody knows": ("hologram_shared", lambda t: {"chat": chat(t), "from": person(t), "depth": 3}),
    "a kind that is no object": ("hologram_count", lambda t: {"count": 3}),
    "a standing that nobody knows": ("my_chat_member", lambda t: moved(t, "levitating")),
    "a tap without a message": ("callback_query", lambda t: tapped(t, data="x:1")),
    "a tap without anything": ("callback_query", tapped),
    "a tap on an inline message": ("callback_query", lambda t: tapped(t, inline_message_id="AA", data="x")),
    "a question from a place that nobody knows": (
        "inline_query",
        lambda t: {"id": "78", "from": person(t), "query": "", "offset": "", "chat_type": "orbit"},
    ),
}


@pytest.mark.parametrize("case", UNANSWERED)
async def test_what_is_newer_than_we_know_is_passed_over_in_silence(house: House, reporter: Talker, case: str) -> None:
    kind, body = UNANSWERED[case]
    await comes(house, kind, body(reporter))
    assert [each.text for each in reporter.forgets() if "GB-" in each.text] == []
    assert await states(house) == {"done"}
    await reporter.says("/baocao")
    reporter.hears("(1/20)")


NEWER_PARTS: dict[str, Json] = {
    "a field that nobody knows": {"hologram": {"id": 1, "parts": [1, 2]}},
    "an entity that nobody knows": {"entities": [{"type": "glitter", "offset": 0, "length": 2, "density": 3}]},
    "an origin that nobody knows": {"forward_origin": {"type": "hologram", "date": 1, "depth": 3}},
    "a button that nobody knows": {"reply_markup": KEYBOARD},
    "media that nobody knows": {"paid_media": {"star_count": 1, "paid_media": [{"type": "hologram"}]}},
    "a background that nobody knows": {"chat_background_set": {"type": {"type": "void", "fill": {"type": "wave"}}}},
    "an answer to a chat that nobody knows": {"external_reply": {"origin": {"type": "hologram", "date": 1}}},
    "a field that has become an object": {"author_signature": {"text": "x"}, "media_group_id": {"id": 7}},
}


@pytest.mark.parametrize("case", NEWER_PARTS)
async def test_words_are_read_whatever_comes_with_them(house: House, reporter: Talker, case: str) -> None:
    await comes(house, "message", message(reporter, text="/baocao", **NEWER_PARTS[case]))
    reporter.hears("(1/20)")
    reporter.hears_nothing()
    await reporter.says("3")
    reporter.hears("(2/20)")


@pytest.mark.parametrize("case", NEWER_PARTS)
async def test_a_message_of_newer_parts_alone_brings_no_apology(house: House, resident: Talker, case: str) -> None:
    await resident.says("/start")
    resident.forgets()
    await comes(house, "message", message(resident, **NEWER_PARTS[case]))
    assert [each.text for each in resident.forgets() if "GB-" in each.text] == []
    assert await states(house) == {"done"}


async def test_a_tap_on_a_message_that_is_out_of_reach_is_answered(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.forgets()
    gone = {"chat": chat(reporter), "message_id": 5, "date": 0, "ghost": True}
    await comes(house, "callback_query", tapped(reporter, data="skip:1", message=gone))
    assert [each.text for each in reporter.forgets() if "GB-" in each.text] == []
    assert await states(house) == {"done"}
