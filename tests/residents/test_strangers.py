"""Whoever is nobody we know is read by few readers: the others would leave whatever he says to the next."""

from dataclasses import replace

import pytest

from handlers.routing import READERS, STRANGERS_READERS, Reader
from reporting.answers import Attachment
from reporting.incoming import Earlier, Message, Sender, SharedFile
from reporting.people import Address
from reporting.translator import LANGUAGES, translator
from tests.residents.town import Town

AT = Address("telegram", "7")
SAID = (
    "1",
    "12,5",
    "F0 5, khỏi 2",
    "hôm nay xã Thọ Dân có bao nhiêu ca mới",
    "1, 3: xem lại số F0",
    "lý do: mất điện",
    "ngày mai tôi nghỉ",
    "/baocao",
    "hôm nay",
    "Báo cáo ngày 10/11\nF0: 3\nkhỏi: 2",
)
RECEIPT = Earlier("5", "Đã tiếp nhận ST-1", (), is_bots=True)


def messages() -> list[Message]:
    """Whatever staff may type instead of a button or a command, in any language, some words, and files."""
    typed = {
        phrase.strip()
        for words in map(translator, LANGUAGES)
        for key in words.keys
        if "typed" in key and key != "invitation_typed"  # that tells how to come in
        for phrase in words.plain(key).split(";")
        if "{" not in phrase
    }
    plain = Message(AT, "private", None, Sender(AT, "Lan"), 9)
    said = [replace(plain, text=text) for text in (*SAID, *sorted(typed))]
    replies = [replace(each, replied=RECEIPT) for each in said[: len(SAID)]]
    files = [
        replace(plain, shared=SharedFile("document", Attachment("f", name, "", 9)))
        for name in ("a.xlsx", "a.csv", "a.md")
    ]
    return [*said, *replies, *files]


@pytest.mark.parametrize(
    "read", [each for each in READERS if each not in STRANGERS_READERS], ids=lambda each: each.__name__
)
def test_readers_that_strangers_are_not_sent_to_leave_them_whatever_they_say(town: Town, read: Reader) -> None:
    context = town.turn()
    assert [each for each in messages() if read(each, context) is not None] == []


def test_strangers_readers_are_tried_in_the_same_order_as_all() -> None:
    assert [each for each in READERS if each in STRANGERS_READERS] == list(STRANGERS_READERS)
