"""The dictionary of the open data's columns: which each table has, what kind of value stands in it, and where it is explained."""

from collections.abc import Mapping

TEXT, DATE, MOMENT, NUMBER, COUNT, TRUTH = "string", "date", "dateTime", "decimal", "integer", "boolean"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "figures": {
        "date": DATE,
        "form": TEXT,
        "indicator": TEXT,
        "indicator_label": TEXT,
        "unit": TEXT,
        "unit_name": TEXT,
        "status": TEXT,
        "value": TEXT,
        "value_label": TEXT,
        "low": NUMBER,
        "high": NUMBER,
        "unit_of_count": TEXT,
        "units_at": TEXT,
        "since": DATE,
        "units_with_figure": COUNT,
        "units_owing": COUNT,
        "units_without": TEXT,
        "corrected": TRUTH,
        "published_at": MOMENT,
        "demonstration": TRUTH,
        "units_carried": COUNT,
        "carried_from": TEXT,
        "units_unknown": TEXT,
        "ground": TEXT,
    },
    "standing": {
        "date": DATE,
        "form": TEXT,
        "form_title": TEXT,
        "unit": TEXT,
        "unit_name": TEXT,
        "status": TEXT,
        "due_at": MOMENT,
        "sent_at": MOMENT,
        "demonstration": TRUTH,
    },
    "indicators": {
        "form": TEXT,
        "form_title": TEXT,
        "period": TEXT,
        "indicator": TEXT,
        "indicator_label": TEXT,
        "kind": TEXT,
        "unit_of_count": TEXT,
        "suppress_below": COUNT,
        "choices": TEXT,
        "cutoff": TEXT,
        "week_starts": TEXT,
        "adds_up": TRUTH,
    },
    "units": {
        "unit": TEXT,
        "unit_name": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "parent": TEXT,
        "aliases": TEXT,
        "since": DATE,
        "until": DATE,
    },
}
"""Of each table its columns in their order, with XML Schema's name of the type that their values have."""

_OTHERWISE = {("standing", "status"), ("units", "kind"), ("units", "since")}
"""Columns that mean something else in this table than in the others."""


def column_key(table: str, name: str) -> str:
    """The sentence that explains a column."""
    return f"open_column_{table}_{name}" if (table, name) in _OTHERWISE else f"open_column_{name}"
