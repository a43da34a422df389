"""Two more places to ask in: a province after a storm, and the schools of a city."""

from datetime import date

from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.organisation import units
from storage.reports import forms
from tests.residents.town import Town, at
from tests.rules.vocabularies import HERE, QUESTIONS


def place_of(connection: Connection, name: str) -> Town:
    """The place of that name: its units and its form."""
    units.put(connection, read_units((HERE / "units" / f"{name}.csv").read_text(encoding="utf-8")))
    source = (QUESTIONS / f"{name}.md").read_bytes()
    form = forms.publish(connection, source, f"{name}.md", date(2021, 1, 1), at("08:00"))[0]
    return Town(connection, units.tree(connection), {form.key: form})
