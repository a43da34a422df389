"""A part is no more than its whole: what the form tells of it, and what a reporter is told where both are known."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reporting.answers import Answer, Value, Values
from reporting.errors import NotUnderstood
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.questions.parts import answerable
from reporting.xlsforms.reading import read_form

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HEAD = "| survey | type | name | label | kind | unit | constraint | check | calculation |"


def form_of(*rows: str) -> Form:
    lines = [HEAD, "|---" * 9 + "|", *(f"| | {row} |" for row in rows)]
    settings = "| settings | form_title | form_id |\n|---|---|---|\n| | Herds | herds |"
    return read_form("\n".join([*lines, settings]).encode(), "herds.md", gate=False)


HERDS = form_of(
    "integer | born | Born | flow | | | |",
    "integer | lost | Lost | flow | | | |",
    "calculate | all | Animals | stock | | | | coalesce(${last-saved#all}, 0) + ${born} - ${lost}",
    "integer | sick | Sick | stock | | . >= 0 and (${last-saved#all} = '' or ${all} = '' or . <= ${all}) | |",
    "integer | fed | Fed animals | stock | | . <= ${all} | |",
)


@pytest.mark.parametrize(
    ("rule", "is_part"),
    [
        (". <= ${whole}", True),
        (". >= 0 and . < ${whole}", True),
        ("${whole} = '' or ${last-saved#whole} = '' or (. >= 0 and . <= ${whole})", True),
        (". <= coalesce(${whole}, .)", True),
        ("coalesce(${whole}, 0) >= .", True),
        ("${whole} > 5 or . <= ${whole}", False),
        (". <= ${whole} + 1", False),
        (". <= ${last-saved#whole}", False),
        ("not(. <= ${whole})", False),
    ],
)
def test_a_rule_makes_a_part_where_it_always_holds(rule: str, is_part: bool) -> None:
    found = {"part": ("whole",)} if is_part else {}
    for cells in (f"{rule} | |", f"| {rule} |"):
        form = form_of("integer | whole | All | flow | | | |", f"integer | part | Some | flow | | {cells}")
        assert form.parts == found


def test_a_check_that_says_it_of_another_question_makes_no_part() -> None:
    cells = "coalesce(${new}, 0) <= ."
    new, tests = "integer | new | New | flow | | | |", "integer | tests | Tests | flow | |"
    assert form_of(new, f"{tests} | {cells} |").parts == {}
    assert form_of(new, f"{tests} {cells} | |").parts == {"new": ("tests",)}


def test_a_label_makes_a_part_of_what_is_counted_in_the_same_unit() -> None:
    whole, other = "integer | land | Area sown | flow | ha | | |", "integer | sum | Money | flow | VND | | |"
    part = "integer | early | Of which early | flow | {} | | |"
    assert form_of(whole, part.format("ha")).parts == {"early": ("land",)}
    assert form_of(whole, part.format("")).parts == {"early": ("land",)}
    assert form_of(other, part.format("ha")).parts == {}


def filling(
    form: Form, last: Values | None = None, unknown_last: frozenset[str] = frozenset(), **given: Value | None
) -> Filling:
    """A draft with these answers (None: not known yet) on which nothing has been settled."""
    answers = {name: Answer(value) if value is not None else Answer(None, "unknown") for name, value in given.items()}
    draft = Draft(1, "herds", "1", 1, date(2021, 11, 10), answers)
    return Filling(form, draft, last or {}, date(2021, 11, 9) if last else None, NOW, unknown_last=unknown_last)


def at(moved: Filling) -> tuple[str, str]:
    return moved.draft.state, moved.draft.at


def test_where_no_rule_of_the_form_forbids_it_a_greater_part_wants_a_reason() -> None:
    first_day = filling(HERDS, born=3, lost=2, sick=4).settled()
    assert at(first_day) == ("awaiting a reason", "sick")
    doubt = first_day.doubt()
    assert doubt is not None
    assert doubt.message["en"].startswith("Sick (4) is more than Animals (1). There is no opening balance")
    assert at(first_day.explain("bought before the first day")) == ("asking", "fed")
    assert at(filling(HERDS, born=3, lost=2, sick=1).settled()) == ("asking", "fed")


def test_from_the_second_day_on_the_form_forbids_it() -> None:
    later = filling(HERDS, {"all": 2}, born=3, lost=2)
    assert at(later.settled()) == ("asking", "sick")
    with pytest.raises(NotUnderstood):
        later.settled().answer(4)


def test_an_edit_of_what_the_whole_is_made_of_brings_the_question_back() -> None:
    moved = filling(HERDS, born=3, lost=2, sick=1, fed=1).settled().edit("lost").answer(3)
    assert at(moved) == ("awaiting a reason", "sick")


def test_a_whole_that_is_not_known_forbids_nothing() -> None:
    """What is worked out as if an unknown were nothing is not published, and no rule rests on it."""
    unknown = filling(HERDS, {"all": 2}, born=None, lost=0).settled()
    assert at(unknown.answer(9)) == ("asking", "fed")
    assert at(unknown.answer(9).answer(9)) == ("review", "")
    with pytest.raises(NotUnderstood):
        unknown.answer(-1)
    after = filling(HERDS, {"all": 2}, frozenset({"all"}), born=0, lost=0).settled()
    assert at(after.answer(9)) == ("asking", "fed")


def test_a_rule_that_reads_a_calculation_waits_for_what_it_is_made_of() -> None:
    form = form_of(
        "integer | early | Early | stock | | . <= ${all} | |",
        "integer | late | Late | stock | | | |",
        "calculate | all | All | stock | | | | coalesce(${early}, 0) * 0 + ${late}",
    )
    moved = filling(form, early=5).settled()
    assert at(moved) == ("asking", "late")
    assert at(moved.answer(5)) == ("review", "")
    assert at(moved.answer(4)) == ("mending", "early")


def test_the_last_question_that_both_are_made_of_answers_for_what_is_calculated() -> None:
    form = form_of(
        "integer | one | One | flow | | | |",
        "integer | two | Two | flow | | | |",
        "calculate | whole | All | flow | | | | ${one}",
        "calculate | part | Of which two | flow | | | | ${two}",
    )
    assert form.parts == {"part": ("whole",)}
    assert answerable(form, "part", "whole", {"one", "two"}) == "two"
    assert at(filling(form, one=1, two=2).settled()) == ("awaiting a reason", "two")
    assert at(filling(form, one=2, two=2).settled()) == ("review", "")
