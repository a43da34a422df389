"""A whole report on one page: what is taken of its fields, what is refused, and what clashes with what the chat has changed."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from messages.reporters.reasons import reason_in
from reporting.answers import Answer, Attachment, GeoPoint, Value
from reporting.filling.sheet import UNKNOWN, Entered, Field, enter_fields, field_text, left_empty
from reporting.questions.question_types import registry, type_of
from reporting.report_page_links import FormVisit, PublicSite, key_of, report_mark
from reporting.xlsforms.reading import read_form
from tests.rules.test_lines import NOW, VI, filling

TABLE = """| settings | form_id | form_title | version | due | default_language |
|---|---|---|---|---|---|
| | all | Mọi loại | 1 | 16:30 | vi |

| survey | type | name | label | required | relevant | kind | parameters |
|---|---|---|---|---|---|---|---|
| | integer | people | Số người | yes | | flow | |
| | decimal | rain | Mưa | | | stock | |
| | range | level | Mức | | | | start=1 end=5 step=1 |
| | select_one yn | flood | Có ngập | | | state | |
| | text | where | Ở đâu | | ${flood} = 'yes' | | |
| | select_multiple yn | several | Chọn | | | | |
| | rank yn | order | Xếp | | | | |
| | date | day | Ngày | | | | |
| | time | at | Giờ | | | | |
| | dateTime | moment | Lúc | | | | |
| | geopoint | place | Nơi | | | | |
| | acknowledge | ok | Đã đọc | | | | |
| | image | photo | Ảnh | | | | |
| | file | paper | Tệp | | | | |

| choices | list_name | name | label |
|---|---|---|---|
| | yn | yes | Có |
| | yn | no | Không |
"""
FORM = read_form(TABLE.encode(), "all.md", gate=False)
KEPT: dict[str, Value] = {
    "people": 1234, "rain": Decimal("36.50"), "level": 3, "flood": "yes", "where": "thôn 2\nthôn 3", "several": ("yes", "no"),
    "order": ("no", "yes"), "day": date(2021, 11, 9), "at": time(7, 5), "moment": datetime(2021, 11, 9, 7, 5, tzinfo=NOW.tzinfo),
    "place": GeoPoint(19.8, 105.6), "ok": "OK",
}  # fmt: skip


def entered(typed: dict[str, str], **answers: int) -> Entered:
    """Typed into fields of the day's form, of each of which the page knew nothing."""
    return enter_fields(filling(**answers), {name: Field(text, "") for name, text in typed.items()}, VI, reason_in)


def test_every_type_reads_what_it_puts_into_a_field() -> None:
    asked = {each.type for each in FORM.asked}
    assert asked == {name for each in registry().all if each.is_asked for name in each.names}
    fresh = replace(filling(), form=FORM, last={}, last_on=None)
    fields = {name: Field(field_text(FORM.by_name[name], Answer(value)), "") for name, value in KEPT.items()}
    found = enter_fields(fresh, fields, VI, reason_in)
    assert found.refused == {}
    assert {name: answer.value for name, answer in found.filling.draft.answers.items()} == KEPT
    again = enter_fields(
        found.filling, {name: Field(each.text, each.text) for name, each in fields.items()}, VI, reason_in
    )
    assert (again.is_changed, again.is_clear) == (False, True)


@pytest.mark.parametrize("name", ["photo", "paper"])
def test_what_only_a_chat_takes_is_left_as_it_is(name: str) -> None:
    fresh = replace(filling(), form=FORM, last={}, last_on=None)
    sent = Answer(Attachment("1", "a.jpg", "image/jpeg", 5))
    kept = fresh.with_draft(fresh.draft.with_answers({name: sent}))
    found = enter_fields(kept, {name: Field("khác", "")}, VI, reason_in)
    assert (found.filling.answered(name), found.is_changed) == (sent, False)
    assert type_of(FORM.by_name[name]).field == "chat"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("flood", "maybe"),
        ("several", "yes maybe"),
        ("order", "yes"),
        ("order", "yes yes"),
        ("day", "31/2"),
        ("level", "9"),
    ],
)
def test_what_no_field_offers_is_refused(name: str, text: str) -> None:
    fresh = replace(filling(), form=FORM, last={}, last_on=None)
    found = enter_fields(fresh, {name: Field(text, "")}, VI, reason_in)
    assert (set(found.refused), found.is_changed) == ({name}, False)


def test_a_question_that_an_answer_makes_appear_is_taken_with_it_and_one_that_it_hides_is_not() -> None:
    fresh = replace(filling(), form=FORM, last={}, last_on=None)
    both = {"flood": Field("yes", ""), "where": Field("thôn 2", "")}
    found = enter_fields(fresh, both, VI, reason_in).filling
    assert found.draft.answers == {"flood": Answer("yes"), "where": Answer("thôn 2")}
    hidden = enter_fields(fresh, both | {"flood": Field("no", "")}, VI, reason_in).filling
    assert hidden.draft.answers == {"flood": Answer("no")}


