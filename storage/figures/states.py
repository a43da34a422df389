"""States («Cấp độ dịch») as whoever leads reads them: each unit's newest, provisional or not, and what decided it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, select

from reporting.digests.evidence import State
from reporting.forms import Form, Question
from storage.database.tables import metadata
from storage.figures import figures, pending_figures
from storage.figures.digest_history import of_units
from storage.figures.grounds import grounds
from storage.figures.public_figures import OF_INDICATOR, WITH_NEWEST

figure, unit = metadata.tables["figure"], metadata.tables["unit"]


def state_of_units(
    connection: Connection, form: Form, question: Question, on: date, within: Sequence[int] | None
) -> dict[int, State]:
    """The state of each unit: of a form «on change» the newest up to the day, of others the day's own; with what decided it."""
    columns = (figure.c.unit_id, figure.c.choice, figure.c.period)
    named = {"form": form.key, "indicator": question.name, "until": on}
    if form.schedule.period == "on change":
        statement = select(*columns).select_from(WITH_NEWEST)
        statement = statement if within is None else statement.where(unit.c.id.in_(within))
    else:
        statement = of_units(select(*columns).where(*OF_INDICATOR, figure.c.period == bindparam("until")), within)
    rows = connection.execute(statement, named)
    found = {unit_id: (choice, period) for unit_id, choice, period in rows if choice is not None}
    first_on = on if form.schedule.period != "on change" else date.min
    for unit_id in {
        row.unit_id for row in pending_figures.between(connection, form.key, [question.name], first_on, on, within)
    }:
        found.pop(unit_id, None)
        held = figures.newest(connection, form.key, question.name, unit_id, on)
        if held is not None and held.period >= first_on:
            found[unit_id] = str(held.value), held.period
    rests_on = grounds(connection, form, {(unit_id, period) for unit_id, (_, period) in found.items()})
    return {one: State(choice, period, rests_on.get((one, period), "")) for one, (choice, period) in found.items()}
