"""What a message becomes where a channel has less room, no buttons, no pictures, no edits."""

from dataclasses import replace
from datetime import date

import pytest

from bot.telegram.channel import TELEGRAM
from reporting.fitting import joined_replies, messages_of
from reporting.people import Address
from reporting.presses.leaders import ShowBoard
from reporting.presses.reporters import OpenReport
from reporting.say import Button, ChannelFile, Drawn, KeptDrawing, Rank, Say
from tests.channels import CHANNELS, PAGER

DAY, PICTURE = date(2021, 11, 10), Drawn("bảng.png", KeptDrawing("picture", {}))
TO = Address("pager", "5")
BUTTONS = ((Button("Bảng theo ngày", ShowBoard(7)),),)


def test_a_channel_without_buttons_edits_and_pictures_gets_the_text_in_pieces_it_can_show() -> None:
    said = Say(
        TO,
        "<b>Tổng hợp</b> &amp; bảng\n\nSố ca mắc mới: 12 ca\n\nKhỏi: 3 ca",
        BUTTONS,
        photo=PICTURE,
        edits="9",
        key="k",
    )
    made = messages_of(said, PAGER)
    assert [each.text for each in made] == ["Tổng hợp & bảng\n\nSố ca mắc mới: 12 ca", "Khỏi: 3 ca"]
    assert [(each.buttons, each.photo, each.edits) for each in made] == [((), None, "")] * 2
    assert [each.key for each in made] == ["k", "k#1"]


def test_on_telegram_a_picture_bears_the_text_and_a_button_carries_its_press() -> None:
    (made,) = messages_of(Say(TO, "<b>Tổng hợp</b>", BUTTONS, photo=PICTURE), TELEGRAM)
    assert (made.text, made.photo) == ("<b>Tổng hợp</b>", PICTURE)
    assert made.buttons == ((Button("Bảng theo ngày", "board:7"),),)


def test_a_form_whose_key_no_button_can_carry_is_left_out_of_the_press() -> None:
    said = Say(TO, "Nhắc", ((Button("Báo cáo", OpenReport("f" * 60, 12345, DAY)),),))
    (made,) = messages_of(said, TELEGRAM)
    assert made.buttons[0][0].press == "report::12345:211110"


def test_what_a_button_cannot_carry_at_all_is_a_bug_and_not_cut() -> None:
    with pytest.raises(ValueError, match="board"):
        messages_of(Say(TO, "x", ((Button("x", ShowBoard(10**80)),),)), TELEGRAM)


def test_a_long_caption_goes_behind_its_picture() -> None:
    channel = replace(TELEGRAM, caption_length=5)
    first, second = messages_of(Say(TO, "Tổng hợp", BUTTONS, photo=PICTURE), channel)
    assert (first.text, first.photo, first.buttons) == ("", PICTURE, ())
    assert (second.text, second.photo) == ("Tổng hợp", None)


FILE = ChannelFile("photo", "telegram", "abc", "sơ đồ.jpg")


def test_a_file_that_somebody_sent_goes_on_in_its_own_channel_only() -> None:
    at_home, elsewhere = Say(Address("telegram", "1"), "Sơ đồ", shared=FILE), Say(TO, "Sơ đồ", shared=FILE)
    assert messages_of(at_home, TELEGRAM) == [at_home]
    assert [each.shared for each in messages_of(elsewhere, PAGER)] == [None]


def test_words_that_do_not_fit_under_such_a_file_come_after_it() -> None:
    made = messages_of(Say(Address("telegram", "1"), "chữ " * 400, BUTTONS, shared=FILE), TELEGRAM)
    assert [(each.shared, bool(each.text), bool(each.buttons)) for each in made] == [
        (FILE, False, False),
        (None, True, True),
    ]


def test_what_cannot_be_deleted_or_edited_is_told_as_a_message_of_its_own() -> None:
    recalled = Say(TO, "đã thu hồi", edits="9", recalls=True)
    (made,) = messages_of(recalled, PAGER)
    assert (made.edits, made.recalls) == ("", False)
    (kept,) = messages_of(replace(recalled, to=Address("telegram", "1")), TELEGRAM)
    assert (kept.edits, kept.recalls) == ("9", True)


def digest_at(channel: str, text: str = "Tổng hợp") -> list[Say]:
    """A picture, a text and a workbook, as a digest that nobody asked for comes."""
    to, rank = Address(channel, "a@b.vn"), Rank.REMINDER
    book = Drawn("bảng.xlsx", KeptDrawing("workbook", {}))
    return [
        Say(to, "Ảnh", photo=PICTURE, rank=rank, beside=True),
        Say(to, text, BUTTONS, rank=rank),
        Say(to, "Sổ", document=book, rank=rank, beside=True),
    ]


def test_where_one_message_holds_all_a_digest_is_one_and_another_is_another() -> None:
    says = [*digest_at("email"), *digest_at("email", "Tổng hợp khác")]
    joined = [(effect, count) for effect, count in joined_replies(says, CHANNELS) if isinstance(effect, Say)]
    assert [(each.text, count) for each, count in joined] == [("Tổng hợp", 3), ("Tổng hợp khác", 3)]
    (whole,) = messages_of(joined[0][0], CHANNELS["email"])
    assert (whole.text, bool(whole.photo), bool(whole.document)) == ("Tổng hợp", True, True)
    at_zalo = messages_of(replace(joined[0][0], to=TO), CHANNELS["zalo"])
    assert [(each.text, bool(each.photo), bool(each.document)) for each in at_zalo] == [
        ("Tổng hợp", True, False),
        ("", False, True),
    ], "what goes over to another messenger comes apart again"


def test_elsewhere_it_stays_what_it_was_and_two_reminders_are_never_one() -> None:
    assert [count for _, count in joined_replies(digest_at("telegram"), CHANNELS)] == [1, 1, 1]
    two = [Say(Address("email", "a@b.vn"), text, rank=Rank.REMINDER) for text in ("Nhắc", "Nhắc khác")]
    assert [count for _, count in joined_replies(two, CHANNELS)] == [1, 1]