def test_only_what_was_touched_is_changed_and_what_another_changed_is_asked() -> None:
    before = filling(f0_new=5, f1_new=2)
    fields = {"f0_new": Field("7", "3"), "f1_new": Field("1", "1"), "f2_active": Field("20", "")}
    found = enter_fields(before, fields, VI, reason_in)
    assert found.clashes == {"f0_new": fields["f0_new"]}
    assert [found.filling.answered(name) for name in ("f0_new", "f1_new", "f2_active")] == [
        Answer(5),
        Answer(2),
        Answer(20),
    ]
    mine = enter_fields(before, {"f0_new": Field("7", "3", is_mine=True)}, VI, reason_in)
    assert mine.filling.answered("f0_new") == Answer(7)
    alike = enter_fields(before, {"f0_new": Field("5", "3")}, VI, reason_in)
    assert (alike.is_clear, alike.is_changed) == (True, False)


def test_a_field_that_is_emptied_is_open_again_and_one_that_is_unknown_is_not_zero() -> None:
    found = enter_fields(
        filling(f0_new=5, f1_new=2), {"f0_new": Field("", "5"), "f1_new": Field(UNKNOWN, "2")}, VI, reason_in
    )
    assert found.filling.answered("f0_new") is None
    assert found.filling.answered("f1_new") == Answer(None, "unknown")
    assert found.filling.draft.at == "f0_new"


def test_what_a_rule_forbids_is_taken_and_the_draft_stands_there() -> None:
    found = entered({"f0_new": "3", "f0_new_community": "5"})
    assert (found.is_clear, found.filling.draft.state, found.filling.draft.at) == (True, "mending", "f0_new_community")


def test_a_doubted_value_wants_a_reason_that_is_one() -> None:
    doubted = entered({"f0_new": "900"}).filling
    assert doubted.draft.state == "awaiting a reason"
    idle = enter_fields(doubted, {"f0_new": Field("900", "900", "dạ")}, VI, reason_in)
    assert (set(idle.unreasoned), idle.is_changed) == ({"f0_new"}, False)
    given = enter_fields(doubted, {"f0_new": Field("900", "900", "xét nghiệm cả xã")}, VI, reason_in)
    assert given.filling.answered("f0_new") == Answer(900, reason="xét nghiệm cả xã")


def test_what_was_before_is_kept_only_where_a_button_took_it() -> None:
    fields = {
        "f1_active": Field("15", "", kept=True),
        "f2_active": Field("20", ""),
        "q_home_active": Field("31", "", kept=True),
    }
    found = enter_fields(filling(), fields, VI, reason_in).filling.draft.answers
    assert [found[name].kept for name in fields] == [True, False, False]


def test_whoever_sends_leaves_empty_only_what_need_not_be_answered() -> None:
    whole = left_empty(filling())
    assert {name for name, answer in whole.draft.answers.items() if answer.state == "empty"} == set(whole.draft.answers)
    assert whole.draft.at == "f0_new"
    assert "note" in whole.draft.answers


VISIT = FormVisit(7, "so lieu ngay", 12, date(2021, 11, 10))
SITE = PublicSite("https://giaoban.example.vn", key_of("secret"))


def test_a_link_is_of_one_visit_one_key_and_one_day() -> None:
    token = SITE.link(VISIT, NOW, "m").partition("?k=")[2]
    found = SITE.read(token, NOW)
    assert found is not None
    assert found[0] == VISIT
    assert SITE.read(token, found[1]) is None
    assert PublicSite(SITE.url, key_of("another")).read(token, NOW) is None
    assert SITE.link(VISIT, NOW, "n") != SITE.link(VISIT, NOW, "m")
    assert "secret" not in repr(SITE)
    last = next(
        each for each in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" if each != token[-1]
    )
    twins = (f"{token[:-1]}{chr(ord(token[-1]) ^ 1)}", f"{token[:-1]}{last}", f"!{token}", f"{token}=", f"{token}%0A")
    assert [each for each in twins if SITE.read(each, NOW) is not None] == []
    assert report_mark(VISIT, SITE.key) != report_mark(replace(VISIT, person_id=8), SITE.key)


@pytest.mark.parametrize("at", range(0, 140, 7))
def test_a_link_of_which_a_letter_is_changed_is_none(at: int) -> None:
    token = SITE.link(VISIT, NOW, "m").partition("?k=")[2]
    at = min(at, len(token) - 2)
    changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    assert SITE.read(changed, NOW) is None
