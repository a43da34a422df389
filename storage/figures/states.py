"""States («Cấp độ dịch») as whoever leads reads them: each unit's newest, provisional or not, and what decided it."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from reporting.answers import values_of
from reporting.digests.evidence import State
from reporting.forms import Form, Question
from storage.database.tables import metadata
from storage.figures import figures, pending_figures
from storage.figures.digest_history import of_units
from storage.reports import answers

figure, report = metadata.tables["figure"], metadata.tables["report"]


def state_of_units(
    connection: Connection, form: Form, question: Question, on: date, within: Sequence[int] | None
) -> dict[int, State]:
    """The state of each unit: of a form «on change» the newest up to the day, of others the day's own; with what decided it."""
    here = (figure.c.form == form.key, figure.c.indicator == question.name, figure.c.choice.is_not(None))
    newest = select(figure.c.unit_id, func.max(figure.c.period).label("period")).where(*here, figure.c.period <= on)
    if form.schedule.period != "on change":
        newest = newest.where(figure.c.period == on)
    last = of_units(newest, within).group_by(figure.c.unit_id).subquery()
    statement = (
        select(figure.c.unit_id, figure.c.choice, figure.c.period)
        .where(*here)
        .join(last, (last.c.unit_id == figure.c.unit_id) & (last.c.period == figure.c.period))
    )
    found = {unit_id: (choice, period) for unit_id, choice, period in connection.execute(statement)}
    first_on = on if form.schedule.period != "on change" else date.min
    for unit_id in {
        row.unit_id for row in pending_figures.between(connection, form.key, [question.name], first_on, on, within)
    }:
        found.pop(unit_id, None)
        held = figures.newest(connection, form.key, question.name, unit_id, on)
        if held is not None and held.period >= first_on:
            found[unit_id] = str(held.value), held.period
    grounds = _grounds(connection, form, {(unit_id, period) for unit_id, (_, period) in found.items()})
    return {one: State(choice, period, grounds.get((one, period), "")) for one, (choice, period) in found.items()}


def _grounds(connection: Connection, form: Form, of: Collection[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """What a report «on change» says in words beside the state: the decision's number."""
    texts = [question.name for question in form.asked if question.type == "text" and question.kind is None]
    if form.schedule.period != "on change" or not texts or not of:
        return {}
    statement = (
        select(report.c.unit_id, report.c.period, report.c.version, report.c.answers)
        .where(report.c.form == form.key, report.c.period >= min(period for _, period in of))
        .order_by(report.c.revision)
    )
    found = {}
    for row in connection.execute(statement):
        if (row.unit_id, row.period) in of:
            values = values_of(answers.from_json(form, row.answers))
            found[row.unit_id, row.period] = next((str(values[name]) for name in texts if name in values), "")
    return found
