"""One indicator in several forms: which of them is asked about is told by the period that is named."""

from datetime import date

import pytest

from reporting.figures.indicator import Indicator
from reporting.forms import Form
from reporting.xlsforms.reading import read_form
from understanding.inquiry import Inquiry, Span
from understanding.periods_of_forms import of_its_period


def form_for(period: str) -> Form:
    key, cutoff = period.replace("-", "_"), "" if period == "daily" else "14"
    return read_form(
        f"| survey | type | name | label | kind | visibility |\n| | integer | ill | Mắc mới | flow | public |\n"
        f"| settings | form_id | period | cutoff |\n| | {key} | {period} | {cutoff} |".encode(),
        "form.md",
    )


FORMS = [form_for(period) for period in ("quarterly", "nine-monthly", "daily")]
PUBLIC = {Indicator(form.key, "ill"): (form, form.by_name["ill"]) for form in FORMS}
ASKED = Inquiry("value", wanted="value", doubts=("indicator",), indicator_choices=tuple(PUBLIC))
TODAY = date(2026, 9, 20)


@pytest.mark.parametrize(
    ("first", "last", "form"),
    [
        (date(2026, 7, 1), TODAY, "quarterly"),
        (date(2026, 4, 1), date(2026, 6, 30), "quarterly"),
        (date(2026, 1, 1), TODAY, "nine_monthly"),
        (TODAY, TODAY, "daily"),
        (date(2026, 9, 1), TODAY, "daily"),
        (date(2026, 8, 3), date(2026, 9, 3), "daily"),
    ],
)
def test_the_form_of_the_period_that_is_named_is_meant_else_the_shortest(first: date, last: date, form: str) -> None:
    settled = of_its_period(ASKED, PUBLIC, Span("range", first, last))
    assert (settled.indicators, settled.doubts) == ((Indicator(form, "ill"),), ())


def test_what_is_not_the_same_indicator_is_still_asked() -> None:
    other = Indicator("other", "dead")
    public = {**PUBLIC, other: (FORMS[2], FORMS[2].by_name["ill"])}
    asked = Inquiry("value", wanted="value", doubts=("indicator",), indicator_choices=tuple(public))
    settled = of_its_period(asked, public, Span("today", TODAY, TODAY))
    assert settled.indicator_choices == (Indicator("daily", "ill"), other)
    assert settled.doubts == ("indicator",)
