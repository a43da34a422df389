"""Figures with a fraction: told with every digit that was reported, wherever numbers stand beside each other."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.drawing.number_text import exact_text, number_text
from bot.telegram.channel import TELEGRAM
from messages.digests.content import plain
from messages.digests.digest import digest
from reporting.translator import translator
from tests.rules.digests_made import FORM, district, evidence

VI, EN = translator("vi"), translator("en")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Decimal("0.3339"), "0,3339"),
        (Decimal("1250.000001"), "1.250,000001"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("2.50"), "2,5"),
        (Decimal("-0.25"), "-0,25"),
        (0.1 + 0.2, "0,3"),
        (66.7, "66,7"),
        (12.0, "12"),
        (-1234, "-1.234"),
        (1e22, "10.000.000.000.000.000.000.000"),
        (Decimal("123456789012345678901.123456"), "123.456.789.012.345.678.901,123456"),
        (Decimal("-0"), "0"),
    ],
)
def test_a_number_has_all_the_digits_that_are_kept(number: float | Decimal, said: str) -> None:
    assert VI.show(number) == said


def test_a_total_and_its_change_are_told_as_they_are() -> None:
    """Two of 1,833 and 2,4165 are 4,2495: neither 4,2 nor 4,25; and 0,25 less is no 0,2."""
    units = [unit.id for unit in district().reporting(district().unit(1), FORM.reports, evidence().period)][:2]
    of = {units[0]: (Decimal("1.833"), Decimal("2.083")), units[1]: (Decimal("2.4165"), Decimal("2.4165"))}

    def figure(name: str, unit_id: int, ago: int) -> Decimal | None:
        return of[unit_id][ago] if name == "f0_new" and unit_id in of and ago < 2 else None

    form = replace(FORM, questions=tuple(replace(each, type="decimal") for each in FORM.questions))
    made = digest(evidence(figure=figure, form=form), VI, TELEGRAM)
    assert ": 4,2495 ca ▼ 0,25" in plain(made.text)
    assert made.content.indicators[0].total == 4.2495


def test_a_picture_has_two_digits_and_a_document_all() -> None:
    assert [number_text(each, VI) for each in (0.25, 0.125, 1833.3339, 4.0)] == ["0,25", "0,13", "1.833,33", "4"]
    assert [exact_text(each, EN) for each in (0.125, 1833.3339, 4.0)] == ["0.125", "1,833.3339", "4"]
    assert (number_text(None, VI), exact_text(None, VI)) == ("–", "–")
