"""People, where they are found, and what they are charged with."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, or_, select, update

from reporting.collation import person_order
from reporting.people import Address, Duty, Person, Role
from storage.database.inserting import insert_into
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.organisation.duties import in_force

MOST_DIGITS = 18
"""Of an id."""
_tables = metadata.tables
person, address, duty = (_tables[name] for name in ("person", "address", "duty"))

_PEOPLE = select(person.c.id, person.c.name, person.c.language, address.c.channel, address.c.address).join(
    address, address.c.person_id == person.c.id
)
_AT = PreparedStatement(
    _PEOPLE.add_columns(address.c.asked).where(
        address.c.channel == bindparam("channel"), address.c.address == bindparam("address")
    )
)
IN_ORDER = (address.c.unreachable_at.is_not(None), address.c.preference, address.c.id)
"""Of a person's addresses the open ones first, as he prefers them."""
_BY_ID = _PEOPLE.where(person.c.id == bindparam("id")).order_by(*IN_ORDER)


def at(connection: Connection, where: Address) -> Person | None:
    """Who is found at this address; None for a stranger."""
    row = _AT.first(connection, channel=where.channel, address=where.address)
    if row is None:
        return None
    person_id, name, language, channel, place, asked = row
    return Person(person_id, name, language, Address(channel, place), asked)


def ask(connection: Connection, where: Address, asked: str) -> None:
    """The chat is asked this now (see `Person`), and what its draft asks is not on its screen any more; «»: it is asked nothing."""
    here = (address.c.channel == where.channel, address.c.address == where.address)
    connection.execute(update(address).where(*here).values(asked=asked, draft_turn=None))


def ask_no_more(connection: Connection, where: Address) -> None:
    """The chat is asked nothing any more but what its draft asks."""
    here = (address.c.channel == where.channel, address.c.address == where.address)
    connection.execute(update(address).where(*here).values(asked=""))


def person_of(connection: Connection, person_id: int) -> Person:
    """The person with our id, at the address that he is spoken to at first; KeyError if there is none."""
    row = connection.execute(_BY_ID, {"id": person_id}).mappings().first()
    if row is None:
        raise KeyError(person_id)
    return _person(row)


def people_of(connection: Connection, person_ids: Collection[int]) -> dict[int, Person]:
    """The people with these ids."""
    rows = connection.execute(_PEOPLE.where(person.c.id.in_(person_ids)).order_by(*IN_ORDER)).mappings()
    found: dict[int, Person] = {}
    for row in rows:
        found.setdefault(row["id"], _person(row))
    return found


def named(connection: Connection, text: str) -> list[Person]:
    """Whom a text names: the one with that id, or all who are called so, whatever the capitals."""
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return list(people_of(connection, [int(text)]).values())
    wanted = " ".join(text.split()).casefold()
    rows = connection.execute(select(person.c.id, person.c.name).where(person.c.erased_at.is_(None)))
    return list(people_of(connection, [row.id for row in rows if row.name.casefold() == wanted]).values())


def is_erased(connection: Connection, person_id: int) -> bool:
    """Whether nothing is kept any more that tells who this was."""
    return connection.execute(select(person.c.erased_at).where(person.c.id == person_id)).scalar() is not None


def add(connection: Connection, where: Address, name: str, language: str, now: datetime) -> Person:
    """A new person at an address that nobody has."""
    values = {"name": name, "language": language, "created_at": now}
    person_id = connection.execute(insert(person).returning(person.c.id), values).scalar_one()
    place = {"channel": where.channel, "address": where.address, "person_id": person_id, "heard_at": now}
    connection.execute(insert(address), place)
    return Person(person_id, name, language, where)


def speak(connection: Connection, person_id: int, language: str) -> None:
    """From now on this person is spoken to in `language`."""
    connection.execute(update(person).where(person.c.id == person_id).values(language=language))


