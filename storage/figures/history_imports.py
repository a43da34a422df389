"""An import of history that is at work: what stood before it, so that it is all there in the end or taken back."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.database.inserting import insert_into, insert_rows
from storage.database.tables import metadata
from storage.figures.figure_rows import KeptFigure

at_work, before = metadata.tables["history_import"], metadata.tables["history_before"]
Place = tuple[int, date]
"""A unit by its id, and a period."""

_OF_PERIOD = (before.c.form == bindparam("of_form"), before.c.period == bindparam("of_period"))
_ON = select(before.c.unit_id, before.c.figures).where(*_OF_PERIOD).order_by(before.c.unit_id)
_PERIODS = select(before.c.form, before.c.period).distinct().order_by(before.c.form, before.c.period)
_ANY = select(before.c.form, before.c.period).limit(1)
_FORGET = delete(before).where(*_OF_PERIOD)


def begin(connection: Connection, at: datetime) -> None:
    """From now on, until it is over, an import is at work."""
    connection.execute(insert(at_work), {"began_at": at})


def began_at(connection: Connection) -> datetime | None:
    """Since when an import is at work, or was left by one that is no more; None if there is none."""
    found: datetime | None = connection.execute(select(at_work.c.began_at)).scalar()
    return found


def over(connection: Connection) -> None:
    """The import is over: what it put there stays. What is kept is for nobody any more, and is to be forgotten in pieces."""
    connection.execute(delete(at_work))


def keep(connection: Connection, form: str, stood: Mapping[Place, Iterable[KeptFigure]]) -> None:
    """What stood for these units and periods; of what is kept already the first remains."""
    rows = [
        {"form": form, "unit_id": unit_id, "period": period, "figures": _written(kept)}
        for (unit_id, period), kept in stood.items()
    ]
    if rows:
        connection.execute(insert_into(connection, before).on_conflict_do_nothing(), rows)


def keep_new(connection: Connection, form: str, stood: Mapping[Place, Iterable[KeptFigure]]) -> None:
    """The same where nothing is kept yet of any of them."""
    rows = ((form, period, unit_id, _written(kept)) for (unit_id, period), kept in stood.items())
    insert_rows(connection, before, ("form", "period", "unit_id", "figures"), rows)


def periods(connection: Connection) -> list[tuple[str, date]]:
    """The forms and periods of which anything is kept, in order."""
    return [(form, period) for form, period in connection.execute(_PERIODS)]


def stood(connection: Connection, form: str, period: date) -> dict[int, list[KeptFigure]]:
    """What stood before for a period, by unit id."""
    found = connection.execute(_ON, {"of_form": form, "of_period": period})
    return {unit_id: _read(figures) for unit_id, figures in found}


def forget_period(connection: Connection) -> bool:
    """What is kept of one period is forgotten; whether there was any."""
    first = connection.execute(_ANY).first()
    if first is not None:
        connection.execute(_FORGET, {"of_form": first.form, "of_period": first.period})
    return first is not None


def _written(kept: Iterable[KeptFigure]) -> str:
    return json.dumps([[*each[:3], each.as_of.isoformat(), *each[4:]] for each in kept], ensure_ascii=False)


def _read(figures: str) -> list[KeptFigure]:
    return [
        KeptFigure(name, amount, choice, datetime.fromisoformat(as_of), *rest)
        for name, amount, choice, as_of, *rest in json.loads(figures)
    ]
