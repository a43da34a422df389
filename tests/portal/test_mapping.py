"""A mapping file: what it says, and every mistake in it, by its line."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.errors import Refused, Several
from reporting.forms import PeriodKind
from reporting.portal.mapping import SendingTime
from reporting.portal.periods import PERIOD_TYPES, adx_period, dhis2_period
from reporting.portal.reading import read_mapping
from reporting.portal.toml_lines import key_lines
from reporting.rounds.periods import period_of
from reporting.translator import translator
from services.portal_targets import check_mapping
from simulator.dhis2.metadata import period_days
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


@pytest.mark.parametrize(
    ("kind", "period", "dhis2", "adx"),
    [
        ("daily", date(2021, 11, 10), "20211110", "2021-11-10/P1D"),
        ("on change", date(2024, 2, 29), "20240229", "2024-02-29/P1D"),
        ("weekly", date(2021, 11, 14), "2021W45", "2021-11-08/P7D"),
        ("weekly", date(2021, 1, 3), "2020W53", "2020-12-28/P7D"),
        ("weekly", date(2022, 1, 2), "2021W52", "2021-12-27/P7D"),
        ("weekly", date(2021, 1, 10), "2021W1", "2021-01-04/P7D"),
        ("monthly", date(2024, 2, 29), "202402", "2024-02-01/P1M"),
        ("monthly", date(2021, 12, 31), "202112", "2021-12-01/P1M"),
    ],
)
def test_a_period_has_the_takers_name(kind: str, period: date, dhis2: str, adx: str) -> None:
    known = next(each for each in ("daily", "weekly", "monthly", "on change") if each == kind)
    assert dhis2_period(known, period) == dhis2
    assert adx_period(known, period) == adx


def test_an_hour_is_written_as_text_or_as_toml_has_it() -> None:
    for written in ('"17:30"', "17:30:00"):
        text = GOOD.replace("since = 2021-11-01", f"when = {written}")
        assert read_mapping(text).when == SendingTime(time(17, 30))


REFEREE = [
    tuple(line.split(",")) for line in (Path(__file__).parent / "dhis2_periods.csv").read_text().splitlines()[1:]
]
"""Kind, id, first and last day of periods from 2015 to 2032 around years' ends, weeks 53 and leap days, as DHIS2's own library for
JavaScript names them: `generateFixedPeriods` of @dhis2/multi-calendar-dates 2.1.2, calendar iso8601."""


@pytest.mark.parametrize("kind", ["daily", "weekly", "monthly"])
def test_periods_are_named_as_dhis2_names_them(kind: PeriodKind) -> None:
    lengths = {"daily": "P1D", "weekly": "P7D", "monthly": "P1M"}
    of_kind = [each for each in REFEREE if each[0] == kind]
    assert len(of_kind) > 50
    for _, named, *days in of_kind:
        first, last = map(date.fromisoformat, days)
        assert period_of(kind, first) == period_of(kind, last) == last
        assert (named, dhis2_period(kind, last)) == (named, named)
        assert (named, adx_period(kind, last)) == (named, f"{first}/{lengths[kind]}")
        assert (named, period_days(PERIOD_TYPES[kind], named)) == (named, (first, last))


def test_the_referees_table_has_what_is_hard() -> None:
    ids = {named for _, named, _, _ in REFEREE}
    assert {"2015W53", "2020W53", "2026W53", "2032W53", "2016W1", "20200229", "20240229", "202402"} <= ids
    assert not {"2021W53", "20210229"} & ids