def charge(connection: Connection, new: Duty) -> bool:
    """Gives a duty; False if the person holds it already. One that was ended on the day it began goes on: it is the same row."""
    held = and_(duty.c.person_id == new.person_id, duty.c.unit_id == new.unit_id, duty.c.role == new.role)
    if connection.execute(select(duty.c.id).where(held, in_force(new.since))).first():
        return False
    values = {
        "person_id": new.person_id,
        "unit_id": new.unit_id,
        "role": new.role,
        "since": new.since,
        "until": new.until,
    }
    given = insert_into(connection, duty).values(values)
    same = (duty.c.person_id, duty.c.unit_id, duty.c.role, duty.c.since)
    connection.execute(given.on_conflict_do_update(index_elements=same, set_={"until": new.until}))
    return True


_DUTIES = select(duty.c.person_id, duty.c.unit_id, duty.c.role, duty.c.since, duty.c.until).where(in_force())
_OWN_DUTIES = PreparedStatement(_DUTIES.where(duty.c.person_id == bindparam("person_id")).order_by(duty.c.id))


def duties(
    connection: Connection,
    on: date,
    unit_ids: Collection[int] | None = None,
    roles: Collection[Role] | None = None,
    person_ids: Collection[int] | None = None,
) -> list[Duty]:
    """The duties in force on a day, of these units, roles and people (None: all)."""
    statement = _DUTIES.order_by(duty.c.id)
    if unit_ids is not None:
        statement = statement.where(duty.c.unit_id.in_(unit_ids))
    if roles is not None:
        statement = statement.where(duty.c.role.in_(roles))
    if person_ids is not None:
        statement = statement.where(among(connection.dialect.name, duty.c.person_id, "person_ids"))
    values = {"on": on} if person_ids is None else {"on": on, "person_ids": list(person_ids)}
    return [_duty(row) for row in connection.execute(statement, values).mappings()]


def duties_of(connection: Connection, person_id: int, on: date) -> list[Duty]:
    """What one person is charged with on a day, oldest first."""
    return [Duty(*row) for row in _OWN_DUTIES.rows(connection, person_id=person_id, on=on)]


def duty_with(connection: Connection, duty_id: int, on: date) -> Duty | None:
    """The duty with this id, if it is in force on a day."""
    row = connection.execute(_DUTIES.where(duty.c.id == duty_id), {"on": on}).mappings().first()
    return _duty(row) if row is not None else None


def end_duty(connection: Connection, ended: Duty, on: date) -> None:
    """A duty that is in force ends with `on`; what of it was to go on later, after leave, does not begin."""
    mine = (duty.c.person_id == ended.person_id, duty.c.unit_id == ended.unit_id, duty.c.role == ended.role)
    still = (*mine, or_(duty.c.until.is_(None), duty.c.until > on))
    connection.execute(update(duty).where(*still, duty.c.since < on).values(until=on))
    connection.execute(update(duty).where(*still, duty.c.since >= on).values(until=duty.c.since))


def with_duty(connection: Connection, unit_id: int, roles: Collection[Role], on: date) -> list[Person]:
    """Who holds one of these roles at a unit on a day, as people sort."""
    ids = [each.person_id for each in duties(connection, on, [unit_id], roles)]
    found = people_of(connection, ids)
    return sorted((found[each] for each in dict.fromkeys(ids) if each in found), key=lambda one: person_order(one.name))


def _person(row: RowMapping) -> Person:
    return Person(row["id"], row["name"], row["language"], Address(row["channel"], row["address"]))


def _duty(row: RowMapping | dict[str, Any]) -> Duty:
    return Duty(row["person_id"], row["unit_id"], cast("Role", row["role"]), row["since"], row["until"])


def names(people: Sequence[Person]) -> str:
    """Names one after the other as people sort, the way a sentence lists them."""
    return ", ".join(sorted((each.name for each in people), key=person_order))


def shut_out(connection: Connection) -> set[int]:
    """The ids of people whose chat cannot be reached."""
    return set(connection.execute(select(address.c.person_id).where(address.c.unreachable_at.is_not(None))).scalars())
