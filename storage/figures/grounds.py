"""On what states rest, in the words of the reports that set them: a decision's number."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection

from reporting.answers import values_of
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.questions.question_types import type_of
from storage.reports import reports

MOST_PUBLIC = 100
"""Of more units' states the public is told no grounds: they are counted by choice."""
State = tuple[int, date]
"""A unit's id, and since when its state holds."""


def grounds(
    connection: Connection, form: Form, states: Collection[State], *, is_for_public: bool = False
) -> dict[State, str]:
    """What the report that set a state says in words beside it; «» where it says nothing. Only a form «on change» sets states by
    decision: what is written in a day's report is no ground.

    For the public: of the accepted revision, and what the form makes public; for staff: of the newest, whatever it has.
    """
    texts = [
        question.name
        for question in form.asked
        if type_of(question).takes_any_words and question.kind is None and (question.is_public or not is_for_public)
    ]
    if form.schedule.period != "on change" or not texts or not states:
        return {}
    found = {}
    for state, report in reports.newest_of(connection, form.key, states, accepted=is_for_public).items():
        values = values_of(report.answers)
        found[state] = next((str(values[name]) for name in texts if name in values), "")
    return found


def public_grounds(
    connection: Connection, form: Form, cells: Mapping[tuple[int, str], Mapping[date, Figure]]
) -> dict[State, str]:
    """Of the newest state of each unit among figures by unit and indicator."""
    names = {question.name for question in form.indicators if question.kind == "state"}
    states = {(one, max(of)) for (one, name), of in cells.items() if name in names and of}
    return grounds(connection, form, states, is_for_public=True) if len(states) <= MOST_PUBLIC else {}
