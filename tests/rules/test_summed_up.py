"""What a longer report's figures come to by the unit's shorter ones: by kind, with how much of the period they cover."""

from datetime import UTC, date, datetime, timedelta

from reporting.figures.figure import Figure
from reporting.filling.drafts import Draft
from reporting.filling.fast import flows, standing
from reporting.filling.moves import Filling
from reporting.filling.summed_up import FormerReports, shorter_forms, summed_up
from reporting.forms import Form
from reporting.xlsforms.reading import read_form

NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)
QUESTIONS = """| survey | type | name | label | kind | calculation | unit |
| | integer | ill | Mắc mới | flow | |
| | integer | beds | Giường | stock | |
| | integer | so_far | Lũy kế | total | |
| | decimal | rate | Tỷ lệ | flow | | % |
| | decimal | share | Tỷ lệ giường | stock | | % |
| | select_one level | level | Cấp độ | state | |
| | calculate | free | Giường trống | stock | ${beds} - 1 |
| choices | list_name | name | label |
| | level | low | Thấp |
"""


def form_for(period: str, key: str = "", questions: str = QUESTIONS) -> Form:
    settings = f"| settings | form_id | period | cutoff |\n| | {key or period.replace('-', '_')} | {period} |"
    return read_form(f"{questions}{settings} {'' if period in ('daily', 'weekly') else 14} |".encode(), "form.md")


DAILY, WEEKLY, MONTHLY, QUARTERLY, NINE = map(form_for, ("daily", "weekly", "monthly", "quarterly", "nine-monthly"))
END = date(2026, 9, 14)


def figure(indicator: str, period: date, value: int | str) -> Figure:
    return Figure(1, indicator, period, value, NOW)


def test_flows_are_summed_and_what_stands_is_as_it_stood_last() -> None:
    days = [date(2026, 8, 14), date(2026, 8, 15), date(2026, 9, 1), date(2026, 9, 13)]
    figures = [
        *(figure("ill", day, 2) for day in days),
        *(figure("beds", day, day.day) for day in days),
        figure("so_far", date(2026, 9, 1), 40),
        figure("level", date(2026, 9, 1), "low"),
    ]
    found = summed_up(MONTHLY, END, DAILY, figures, (), date(2026, 1, 1))
    said = {name: (of.value, of.received, of.owed, of.last_on) for name, of in found.items()}
    assert said == {
        "ill": (6, 3, 31, date(2026, 9, 13)),
        "beds": (13, 3, 31, date(2026, 9, 13)),
        "so_far": (40, 1, 31, date(2026, 9, 1)),
    }


def test_a_percentage_of_each_day_makes_up_none_of_a_month() -> None:
    figures = [figure(name, date(2026, 9, day), 40 + day) for name in ("rate", "share") for day in (1, 2)]
    found = summed_up(MONTHLY, END, DAILY, figures, (), date(2026, 1, 1))
    assert {name: of.value for name, of in found.items()} == {"share": 42}


def test_of_former_units_that_have_figures_of_one_question_only_nothing_is_proposed_for_another() -> None:
    beds = "| | integer | beds |"
    weekly, daily = (
        form_for(period, questions=QUESTIONS.replace(beds, f"| | integer | dead | Tử vong | flow | |\n{beds}"))
        for period in ("weekly", "daily")
    )
    sunday = date(2026, 9, 13)
    former = FormerReports([figure("ill", sunday - timedelta(days=6), 3), figure("dead", sunday, "unknown")], 2)
    found = summed_up(weekly, sunday, daily, [], (), sunday - timedelta(days=4), former)
    assert {name: (of.value, of.received, of.owed) for name, of in found.items()} == {"ill": (3, 1, 7)}


def test_days_on_which_nothing_was_owed_are_not_wanting() -> None:
    free = {date(2026, 9, day) for day in (1, 2)}
    begun = summed_up(
        MONTHLY, END, DAILY, [figure("ill", END, 5), figure("ill", date(2026, 9, 1), 1)], free, date(2026, 9, 1)
    )
    assert (begun["ill"].value, begun["ill"].received, begun["ill"].owed) == (6, 2, 13)


def test_weeks_do_not_make_up_a_month_and_months_make_up_a_quarter() -> None:
    weekly = [figure("ill", date(2026, 8, 23), 2), figure("beds", date(2026, 8, 23), 9)]
    assert set(summed_up(MONTHLY, END, WEEKLY, weekly, (), date.min)) == {"beds"}
    monthly = [figure("ill", date(2026, month, 14), month) for month in (7, 8, 9)]
    found = summed_up(QUARTERLY, END, MONTHLY, monthly, (), date.min)
    assert (found["ill"].value, found["ill"].received, found["ill"].owed) == (24, 3, 3)
    assert summed_up(NINE, END, QUARTERLY, [figure("ill", END, 1)], (), date.min)["ill"].owed == 3


def test_the_longest_of_the_shorter_forms_comes_first_and_no_form_is_shorter_than_itself() -> None:
    assert shorter_forms(QUARTERLY, [DAILY, NINE, QUARTERLY, MONTHLY]) == [MONTHLY, DAILY]
    assert shorter_forms(DAILY, [DAILY, MONTHLY]) == []
    assert shorter_forms(MONTHLY, [form_for("monthly", "other")]) == []


def test_what_is_proposed_is_confirmed_by_a_tap_and_is_no_fast_zero() -> None:
    found = summed_up(MONTHLY, END, DAILY, [figure("ill", END - timedelta(days=1), 5)], (), date.min)
    draft = Draft(1, MONTHLY.key, MONTHLY.version, 1, END)
    filling = Filling(MONTHLY, draft, {"beds": 3}, date(2026, 8, 14), NOW, summed_up=found).settled()
    assert (filling.draft.at, filling.proposal()) == ("ill", 5)
    assert [each.name for each in flows(filling)] == ["rate"]
    assert standing(filling) == {"beds": 3}
    kept = filling.keep()
    answer = kept.answered("ill")
    assert answer is not None
    assert (answer.value, answer.kept) == (5, False)
    assert (kept.draft.at, kept.proposal()) == ("beds", None)
