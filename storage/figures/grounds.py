"""On what states rest, in the words of the reports that set them: a decision's number."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select, tuple_

from reporting.answers import values_of
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.questions.question_types import type_of
from storage.database.tables import metadata
from storage.reports import reports

report = metadata.tables["report"]

FEW = 100
"""Of more units it is not read."""


def grounds(
    connection: Connection, form: Form, cells: Mapping[tuple[int, str], Mapping[date, Figure]]
) -> dict[tuple[int, date], str]:
    """What a unit's newest accepted report says in words beside a state, where the form makes that public: a decision's number."""
    texts = [each.name for each in form.asked if type_of(each).takes_any_words and each.kind is None and each.is_public]
    states = {name for _, name in cells if name in form.by_name and form.by_name[name].kind == "state"}
    wanted = {(one, max(of)) for (one, name), of in cells.items() if name in states and of}
    if not texts or not wanted or len(wanted) > FEW:
        return {}
    statement = (
        select(report.c.unit_id, report.c.period)
        .where(report.c.form == form.key, tuple_(report.c.unit_id, report.c.period).in_(wanted))
        .distinct()
    )
    found = {}
    for one, period in connection.execute(statement).all():
        newest = reports.newest(connection, form.key, one, period, accepted=True)
        values = values_of(newest.answers) if newest is not None else {}
        found[one, period] = next((str(values[name]) for name in texts if name in values), "")
    return found
