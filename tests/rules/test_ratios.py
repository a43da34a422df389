"""Percentages and other ratios: told of each unit, never added up over units or days."""

from dataclasses import replace
from datetime import date

import pytest

from bot.drawing.digest_bars import bars_of
from bot.telegram.channel import TELEGRAM
from messages.digests.content import plain
from messages.digests.digest import digest
from reporting.expressions.expression import compile_expression
from reporting.figures.carried import Last, whole
from reporting.figures.turn_series import turn_series
from reporting.forms import Question
from reporting.period_types import PeriodType
from reporting.translator import translator
from tests.rules.digests_made import FORM, evidence, province

DAY, BEFORE = date(2021, 11, 10), date(2021, 11, 9)


@pytest.mark.parametrize(
    ("unit", "calculation", "adds_up"),
    [
        ("ca", "", True),
        ("", "", True),
        ("ca/ngày", "", True),
        ("cases/day", "", True),
        ("%", "", False),
        ("‰", "", False),
        ("% dân số", "", False),
        ("tấn/ha", "", False),
        ("ca/100.000 dân", "", False),
        ("tấn", "${tan} div ${ha}", False),
        ("tấn", "round(100 * ${tan} div (${ha} + 1), 2)", False),
        ("tấn", "if(${ha} > 0, ${tan} div ${ha}, 0)", False),
        ("tấn", "${kg} div 1000", True),
        ("ca", "coalesce(${last-saved#ever}, 0) + ${new}", True),
    ],
)
def test_what_is_counted_by_something_or_divides_by_an_answer_does_not_add_up(
    unit: str, calculation: str, adds_up: bool
) -> None:
    compiled = compile_expression(calculation) if calculation else None
    assert Question("x", "decimal", {}, kind="stock", unit={"vi": unit}, calculation=compiled).adds_up is adds_up


RATE = Question("rate", "decimal", {}, kind="total", unit={"vi": "%"})


def test_of_many_units_there_is_no_total_and_of_one_its_own_value() -> None:
    many = whole(RATE, {1: Last(60, DAY, DAY), 2: Last(70, DAY, DAY)}, [1, 2], DAY, sum)
    late = whole(RATE, {1: Last(60, DAY, DAY), 2: Last(70, BEFORE, BEFORE)}, [1, 2], DAY, sum)
    silent = whole(RATE, {1: Last(60, DAY, DAY)}, [1, 2], DAY, sum)
    for found in (many, late, silent):
        assert (found.value, found.is_untold, found.withheld) == (None, True, ())
    assert whole(RATE, {1: Last(60, DAY, DAY)}, [1], DAY, sum).value == 60
    nobody: dict[int, Last[int]] = {}
    assert not whole(RATE, nobody, [1, 2], DAY, sum).is_untold


def test_a_turn_is_of_one_unit_and_of_days_the_newest() -> None:
    flow = Question("rate", "decimal", {}, kind="flow", unit={"vi": "%"})
    values = {("rate", 1): {BEFORE: 60, DAY: 70}, ("rate", 2): {BEFORE: 50, DAY: 50}}
    owed = {1: [BEFORE, DAY], 2: [BEFORE, DAY]}
    week = PeriodType("weekly")
    (alone,) = turn_series(flow, None, values, owed, [1], [date(2021, 11, 14)], week)
    (together,) = turn_series(flow, None, values, owed, [1, 2], [date(2021, 11, 14)], week)
    assert (alone.value, together.value) == (70, None)


def _told(name: str, unit: str) -> str:
    """A digest's text in Vietnamese, where one of its indicators is counted by this."""
    counted = replace(FORM.by_name[name], unit={"vi": unit, "en": unit})
    form = replace(FORM, questions=tuple(counted if each.name == name else each for each in FORM.questions))
    return plain(digest(evidence(form=form), translator("vi"), TELEGRAM).text)


@pytest.mark.parametrize("name", ["f0_new", "f0_recovered_new"])
def test_a_digest_says_that_percentages_are_not_added_up(name: str) -> None:
    label = FORM.by_name[name].label["vi"]
    assert f"• {label}: không cộng chung các đơn vị" not in _told(name, "ca")
    assert f"• {label}: không cộng chung các đơn vị; xem số của từng đơn vị" in _told(name, "%")


def test_what_is_drawn_of_it_has_each_units_value_and_no_total_but_a_note() -> None:
    counted = replace(FORM.by_name["f0_new"], unit={"vi": "%", "en": "%"})
    form = replace(FORM, questions=tuple(counted if each.name == "f0_new" else each for each in FORM.questions))
    content = digest(evidence(province(1, 70), unit_id=2, form=form), translator("vi"), TELEGRAM).content
    of = content.indicators[0]
    assert (of.total, of.untold, of.before, of.mean) == (None, True, None, None)
    assert any(row.values[0] is not None for row in content.rows)
    assert content.notes[-1].startswith("Không cộng chung các đơn vị, chỉ có số của từng đơn vị: Số ca mắc mới")
    bars = bars_of(content, translator("vi"))
    assert bars[0].value == max(row.values[0] or 0 for row in content.rows)
    assert (bars[-1].value, bars[-1].text) == (None, "không cộng chung")
