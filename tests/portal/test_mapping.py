"""A mapping file: what it says, and every mistake in it, by its line."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.errors import Refused, Several
from reporting.forms import Form
from reporting.period_types import WEEKDAYS, Period, PeriodKind, PeriodType, period_of
from reporting.portal.checking import mapping_problems
from reporting.portal.mapping import PortalRules, SendingTime
from reporting.portal.periods import adx_period, dhis2_period, dhis2_type, sent_as
from reporting.portal.reading import read_mapping
from reporting.portal.toml_lines import key_lines
from reporting.schedule import Schedule
from reporting.translator import translator
from reporting.units import UnitTree
from services.portal_targets import check_mapping
from simulator.dhis2.metadata import period_days, type_of_period
from storage.database.engines import reading_engine
from tests.portal.office import MAPPING, TODAY, prepare_office

GOOD = MAPPING.replace("{url}", "https://dhis2.example.vn")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"sqlite:///{tmp_path_factory.mktemp('mapping') / 'office.db'}"
    prepare_office(made)
    return made


def problems(url: str, text: str) -> list[tuple[str, str]]:
    """Line and key of each mistake."""
    engine = reading_engine(url)
    try:
        with engine.begin() as connection:
            check_mapping(connection, text, TODAY)
    except Several as several:
        found = list(several.found)
    except Refused as one:
        found = [one]
    else:
        found = []
    finally:
        engine.dispose()
    for language in ("vi", "en"):
        assert all(f"{each.values['row']}:" in translator(language).refusal(each) for each in found)
    return [(each.values["row"], each.key) for each in found]


def test_a_good_mapping_has_no_mistakes(url: str) -> None:
    assert problems(url, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('target = "tinh"', 'target = "Tỉnh!"', 1, "mapping_bad_target"),
        ('target = "tinh"', 'tarrget = "tinh"', 1, "mapping_unknown_key"),
        ('format = "dhis2-json"', 'format = "dhis3"', 3, "mapping_not_allowed"),
        ("https://dhis2", "ftp://dhis2", 4, "mapping_bad_url"),
        ("https://dhis2", "https://me:secret@dhis2", 4, "mapping_bad_url"),
        ('authentication = "token"', 'authentication = "key"', 5, "mapping_not_allowed"),
        ('secret = "PORTAL_TINH"', 'secret = "d2pat_abc"', 6, "mapping_bad_secret"),
        ('secret = "PORTAL_TINH"\n', "", 5, "mapping_secret_missing"),
        ('form = "watch"', 'form = "wach"', 7, "mapping_unknown_form"),
        ("since = 2021-11-01", 'since = "November"', 8, "mapping_not_allowed"),
        ("since = 2021-11-01", 'when = "noon"', 8, "mapping_not_allowed"),
        ('dataSet = "WATCH"\n', "", 10, "mapping_no_text"),
        ('dataSet = "WATCH"', "dataSet = 7", 11, "mapping_no_text"),
        ('idScheme = "code"', 'idScheme = "codes"', 12, "mapping_bad_scheme"),
        ('others = "own code"', 'others = "all"', 15, "mapping_not_allowed"),
        ('others = "own code"', 'others = "refuse"', 14, "mapping_units_missing"),
        ('beds = "BEDS"', 'beds = "ILL"', 19, "mapping_same_element"),
        ('beds = "BEDS"', 'bed = "BEDS"', 19, "mapping_unknown_indicator"),
        ('beds = "BEDS"', "beds = 5", 19, "mapping_no_text"),
        ('beds = "BEDS"', 'beds = {element = "BEDS", choices = {a = "1"}}', 19, "mapping_choices_of_number"),
        ('beds = "BEDS"', 'beds = {element = "BEDS", categories = {"0 x" = "1"}}', 19, "mapping_bad_category"),
        ('beds = "BEDS"', 'beds = "BEDS', 19, "mapping_no_toml"),
        ("[indicators]", '[units.codes]\n397 = "A"\n15742 = "A"\n[indicators]', 19, "mapping_same_code"),
        ("[indicators]", '[units.codes]\n99999 = "A"\n[indicators]', 18, "mapping_unknown_unit"),
        (
            "[indicators]",
            '[rules]\nprovisional = "send"\nsuppressed = "as residents"\n[indicators]',
            18,
            "mapping_rules_clash",
        ),
        ("[indicators]", '[rules]\nprovisonal = "send"\n[indicators]', 18, "mapping_unknown_key"),
    ],
)
def test_a_mistake_is_named_with_its_line(url: str, old: str, new: str, line: int, key: str) -> None:
    assert old in GOOD
    assert (str(line), key) in problems(url, GOOD.replace(old, new))


def test_all_mistakes_are_named_at_once_in_the_order_of_lines(url: str) -> None:
    text = GOOD.replace('target = "tinh"', "target = 3").replace('idScheme = "code"', 'idScheme = "x"')
    assert [row for row, _ in problems(url, text)] == ["1", "12"]


def test_no_secret_is_repeated_where_one_was_written_into_the_file(url: str) -> None:
    with pytest.raises(Refused) as raised:
        read_mapping(GOOD.replace("PORTAL_TINH", "d2pat_topsecret"))
    assert "topsecret" not in translator("vi").refusal(raised.value)


def test_the_mapping_that_the_documents_show_is_good_for_the_form_that_ships() -> None:
    shown = (Path(__file__).parents[2] / "docs" / "portal_covid.toml").read_text(encoding="utf-8")
    mapping = read_mapping(shown)
    assert mapping.form == "covid_daily"
    assert len(mapping.indicators) == 10


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(0, 9), min_size=1, max_size=6))
def test_every_key_has_the_line_it_stands_on(table: dict[str, int]) -> None:
    text = "\n".join(["[one]", *(f"{name} = {value}" for name, value in table.items())])
    lines = key_lines(text)
    assert lines["one",] == 1
    assert [lines["one", name] for name in table] == [*range(2, len(table) + 2)]


def test_an_hour_is_written_as_text_or_as_toml_has_it() -> None:
    for written in ('"17:30"', "17:30:00"):
        text = GOOD.replace("since = 2021-11-01", f"when = {written}")
        assert read_mapping(text).when == SendingTime(time(17, 30))


REFEREE = [
    tuple(line.split(",")) for line in (Path(__file__).parent / "dhis2_periods.csv").read_text().splitlines()[1:]
]
"""Kind, id, first and last day of periods from 2015 to 2032 around years' ends, weeks 53 and leap days, as DHIS2's own library for
JavaScript names them; `dhis2_periods.sh` beside it makes it anew."""
MONTHS = ("february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
LENGTHS = {"daily": "P1D", "weekly": "P7D", "monthly": "P1M", "quarterly": "P3M", "half-yearly": "P6M", "yearly": "P1Y"}


def of_referee(kind: str) -> PeriodType:
    """The type that the referee's «weekly-sunday» or «yearly-april» is."""
    plain, _, begins = kind.partition("-")
    if kind == "half-yearly" or not begins:
        return PeriodType(next(each for each in get_args(PeriodKind) if each == kind))
    if plain == "weekly":
        return PeriodType("weekly", week_starts=WEEKDAYS.index(begins))
    return PeriodType("yearly", year_ends=MONTHS.index(begins) + 1)


