"""Numbers to type where there are no buttons: a number that is an answer is never one of them."""

from datetime import date

import pytest

from bot.zalo.channel import ZALO
from reporting.fitting import messages_of
from reporting.people import Address
from reporting.presses.leaders import ShowUnit
from reporting.presses.reporters import DraftPress, OpenReport
from reporting.say import Button, Say
from reporting.typed_choices import TypedChoice, choice_typed, choices_of, with_choices

TO = Address("zalo", "1")


def of_draft(*moves: str) -> list[list[Button]]:
    return [[Button(move, DraftPress(7, 3, move))] for move in moves]


def test_a_draft_s_choices_have_the_same_number_at_every_question() -> None:
    first = {each.label: each.number for each in choices_of(of_draft("same", "unknown"), (), 1)}
    later = {each.label: each.number for each in choices_of(of_draft("keep", "same", "back", "unknown"), (), 1)}
    assert first == {"same": 2, "unknown": 5}
    assert later == {"keep": 1, "same": 2, "back": 0, "unknown": 5}


def test_what_is_picked_has_its_place_in_the_list_as_the_type_reads_it() -> None:
    picks = [[Button(f"Cấp {n}", DraftPress(7, 3, "pick", n - 1)) for n in range(1, 4)]]
    made = {each.label: each.number for each in choices_of([*picks, *of_draft("keep", "back")], (), 1)}
    assert made == {"Cấp 1": 1, "Cấp 2": 2, "Cấp 3": 3, "keep": 4, "back": 0}


def test_a_button_whose_words_are_a_number_is_simply_typed() -> None:
    assert choices_of([[Button("0", DraftPress(7, 3, "pick", 0))]], (), 1) == []


def test_other_buttons_are_counted_and_leave_out_what_is_taken() -> None:
    units = [[Button(name, ShowUnit("covid_daily", n, date(2021, 11, 10)))] for n, name in enumerate("ABC")]
    assert [each.number for each in choices_of(units, {2}, 1)] == [1, 3, 4]


def test_choices_stand_in_one_line_where_they_are_short_with_the_way_back_last() -> None:
    say = Say(TO, "Số ca?")
    made = [
        TypedChoice(0, "Quay lại", "b"),
        TypedChoice(1, "Giữ nguyên 15", "k"),
        TypedChoice(2, "Như hôm qua & hết", "s"),
    ]
    text = with_choices(say, made, is_marked=False)
    assert text == "Số ca?\n\n1 Giữ nguyên 15 · 2 Như hôm qua &amp; hết · 0 Quay lại"
    assert with_choices(say, made[:1], is_marked=True).endswith("\n\n*0 Quay lại")
    long = [*made, TypedChoice(3, "Chậm vì: lý do khác, xin ghi rõ", "l")]
    assert with_choices(say, long, is_marked=False).count("\n") == 5


def test_addresses_and_texts_to_copy_stand_under_the_message() -> None:
    say = Say(TO, "Mở", ((Button("Trang", url="https://a.vn/?a=1&b=2"), Button("Mã", copy="X1")),))
    assert with_choices(say, [], is_marked=False) == "Mở\n\nTrang: https://a.vn/?a=1&amp;b=2\nMã: X1"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("*2", (2, True, "")),
        ("#2", (2, True, "")),
        (" * 12 ", (12, True, "")),
        ("2", (2, False, "")),
        ("15", (15, False, "")),
        ("150", None),
        ("2,5", None),
        ("-2", None),
        ("0 Quay lại", (0, True, "back")),
        ("*6 Bỏ qua", (6, True, "skip")),
        ("2 ca", None),
        ("", None),
    ],
)
def test_a_choice_is_at_most_two_digits_alone_or_with_the_words_of_its_button(
    text: str, read: tuple[int, bool, str] | None
) -> None:
    assert choice_typed(text) == read


def test_a_text_for_zalo_is_plain_with_addresses_kept_and_cut_at_paragraphs() -> None:
    text = '<b>Đề nghị</b> xem <a href="https://a.vn/x?a=1&amp;b=2">trang này</a> &lt;ngay&gt;'
    assert [each.text for each in messages_of(Say(TO, text), ZALO)] == [
        "Đề nghị xem trang này: https://a.vn/x?a=1&b=2 <ngay>"
    ]
    long = "\n\n".join(f"<b>{n}</b> " + "ạ" * 900 for n in range(4))
    parts = [each.text for each in messages_of(Say(TO, long), ZALO)]
    assert [each[0] for each in parts] == ["0", "2"]
    assert all(len(each) <= ZALO.text_length for each in parts)


def test_a_report_s_button_keeps_all_that_it_carries() -> None:
    press = OpenReport("a_form_with_a_very_long_key_that_no_button_of_telegram_carries", 12345678, date(2021, 11, 10))
    assert choices_of([[Button("Báo cáo ngay", press)]], (), 11) == [TypedChoice(11, "Báo cáo ngay", press.packed())]
