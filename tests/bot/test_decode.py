"""What comes in from Telegram, as it goes inward: nothing of aiogram's, and nothing that is lost."""

import json
from typing import Any

import pytest

from bot.telegram.decode import Decoder
from reporting.answers import Attachment, GeoPoint
from reporting.incoming import (
    ChatMoved,
    Earlier,
    Incoming,
    InlineQuestion,
    Membership,
    Message,
    Sender,
    SharedFile,
    Tap,
)
from reporting.people import Address

NAM = {"id": 7, "is_bot": False, "first_name": "Lê Văn", "last_name": "Nam", "language_code": "vi"}
BOT = {"id": 1000, "is_bot": True, "first_name": "GB", "username": "gb_bot"}
OWN = {"id": 7, "type": "private", "first_name": "Lê Văn"}
GROUP = {"id": -100, "type": "supergroup", "title": "Ban chỉ đạo", "is_forum": True}
HOME = Address("telegram", "7")


def decoded(update: dict[str, Any]) -> Incoming | None:
    return Decoder("gb_bot", 1000).decode(json.dumps({"update_id": 1, **update}))


def message(chat: dict[str, Any] = OWN, kind: str = "message", **more: Any) -> Message:
    found = decoded({kind: {"message_id": 5, "date": 1636533000, "chat": chat, "from": NAM, **more}})
    assert isinstance(found, Message)
    return found


def test_a_text_comes_with_who_says_it_and_where() -> None:
    found = message(text="12 ca")
    assert (found.chat, found.place, found.home, found.is_private, found.topic) == (HOME, HOME, HOME, True, None)
    assert found.sender == Sender(HOME, "Lê Văn Nam", "vi")
    assert (found.message_id, found.text, found.said, found.language) == (5, "12 ca", "12 ca", "vi")
    assert not found.is_edit
    assert not found.is_forwarded


@pytest.mark.parametrize(
    ("text", "command", "arguments"),
    [
        ("/baocao", "baocao", ""),
        ("/baocao@gb_bot hôm qua", "baocao", "hôm qua"),
        ("/baocao@GB_BOT", "baocao", ""),
        ("/baocao\nF0 3\nF1 4", "baocao", "F0 3\nF1 4"),
        ("/baocao@other_bot", "", ""),
        ("12/5", "", ""),
        ("/", "", ""),
    ],
)
def test_a_command_is_ours_unless_it_names_another_bot(text: str, command: str, arguments: str) -> None:
    found = message(text=text)
    assert (found.command, found.arguments) == (command, arguments)


def test_in_a_topic_it_is_answered_there() -> None:
    found = message(GROUP, text="/tinhhinh", message_thread_id=3, is_topic_message=True)
    assert (found.chat, found.place) == (Address("telegram", "-100"), Address("telegram", "-100", 3))
    assert (found.home, found.is_group) == (HOME, True)


@pytest.mark.parametrize(
    ("more", "to_us"),
    [
        ({"text": "@gb_bot số ca mới?"}, " số ca mới?"),
        ({"text": "số ca mới @GB_bot"}, "số ca mới "),
        ({"text": "số ca mới?"}, None),
        (
            {"text": "còn Thọ Sơn?", "reply_to_message": {"message_id": 4, "date": 1, "chat": GROUP, "from": BOT}},
            "còn Thọ Sơn?",
        ),
        ({"text": "cảm ơn", "reply_to_message": {"message_id": 4, "date": 1, "chat": GROUP, "from": NAM}}, None),
    ],
)
def test_in_a_group_only_what_names_the_bot_or_answers_it_is_said_to_it(
    more: dict[str, Any], to_us: str | None
) -> None:
    assert message(GROUP, **more).to_us == to_us


def test_what_is_replied_to_comes_with_its_buttons() -> None:
    rows = [
        [{"text": "Báo cáo", "callback_data": "report:d:2:211110"}, {"text": "Trang", "url": "https://example.com"}]
    ]
    above = {
        "message_id": 4,
        "date": 1,
        "chat": OWN,
        "from": BOT,
        "caption": "Nhắc",
        "reply_markup": {"inline_keyboard": rows},
    }
    found = message(text="3", reply_to_message=above)
    assert found.replied == Earlier("4", "Nhắc", ("report:d:2:211110",), is_bots=True)


def test_a_forwarded_message_is_known_as_one() -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Ai đó"}
    assert message(text="3", forward_origin=origin).is_forwarded


def test_a_place_a_photo_and_a_file_are_shared() -> None:
    assert message(location={"latitude": 19.8, "longitude": 105.6}).shared == GeoPoint(19.8, 105.6)
    sizes = [
        {"file_id": each, "file_unique_id": each, "width": 9, "height": 9, "file_size": 9} for each in ("nhỏ", "to")
    ]
    assert message(photo=sizes).shared == SharedFile("photo", Attachment("to", "", "image/jpeg", 9))
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "a.xlsx", "mime_type": "x/y", "file_size": 3}
    found = message(document=document).shared
    assert isinstance(found, SharedFile)
    assert (found.kind, found.file, found.is_read, found.not_fetched) == (
        "document",
        Attachment("f", "a.xlsx", "x/y", 3),
        False,
        "",
    )


