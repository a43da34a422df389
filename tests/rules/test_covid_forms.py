"""The forms that ship: the day's figures of a commune, and the levels that its district sets."""

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from reporting.answers import Value
from reporting.forms import Form
from reporting.questions import checks
from reporting.questions.checks import BrokenRule, Doubt, FormInstance
from reporting.questions.choices import find_choice
from reporting.questions.question_types import type_of
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.reading import read_form
from tests.rules.judged import calculated, judged, wrongs

FORMS = Path(__file__).parents[2] / "forms"
NOW = datetime(2021, 11, 10, 15, 30, tzinfo=timezone(timedelta(hours=7)))
DAY: dict[str, Value] = {
    "f0_new": 3, "f0_new_community": 1, "f0_recovered_new": 2, "f0_death_new": 0, "f0_home": 4,
    "f1_new": 6, "f1_active": 20, "f2_active": 40, "q_central_active": 8, "q_home_active": 14,
    "q_done_new": 3, "returnees_new": 2, "tests_new": 60, "tests_positive_new": 3,
    "vax1_cum": 3200, "vax2_cum": 1800, "checkpoints": 2, "covid_teams": 9, "lockdown_areas": 1,
}  # fmt: skip
BEFORE: dict[str, Value] = {
    "f0_cum": 118, "f0_recovered_cum": 100, "f0_death_cum": 1, "f0_active": 17, "f1_active": 18, "vax1_cum": 3150, "vax2_cum": 1700,
    "f0_new": 2, "q_home_active": 15,
}  # fmt: skip


@pytest.fixture(scope="module")
def daily() -> Form:
    return read_form((FORMS / "covid_daily.md").read_bytes(), "covid_daily.md")


@pytest.fixture(scope="module")
def level() -> Form:
    return read_form((FORMS / "covid_level.md").read_bytes(), "covid_level.md")


def against(form: Form, last: dict[str, Value], **changed: Value) -> list[str]:
    """What the form has against a day's answers: «name!» for a hard rule, «name?» for a soft one."""
    seen = FormInstance(form, DAY | changed, last, NOW)
    found = [(each, checks.wrong(each, seen) or checks.doubt(each, seen)) for each in form.asked]
    return [each.name + ("!" if isinstance(met, BrokenRule) else "?") for each, met in found if met]


def test_the_daily_form_has_every_indicator_but_the_level(daily: Form) -> None:
    assert daily.names == (
        "f0_new", "f0_new_community", "f0_cum", "f0_recovered_new", "f0_recovered_cum", "f0_death_new", "f0_death_cum", "f0_active",
        "f0_active_note", "f0_home", "f1_new", "f1_active", "f2_active", "q_central_active", "q_home_active",
        "q_done_new", "returnees_new", "tests_new", "tests_positive_new", "vax1_cum", "vax2_cum",
        "checkpoints", "covid_teams", "lockdown_areas", "note",
    )  # fmt: skip
    assert len(daily.indicators) == 23
    assert daily.asked[0].label["vi"] == "Số ca mắc mới (F0) ghi nhận trong kỳ"
    assert {q.name for q in daily.indicators if not q.is_public} == {"f2_active", "tests_positive_new", "covid_teams"}
    assert {q.name for q in daily.asked if q.required is None} == {
        "checkpoints",
        "covid_teams",
        "lockdown_areas",
        "note",
    }


def test_it_opens_in_the_morning_and_is_due_at_half_past_four(daily: Form) -> None:
    schedule = daily.schedule
    assert (schedule.opens.at, schedule.due.at) == (time(7), time(16, 30))
    assert (schedule.closes.at, schedule.closes.days) == (time(8), 1)
    assert [rule.key.spelled for rule in schedule.remind] == [
        "-30m reporter",
        "+0m reporter",
        "+30m reporter",
        "+60m chair",
        "+120m leader",
    ]
    assert schedule.digest == (time(17),)
    assert daily.window["vi"] == "từ 16 giờ hôm trước đến 16 giờ hôm nay"


def test_a_usual_day_meets_every_rule(daily: Form) -> None:
    assert against(daily, BEFORE) == []


def test_a_first_day_asks_for_no_reasons(daily: Form) -> None:
    assert against(daily, {}) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"f0_new_community": 4}, ["f0_new_community!"]),  # R2
        ({"f0_home": 19}, ["f0_home!"]),  # R5: 17 + 3 − 2 = 18 active
        ({"f0_recovered_new": 21}, ["f0_recovered_new!", "f0_death_new!"]),  # R4, R6
        ({"f0_recovered_new": 20, "f0_home": 0}, []),
        ({"f1_active": 25}, ["f1_active?", "q_home_active?"]),  # R7: 18 + 6; R8
        ({"f1_active": 23}, ["q_home_active?"]),  # R8
        ({"tests_positive_new": 61}, ["tests_positive_new?"]),  # R9
        ({"tests_positive_new": 2}, ["tests_positive_new?"]),  # R10
        ({"vax1_cum": 3149}, ["vax1_cum!"]),  # R11
        ({"vax2_cum": 3201}, ["vax2_cum?"]),  # R11
        ({"f0_death_new": 1}, ["f0_death_new?"]),  # R13
        ({"f0_new": 201, "tests_positive_new": 201, "tests_new": 300}, ["f0_new?"]),  # R13
        ({"f0_new": 20, "tests_positive_new": 20}, ["f0_new?"]),  # R13: ten times 2
        ({"q_home_active": 150}, ["q_home_active?"]),  # R13: ten times 15
        ({"note": "x" * 501}, ["note!"]),
    ],
)  # fmt: skip
def test_each_rule_speaks_up(daily: Form, changed: dict[str, Value], found: list[str]) -> None:
    assert against(daily, BEFORE, **changed) == found


