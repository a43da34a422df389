"""Totals over units of what is carried forward: whole, with who stands in them with an earlier value, or not told."""

from datetime import date

from reporting.expressions.expression import compile_expression
from reporting.figures.carried import Last, Share, Whole, share, whole
from reporting.forms import Form, Question

DAY, BEFORE, LONG_AGO = date(2021, 11, 11), date(2021, 11, 10), date(2021, 10, 1)
ASKED_TOTAL = Question("doses", "integer", {}, kind="total")
ASKED_STOCK = Question("posts", "integer", {}, kind="stock")
COUNTED = Question(
    "ever", "calculate", {}, kind="total", calculation=compile_expression("coalesce(${last-saved#ever}, 0) + ${new}")
)


def _of(question: Question, **of_units: Last[int]) -> Whole[int]:
    ids = {name: place for place, name in enumerate(of_units)}
    return whole(question, {ids[name]: of for name, of in of_units.items()}, ids.values(), DAY, sum)


def test_a_late_unit_stands_in_a_total_with_its_last_value() -> None:
    found = _of(COUNTED, sent=Last(9, DAY, DAY), late=Last(6, BEFORE, BEFORE))
    assert found == Whole(15, 1, {1: BEFORE})


def test_it_stands_there_however_long_ago_that_was() -> None:
    assert _of(COUNTED, sent=Last(9, DAY, DAY), silent=Last(6, LONG_AGO, LONG_AGO)).value == 15


def test_a_unit_that_never_had_any_is_named_as_lacking() -> None:
    assert _of(COUNTED, sent=Last(9, DAY, DAY), new=Last(None, None)) == Whole(9, 1, lacking=(1,))


def test_what_a_report_leaves_open_keeps_the_total_from_being_told() -> None:
    for left_open in (Last(6, BEFORE, DAY), Last(None, None, BEFORE)):
        found = _of(COUNTED, sent=Last(9, DAY, DAY), unknown=left_open)
        assert (found.value, found.withheld) == (None, (1,))


def test_of_what_is_cumulative_and_was_skipped_the_last_value_stands() -> None:
    assert share(ASKED_TOTAL, Last(6, BEFORE, DAY)) == Share(6, BEFORE)


def test_a_stock_that_was_skipped_is_left_out() -> None:
    assert share(ASKED_STOCK, Last(6, BEFORE, DAY)) == Share()
    assert share(ASKED_STOCK, Last(6, BEFORE, BEFORE)) == Share(6, BEFORE)


def test_history_without_a_report_stands_as_it_is() -> None:
    assert share(COUNTED, Last(6, BEFORE)) == Share(6, BEFORE)


def _form(*questions: Question) -> Form:
    return Form("f", "1", {}, questions)


def test_what_is_carried_is_cumulative_or_goes_on_from_its_own_last_value() -> None:
    active = Question(
        "active", "calculate", {}, kind="stock", calculation=compile_expression("${last-saved#active} + ${new}")
    )
    kept = Question("kept", "integer", {}, kind="stock", default=compile_expression("${last-saved#kept}"))
    other = Question("other", "integer", {}, kind="stock", default=compile_expression("${last-saved#kept}"))
    new = Question("new", "integer", {}, kind="flow", default=compile_expression("${last-saved#new}"))
    assert _form(new, ASKED_TOTAL, ASKED_STOCK, active, kept, other).carried == {"doses", "active", "kept"}


def test_the_whole_of_what_is_carried_is_carried_too() -> None:
    kept = Question(
        "kept",
        "integer",
        {},
        kind="stock",
        default=compile_expression("${last-saved#kept}"),
        constraint=compile_expression(". <= ${posts}"),
    )
    assert _form(ASKED_STOCK, kept).carried == {"posts", "kept"}