@pytest.mark.parametrize("kind", sorted({each[0] for each in REFEREE}))
def test_periods_are_named_as_dhis2_names_them(kind: str) -> None:
    of = of_referee(kind)
    for _, named, *days in (each for each in REFEREE if each[0] == kind):
        first, last = map(date.fromisoformat, days)
        assert period_of(of, first) == period_of(of, last) == last
        assert (named, dhis2_period(Period(of, last))) == (named, named)
        assert (named, adx_period(Period(of, last))) == (named, f"{first}/{LENGTHS[of.kind]}")
        assert (named, period_days(dhis2_type(of) or "", named)) == (named, (first, last))
        assert type_of_period(named) == dhis2_type(of)


@pytest.mark.parametrize(
    ("of", "last", "as_calendar", "as_adx"),
    [
        (PeriodType("on change"), date(2024, 2, 29), "20240229", "2024-02-29/P1D"),
        (PeriodType("monthly", 14), date(2026, 9, 14), "202609", "2026-08-15/P1M"),
        (PeriodType("monthly", 14), date(2027, 1, 14), "202701", "2026-12-15/P1M"),
        (PeriodType("quarterly", 14), date(2026, 9, 14), "2026Q3", "2026-06-15/P3M"),
        (PeriodType("half-yearly", 14), date(2026, 12, 14), "2026S2", "2026-06-15/P6M"),
        (PeriodType("nine-monthly"), date(2026, 9, 30), "2026", "2026-01-01/P9M"),
        (PeriodType("nine-monthly", 14), date(2026, 9, 14), "2026", "2025-12-15/P9M"),
        (PeriodType("yearly", 14), date(2026, 12, 14), "2026", "2025-12-15/P1Y"),
    ],
)
def test_a_period_that_dhis2_has_not_goes_as_the_calendars_where_the_mapping_says_so(
    of: PeriodType, last: date, as_calendar: str, as_adx: str
) -> None:
    mapping = read_mapping(f'{GOOD}\n[rules]\nperiods = "calendar"\n')
    assert dhis2_period(sent_as(mapping, Period(of, last))) == as_calendar
    assert adx_period(Period(of, last)) == as_adx


