"""The tables, a file a subject. They do not leave this room: functions of its other modules hand out dataclasses."""

from storage.database.tables import (  # noqa: F401 - each brings its tables
    audit,
    figures,
    forms,
    messages,
    people,
    portal,
    reports,
    residents,
    rules,
    schedule,
    units,
)
from storage.database.tables.columns import metadata

__all__ = ["metadata"]