@pytest.mark.parametrize(
    ("found", "is_read", "cells", "not_fetched"),
    [
        ({"cells": {"A1": ["s", "Xã"]}}, True, {"A1": ("s", "Xã")}, ""),
        ({"cells": None}, True, None, ""),
        ({"not_fetched": "gone"}, False, None, "gone"),
    ],
)
def test_a_file_that_was_fetched_is_heard_again_with_what_is_in_it(
    found: dict[str, Any], is_read: bool, cells: dict[str, Any] | None, not_fetched: str
) -> None:
    sent = message(document={"file_id": "f", "file_unique_id": "u", "file_name": "a.xlsx"}).shared
    assert isinstance(sent, SharedFile)
    assert sent.again is not None
    again = decoded({"message": {**sent.again, **found}})
    assert isinstance(again, Message)
    assert isinstance(again.shared, SharedFile)
    assert (again.message_id, again.chat) == (5, HOME)
    assert (again.shared.is_read, again.shared.cells, again.shared.not_fetched) == (is_read, cells, not_fetched)


def test_an_edit_is_known_as_one() -> None:
    assert message(kind="edited_message", edit_date=1636533100, text="13").is_edit


def test_a_tap_comes_with_what_it_stands_under() -> None:
    under = {"message_id": 4, "date": 1, "chat": GROUP, "from": BOT, "text": "Tổng hợp", "message_thread_id": 3}
    query = {"id": "9", "from": NAM, "chat_instance": "1", "data": "board:1"}
    tap = decoded({"callback_query": {**query, "message": {**under, "is_topic_message": True}}})
    assert isinstance(tap, Tap)
    assert (tap.press, tap.chat, tap.topic, tap.home) == ("board:1", Address("telegram", "-100"), 3, HOME)
    assert tap.under == Earlier("4", "Tổng hợp", (), is_bots=True)
    old = decoded({"callback_query": {**query, "message": {"message_id": 4, "date": 0, "chat": OWN}}})
    assert isinstance(old, Tap)
    assert (old.under, old.chat) == (Earlier("4"), HOME)
    elsewhere = decoded({"callback_query": {**query, "inline_message_id": "x"}})
    assert isinstance(elsewhere, Tap)
    assert (elsewhere.under, elsewhere.chat) == (None, HOME)


def test_an_inline_question_is_answered_at_its_askers() -> None:
    found = decoded({"inline_query": {"id": "9", "from": NAM, "query": "thọ dân", "offset": ""}})
    assert isinstance(found, InlineQuestion)
    assert (found.query_id, found.text, found.chat, found.is_private) == ("9", "thọ dân", HOME, True)


@pytest.mark.parametrize(("status", "is_in"), [("member", True), ("kicked", False), ("left", False)])
def test_a_membership_says_whether_the_bot_is_in(status: str, is_in: bool) -> None:
    more = {"until_date": 0} if status == "kicked" else {}
    change = {"chat": OWN, "from": NAM, "date": 1, "old_chat_member": {"status": "left", "user": BOT}}
    found = decoded({"my_chat_member": {**change, "new_chat_member": {"status": status, "user": BOT, **more}}})
    assert isinstance(found, Membership)
    assert (found.is_in, found.chat) == (is_in, HOME)


def test_a_group_that_moves_says_where_to() -> None:
    found = decoded({"message": {"message_id": 5, "date": 1, "chat": GROUP, "from": NAM, "migrate_to_chat_id": -200}})
    assert isinstance(found, ChatMoved)
    assert (found.chat.address, found.new_address) == ("-100", "-200")


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 5, "date": 1, "chat": {"id": -5, "type": "channel", "title": "Bản tin"}, "text": "x"}},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
                  "type": "regular", "allows_multiple_answers": False}},
        {"something_of_next_year": {"id": 1}},
        {},
    ],
)  # fmt: skip
def test_a_kind_of_update_that_nobody_answers_to_is_nothing(update: dict[str, Any]) -> None:
    assert decoded(update) is None


def test_fields_of_next_year_do_no_harm() -> None:
    assert message(text="12", glow={"kind": "aurora"}, from_next_year=True).text == "12"


def test_a_content_that_the_library_knows_otherwise_is_left_out_and_the_rest_is_heard() -> None:
    poll = {"id": "1", "question": "?", "options": []}
    above = {"message_id": 4, "date": 1, "chat": OWN, "from": BOT, "text": "Nhắc", "poll": poll}
    found = message(text="12", poll=poll, reply_to_message=above)
    assert (found.text, found.replied) == ("12", Earlier("4", "Nhắc", (), is_bots=True))


@pytest.mark.parametrize("raw", ["", "[]", '{"update_id": 1, "message": {}}', '{"update_id": 1, "message": null}'])
def test_what_is_no_update_is_an_error(raw: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Decoder("gb_bot", 1000).decode(raw)
