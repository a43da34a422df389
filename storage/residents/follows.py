"""What chats follow: all that is kept of residents, and forgotten when they say so."""

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, or_, select, update

from reporting.figures.follow import Follow
from reporting.figures.indicator import Indicator
from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.tables import metadata

follow, figure = metadata.tables["follow"], metadata.tables["figure"]


def begin(
    connection: Connection,
    to: Address,
    unit_id: int,
    indicator: Indicator | None,
    at: time | None,
    language: str,
    now: datetime,
) -> None:
    """From now on; of what is followed already the hour is changed."""
    values = {
        "channel": to.channel,
        "address": to.address,
        "unit_id": unit_id,
        "form": indicator.form if indicator else "",
        "indicator": indicator.question if indicator else "",
        "at": f"{at:%H:%M}" if at else "",
        "language": language,
        "since_at": now,
        "told_at": None,
    }
    statement = insert_into(connection, follow).values(values)
    changed = {name: statement.excluded[name] for name in ("at", "language", "since_at", "told_at")}
    keys = ["channel", "address", "unit_id", "form", "indicator"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def of(connection: Connection, to: Address) -> list[Follow]:
    """What a chat follows, in the order in which it began."""
    statement = select(follow).where(*_at(to)).order_by(follow.c.id)
    return [_follow(row) for row in connection.execute(statement).mappings()]


def end(connection: Connection, to: Address, unit_id: int, indicator: Indicator | None) -> bool:
    """No longer; False if it was not followed."""
    form, name = (indicator.form, indicator.question) if indicator else ("", "")
    here = (*_at(to), follow.c.unit_id == unit_id, follow.c.form == form, follow.c.indicator == name)
    return connection.execute(delete(follow).where(*here)).rowcount > 0


def forget(connection: Connection, to: Address) -> int:
    """Everything that is kept of this chat as a resident's; how much it was."""
    return connection.execute(delete(follow).where(*_at(to))).rowcount


def at_hour(connection: Connection, hours: Collection[time]) -> list[Follow]:
    """The follows that are told at one of these local times, in the order in which they began."""
    wanted = [f"{hour:%H:%M}" for hour in hours]
    statement = select(follow).where(follow.c.at.in_(wanted)).order_by(follow.c.id)
    return [_follow(row) for row in connection.execute(statement).mappings()]


def changed(connection: Connection, first_on: date) -> list[tuple[Follow, frozenset[Indicator]]]:
    """The follows of whatever changes, with the figures that are new to them, of periods from `first_on`."""
    newer = and_(
        figure.c.unit_id == follow.c.unit_id,
        figure.c.period >= first_on,
        figure.c.as_of > func.coalesce(follow.c.told_at, follow.c.since_at),
        or_(follow.c.form == "", and_(figure.c.form == follow.c.form, figure.c.indicator == follow.c.indicator)),
    )
    statement = (
        select(follow, figure.c.form.label("figure_form"), figure.c.indicator.label("figure_indicator"))
        .join(figure, newer)
        .where(follow.c.at == "")
        .order_by(follow.c.id)
    )
    found: dict[int, tuple[Follow, set[Indicator]]] = {}
    for row in connection.execute(statement).mappings():
        _, indicators = found.setdefault(row["id"], (_follow(row), set()))
        indicators.add(Indicator(row["figure_form"], row["figure_indicator"]))
    return [(each, frozenset(indicators)) for each, indicators in found.values()]


def told(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """These have been told as at `now`."""
    if ids:
        connection.execute(update(follow).where(follow.c.id.in_(ids)).values(told_at=now))


def _at(to: Address) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return follow.c.channel == to.channel, follow.c.address == to.address


def _follow(row: RowMapping) -> Follow:
    return Follow(
        id=row["id"],
        to=Address(row["channel"], row["address"]),
        unit_id=row["unit_id"],
        indicator=Indicator(row["form"], row["indicator"]) if row["form"] else None,
        at=time.fromisoformat(row["at"]) if row["at"] else None,
        language=row["language"],
        since_at=row["since_at"],
        told_at=row["told_at"],
    )