def test_without_an_opening_balance_a_first_day_is_taken_and_no_negative_figure_made(daily: Form) -> None:
    assert against(daily, {}, f0_recovered_new=9) == []
    assert "f0_active" not in calculated(daily, DAY | {"f0_recovered_new": 9}, {}, NOW)


def test_cumulative_figures_go_on_from_the_day_before(daily: Form) -> None:
    values = calculated(daily, DAY, BEFORE, NOW)
    assert values == {"f0_cum": 121, "f0_recovered_cum": 102, "f0_death_cum": 1, "f0_active": 18}


def test_a_figure_that_is_not_known_yet_does_not_begin_the_total_again(daily: Form) -> None:
    known = {name: value for name, value in DAY.items() if name != "f0_new"}
    assert calculated(daily, known, BEFORE, NOW)["f0_cum"] == 118
    seen = FormInstance(daily, known, BEFORE, NOW)
    assert wrongs(daily, seen) == []


def test_stocks_are_proposed_as_they_were(daily: Form) -> None:
    seen = FormInstance(daily, {}, BEFORE, NOW)
    assert checks.default(daily.by_name["q_home_active"], seen) == 15
    assert checks.default(daily.by_name["checkpoints"], seen) is None
    assert checks.default(daily.by_name["f0_new"], seen) is None


def test_what_the_rules_say_is_whole_in_both_languages(daily: Form, level: Form) -> None:
    for form in (daily, level):
        assert form.languages == LANGUAGES
        assert form.title[""] != form.title["en"]
        for question in form.questions:
            for text in (question.label, question.hint, question.constraint_message, question.check_message):
                assert not text or set(text) == set(LANGUAGES), question.name
            if type_of(question).is_asked:
                assert bool(question.constraint) == bool(question.constraint_message)
                assert bool(question.check) == bool(question.check_message)


def test_the_balance_rule_says_the_figures(daily: Form) -> None:
    seen = FormInstance(daily, DAY | {"f0_recovered_new": 21}, BEFORE, NOW)
    broken = checks.wrong(daily.by_name["f0_recovered_new"], seen)
    assert broken is not None
    assert "kỳ trước (17) cộng số ca mắc mới (3)" in broken.message["vi"]


def test_the_short_name_of_an_indicator_means_no_other(daily: Form, level: Form) -> None:
    """Other aliases may be shared on purpose: «cách ly» alone is asked back."""
    named = [question for form in (daily, level) for question in form.questions if question.aliases]
    for question in named:
        short = question.aliases[0].lower()
        assert [each.name for each in named if short in map(str.lower, each.aliases)] == [question.name]


def test_the_district_sets_the_level_by_decision(level: Form) -> None:
    assert (level.by, level.schedule.period) == ("leader", "on change")
    assert [question.name for question in level.asked if question.required] == [
        "level",
        "decision_number",
        "decision_date",
    ]
    seen = FormInstance(level, {}, {"level": "2", "decision_date": date(2021, 11, 1)}, NOW)
    for name, value, met in (
        ("level", "3", None), ("level", "2", Doubt), ("decision_number", "4521/QĐ-UBND", None),
        ("decision_number", "số mới", BrokenRule),
        ("decision_date", date(2021, 11, 10), None), ("decision_date", date(2021, 11, 11), BrokenRule),
        ("decision_date", date(2021, 10, 31), BrokenRule),
    ):  # fmt: skip
        found = judged(level, level.by_name[name], value, seen)
        assert (type(found) if found else None) is met, (name, value)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("vùng đỏ", "4"), ("cam", "3"), ("vang", "2"), ("1", "1"), ("Cấp 2 (vùng vàng)", "2"), ("red zone", "4")],
)
def test_a_level_is_called_by_its_colour(level: Form, typed: str, name: str) -> None:
    choice = find_choice(typed, level.by_name["level"].choices)
    assert choice is not None
    assert choice.name == name


def test_odk_takes_the_same_files(tmp_path: Path) -> None:
    from pyxform.xls2xform import convert

    for path in sorted(FORMS.glob("*.md")):
        assert convert(xlsform=path.read_bytes(), file_type=".md").xform.startswith("<?xml")


def test_figures_are_shown_with_their_units(daily: Form) -> None:
    question = daily.by_name["vax1_cum"]
    assert type_of(question).show(question, 3200, translator("vi")) == "3.200 người"
    assert type_of(question).show(question, 3200, translator("en")) == "3,200 people"
