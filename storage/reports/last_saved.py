"""What came before a period: the values that `${last-saved#…}` reads; and which periods read what is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Date, Table, bindparam, func, literal, select, union

from reporting.amounts import from_amount
from reporting.answers import Value, Values, values_of
from reporting.forms import Form
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.figures import figures, pending_figures
from storage.figures.among_units import BY_UNIT_AND_DAY
from storage.reports import answers, reports, usual_ranges
from storage.reports.forms import for_history, version
from storage.reports.left_out import first_left_out, worked_out_over

figure, waiting, report = (metadata.tables[name] for name in ("figure", "waiting", "report"))

ONE_DAY = timedelta(days=1)
Last = tuple[date, Values, frozenset[str]]
"""A period, its values, and the calculated indicators that were not known in it."""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """What is read of a unit's latest earlier period, if there is one: of its newest report the form's version and the answers, and
    its figures, each an indicator with `amount` and `choice`. Whatever waits for approval is listed apart.

    `ranges` and `set_ranges`: what is usual for the period that comes after (`storage.reports.usual_ranges`).
    """

    period: date
    version: str | None
    answers: Mapping[str, Any] | None
    figures: Sequence[Sequence[Any]] | None
    waiting: Sequence[Sequence[Any]] | None
    ranges: usual_ranges.Kept | None = None
    set_ranges: Sequence[usual_ranges.SetRow] | None = None


def latest_before(dialect: str, form: Any, unit_id: Any, before: Any, *, accepted: bool = False) -> ColumnElement[date]:
    """The latest period before one for which a unit has a figure or a report; `date.min` if there is none."""

    def of(table: Table, *further: Any) -> Any:
        here = (table.c.unit_id == unit_id, table.c.form == form, table.c.period < before, *further)
        latest = select(func.max(table.c.period)).where(*here).scalar_subquery()
        return func.coalesce(latest, literal(date.min, Date))

    of_reports = of(report, *([reports.IS_ACCEPTED] if accepted else []))
    periods = [of(figure), of_reports] if accepted else [of(figure), of(waiting), of_reports]
    latest = func.greatest if dialect == "postgresql" else func.max
    return latest(*periods, type_=Date)


def read_there(dialect: str, form: Any, unit_id: Any, period: Any, *, accepted: bool = False) -> list[Any]:
    """The columns of an `EarlierRow` that come after its period. They stand in a statement that has the period as a column."""

    def here(table: Table) -> list[Any]:
        return [table.c.form == form, table.c.unit_id == unit_id, table.c.period == period]

    newest = [*here(report), reports.IS_ACCEPTED] if accepted else here(report)
    of_report = [
        select(column).where(*newest).order_by(report.c.revision.desc()).limit(1).scalar_subquery()
        for column in (report.c.version, report.c.answers)
    ]
    if accepted:
        return [*of_report, _listed(dialect, figure, here(figure)), literal(None, JSON(none_as_null=True))]
    stands = [*here(figure), ~pending_figures.IS_OVERLAID]
    waits = [*here(waiting), pending_figures.IS_GIVEN]
    return [*of_report, _listed(dialect, figure, stands), _listed(dialect, waiting, waits)]


def _listed(dialect: str, table: Table, where: list[Any]) -> Any:
    """The values of several rows as one column."""
    cells = (table.c.indicator, table.c.amount, table.c.choice)
    if dialect == "postgresql":
        listed = func.json_agg(func.json_build_array(*cells), type_=JSON)
    else:
        listed = func.json_group_array(func.json_array(*cells), type_=JSON)
    statement = select(listed).where(*where)
    if table is figure:
        statement = statement.with_hint(figure, BY_UNIT_AND_DAY, "sqlite")  # else all that a form ever had is read
    return statement.scalar_subquery()


def _earlier(accepted: bool) -> PreparedStatement:
    def build(dialect: str) -> Any:
        form: Any = bindparam("form")
        unit_id: Any = bindparam("unit_id")
        latest = latest_before(dialect, form, unit_id, bindparam("before"), accepted=accepted)
        here = select(latest.label("period")).subquery()
        there = read_there(dialect, form, unit_id, here.c.period, accepted=accepted)
        usual = [] if accepted else usual_ranges.columns_there(dialect, form, unit_id, bindparam("before"))
        return select(here.c.period, *there, *usual)

    return PreparedStatement(build)


_EARLIER, _ACCEPTED_EARLIER = _earlier(accepted=False), _earlier(accepted=True)


def last_values(
    connection: Connection, form: Form, unit_id: int, before: date, *, accepted: bool = False
) -> Last | None:
    """What `${last-saved#…}` reads: the newest values of the latest earlier period, and that period. `accepted`: without what
    waits for approval, as if it had not come.

    Imported figures are among them; so are the answers of a report that make no figure. A calculated indicator that was not
    known then (it rests on what is not known yet) has its newest older value, and is named; one that the version of then left out is
    worked out. What is cumulative and was left open has its newest older value too, or it could fall unseen. None if there is no
    earlier period.
    """
    row = earlier_row(connection, form, unit_id, before, accepted=accepted)
    return values_in(connection, form, unit_id, row, accepted=accepted)


def earlier_row(
    connection: Connection, form: Form, unit_id: int, before: date, *, accepted: bool = False
) -> EarlierRow:
    """What is read for that: of the latest earlier period, and what is usual for this one."""
    statement = _ACCEPTED_EARLIER if accepted else _EARLIER
    (row,) = statement.rows(connection, form=form.key, unit_id=unit_id, before=before)
    return EarlierRow(*row)


def values_in(
    connection: Connection, form: Form, unit_id: int, row: EarlierRow, *, accepted: bool = False
) -> Last | None:
    """The same of a row that has been read."""
    if row.period == date.min:
        return None
    values: dict[str, Value] = {}
    answered = version(connection, form.key, row.version) if row.version is not None else None
    if answered is not None:
        values.update(values_of(answers.from_json(answered, row.answers or {})))
    for name, amount, choice in (*(row.figures or ()), *(row.waiting or ())):
        values[name] = choice if amount is None else from_amount(amount)
    missing = [
        q.name for q in form.indicators if q.name not in values and (q.calculation is not None or q.kind == "total")
    ]
    older = {
        name: figures.newest(connection, form.key, name, unit_id, row.period, accepted=accepted) for name in missing
    }
    known: dict[str, Value] = {name: of.value for name, of in older.items() if of is not None and of.value is not None}
    wanted = {q.name for q in answered.indicators if q.relevant is None} if answered is not None else set[str]()
    calculated = [name for name in missing if form.by_name[name].calculation is not None]
    held = {name for name in calculated if name in known or name in wanted}
    if calculated:
        asked = _asked(connection, form, answered, row.period)
        stood = {name: of.period if (of := older[name]) else None for name in calculated if name not in asked.by_name}
        first = first_left_out(connection, form.key, asked.version, stood) if stood else None
        if first is not None:
            periods = [on for on in periods_after(connection, form.key, unit_id, first - ONE_DAY) if on <= row.period]
            worked_out = worked_out_over(connection, form, unit_id, stood.keys(), periods, accepted=accepted)
            known, held = {**known, **worked_out.values}, held - stood.keys() | worked_out.held
    return row.period, {**values, **known}, frozenset(held)


def _asked(connection: Connection, form: Form, answered: Form | None, period: date) -> Form:
    """The version of an earlier period: its report's, or else the one by which its history is read."""
    if answered is not None:
        return answered
    return next((each for each in for_history(connection, period) if each.key == form.key), form)


def _after(table: Table) -> Any:
    here = (table.c.unit_id == bindparam("unit_id"), table.c.form == bindparam("form"))
    return select(table.c.period).where(*here, table.c.period > bindparam("after"))


_AFTER = union(_after(figure), _after(waiting), _after(report)).order_by("period")


def periods_after(connection: Connection, form: str, unit_id: int, period: date) -> list[date]:
    """The later periods for which the unit has figures or a report, accepted or not, in order."""
    named = {"unit_id": unit_id, "after": period, "form": form}
    return list(connection.execute(_AFTER, named).scalars())
