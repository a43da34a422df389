"""The stand-in for DHIS2 is as mean as the documented server: each of its checks refuses what it is there for, in both releases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from simulator.dhis2 import DataSet, Element, Metadata, OrgUnit, Stored
from simulator.dhis2.checks import CHECKS
from simulator.dhis2.imports import Import
from simulator.dhis2.metadata import DEFAULT_COMBO
from simulator.dhis2.payload import READERS, BadPayload, Payload, SentValue, of_json
from simulator.dhis2.stored import Summary, web_message

TODAY = date(2021, 11, 20)
UNIT = OrgUnit("ou1", "U1", "One", closed=date(2021, 11, 25))
OTHER = OrgUnit("ou2", "U2", "Two")
ILL = Element("de1", "ILL", "Ill", attributes={"at1": "F0"})
BEDS = Element("de2", "BEDS", zero_is_significant=False)
COLOUR = Element("de3", "COLOUR", value_type="TEXT", options=("red", "green"))
ELSEWHERE = Element("de4", "ELSEWHERE")
SET = DataSet("ds1", "SET", elements=(ILL, BEDS, COLOUR), units=(UNIT,), expiry_days=10, future_periods=10)
SETS = (SET, DataSet("ds2", "OTHER", elements=(ELSEWHERE,), units=(OTHER,)))


def metadata() -> Metadata:
    return Metadata(SETS, lambda: TODAY, approved={("ds1", "ou1", "20211118")})


def imported(mode: str, *values: SentValue, stored: Stored | None = None, **other: Any) -> tuple[Summary, Stored]:
    """An import of the set for U1 and 19 November by codes, unless `other` says so; and what is stored then."""
    kept = stored if stored is not None else Stored()
    query = {"idScheme": "code"} | other.pop("query", {})
    of: dict[str, Any] = {"data_set": "SET", "period": "20211119", "unit": "U1"} | other
    summary = Import(metadata(), kept, mode, Payload(list(values), **of), query, "uid").run()
    return summary, kept


def ill(value: str | None = "3", **other: Any) -> SentValue:
    return SentValue("ILL", value=value, **other)


BROKEN: dict[str, tuple[SentValue, dict[str, Any]]] = {
    "element": (SentValue("NONE", value="3"), {}),
    "period": (ill(), {"period": "2021-11-19"}),
    "unit": (ill(unit="NONE"), {"unit": None}),
    "combo": (ill(combo="short"), {}),
    "empty": (ill(None), {}),
    "type": (ill("three"), {}),
    "option": (SentValue("COLOUR", value="blue"), {}),
    "period type": (ill(), {"period": "202111"}),
    "set": (SentValue("ELSEWHERE", value="3"), {}),
    "combo of element": (ill(combo="cocOTHER___"), {}),
    "assigned": (ill(), {"unit": "U2"}),
    "expired": (ill(), {"period": "20211101"}),
    "future": (ill(), {"period": "20211201", "unit": "U1"}),
    "approved": (ill(), {"period": "20211118"}),
    "closed": (ill(), {"period": "20211126"}),
}


@pytest.mark.parametrize("mode", ["2.42", "2.43"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_each_check_refuses_what_it_is_for(mode: str, check: Any) -> None:
    value, other = BROKEN[check.name]
    summary, stored = imported(mode, value, **other)
    codes = {each["errorCode"] for each in summary.conflicts}
    assert (check.new if mode == "2.43" else check.old) in codes
    assert stored.values == {}
    assert summary.status != "SUCCESS"


@pytest.mark.parametrize("mode", ["2.42", "2.43"])
def test_a_warning_is_told_with_another_status_in_each_release(mode: str) -> None:
    summary, stored = imported(mode, ill("5"), SentValue("COLOUR", value="blue"))
    status, body = web_message(summary, mode)
    assert (status, body["status"]) == ((409, "WARNING") if mode == "2.42" else (200, "WARNING"))
    assert body["response"]["rejectedIndexes"] == [1]
    assert list(stored.values.values()) == ["5"]


def test_counts_differ_between_the_releases() -> None:
    for mode, first, second in (("2.42", (1, 0, 0), (0, 0, 1)), ("2.43", (0, 1, 0), (0, 1, 0))):
        stored = Stored()
        for expected in (first, second):
            summary, _ = imported(mode, ill(), stored=stored)
            assert (summary.imported, summary.updated, summary.ignored) == expected
            assert summary.status == "SUCCESS"


def test_a_zero_is_dropped_in_silence_and_takes_the_old_value_with_it_up_to_2_42() -> None:
    _, stored = imported("2.42", SentValue("BEDS", value="4"))
    summary, _ = imported("2.42", SentValue("BEDS", value="0"), stored=stored)
    assert (summary.status, stored.values) == ("SUCCESS", {})
    _, stored = imported("2.43", SentValue("BEDS", value="0"))
    assert list(stored.values.values()) == ["0"]


def test_the_same_value_twice_is_refused_from_2_43() -> None:
    assert imported("2.42", ill("3"), ill("4"))[0].status == "SUCCESS"
    summary, stored = imported("2.43", ill("3"), ill("4"))
    assert (summary.status, sorted(summary.rejected), stored.values) == ("ERROR", [0, 1], {})


def test_one_unknown_element_ends_all_of_it_from_2_43() -> None:
    values = ill("3"), SentValue("NONE", value="3")
    assert list(imported("2.42", *values)[1].values.values()) == ["3"]
    summary, stored = imported("2.43", *values)
    assert (summary.conflicts[0]["indexes"], stored.values) == ([-1], {})


def test_completion_does_not_wait_for_the_values_up_to_2_42() -> None:
    bad = SentValue("COLOUR", value="blue")
    assert imported("2.42", bad, complete="2021-11-19")[1].complete
    assert not imported("2.43", bad, complete="2021-11-19")[1].complete
    assert imported("2.43", ill(), complete="true")[1].complete


def test_a_dry_run_writes_nothing_and_atomic_is_all_or_nothing() -> None:
    for mode in ("2.42", "2.43"):
        summary, stored = imported(mode, ill(), query={"dryRun": "true"})
        assert (summary.status, stored.values) == ("SUCCESS", {})
    bad = SentValue("COLOUR", value="blue")
    summary, stored = imported("2.43", ill(), bad, query={"atomic": "true"})
    assert (summary.status, stored.values) == ("ERROR", {})


@pytest.mark.parametrize("mode", ["2.42", "2.43"])
def test_strategies(mode: str) -> None:
    _, stored = imported(mode, ill())
    imported(mode, ill("9"), stored=stored, query={"importStrategy": "DELETE"})
    assert stored.values == {}
    if mode == "2.42":
        assert imported(mode, ill(), query={"importStrategy": "UPDATE"})[1].values == {}
        _, stored = imported(mode, ill("3"))
        assert list(imported(mode, ill("4"), stored=stored, query={"importStrategy": "CREATE"})[1].values.values()) == [
            "3"
        ]


def test_schemes_of_the_payload_beat_those_of_the_query_and_special_ones_the_general() -> None:
    key = ("de1", "20211119", "ou1", DEFAULT_COMBO, DEFAULT_COMBO)
    sent: dict[str, Any] = {
        "query": {"idScheme": "uid", "dataElementIdScheme": "attribute:at1"},
        "data_set": "ds1",
        "unit": "ou1",
    }
    assert imported("2.42", SentValue("F0", value="3"), **sent)[1].values == {key: "3"}
    beaten: dict[str, Any] = {
        "query": {"idScheme": "name"},
        "schemes": {"idScheme": "uid"},
        "data_set": "ds1",
        "unit": "ou1",
    }
    assert imported("2.42", SentValue("de1", value="3"), **beaten)[1].values == {key: "3"}


def test_values_are_strings_and_no_other_type_of_content_is_known() -> None:
    with pytest.raises(BadPayload):
        of_json(b'{"dataValues": [{"dataElement": "ILL", "value": 3}]}')
    assert set(READERS) == {"application/json", "application/xml", "application/adx+xml", "application/csv"}
    with pytest.raises(BadPayload):
        READERS["application/csv"](b"ILL,20211119,U1,,,3\n")