@pytest.mark.parametrize(
    ("of", "rule", "key"),
    [
        (PeriodType("monthly", 14), "exact", "mapping_no_period"),
        (PeriodType("nine-monthly"), "exact", "mapping_no_period"),
        (PeriodType("quarterly", 14), "exact", "mapping_no_period"),
        (PeriodType("quarterly", 14), "calendar", ""),
        (PeriodType("nine-monthly", 14), "calendar", ""),
        (PeriodType("weekly", week_starts=1), "exact", "mapping_no_period_at_all"),
        (PeriodType("weekly", week_starts=1), "calendar", "mapping_no_period_at_all"),
        (PeriodType("yearly", year_ends=5), "calendar", "mapping_no_period_at_all"),
        (PeriodType("yearly", year_ends=6), "exact", ""),
        (PeriodType("quarterly"), "exact", ""),
    ],
)
def test_a_form_whose_periods_dhis2_has_not_is_refused_for_it_and_only_for_it(
    of: PeriodType, rule: Literal["exact", "calendar"], key: str
) -> None:
    mapping = replace(read_mapping(GOOD), rules=PortalRules(periods=rule), indicators=())
    schedule = Schedule(of.kind, cutoff=of.cutoff, year_ends=of.year_ends, week_starts=of.week_starts)
    form = Form(mapping.form, "1", {"": "Biểu"}, (), schedule=schedule)
    found = mapping_problems(mapping, [form], UnitTree([]), date(2026, 11, 29), {})
    assert [each.key for each in found if "period" in each.key] == ([key] if key else [])
    assert not any(
        "period" in each.key
        for each in mapping_problems(replace(mapping, format="json"), [form], UnitTree([]), date(2026, 11, 29), {})
    )


def test_the_referees_table_has_what_is_hard() -> None:
    ids = {named for _, named, _, _ in REFEREE}
    assert {
        "2015W53",
        "2026Q3",
        "2026S1",
        "2026",
        "2026WedW52",
        "2020SunW53",
        "2026April",
        "2020W53",
        "2026W53",
        "2032W53",
        "2016W1",
        "20200229",
        "20240229",
        "202402",
    } <= ids
    assert not {"2021W53", "20210229"} & ids
