"""Who is at a chat, and at which draft: what nearly every answer begins with, in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, true

from reporting.filling.drafts import Draft
from reporting.forms import Form
from reporting.people import Address, Duty, Person
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.organisation.duties import in_force
from storage.reports import drafts
from storage.reports.last_saved import EarlierRow, latest_before, read_there
from storage.reports.usual_ranges import columns_there

address, person, duty, draft = (metadata.tables[name] for name in ("address", "person", "duty", "draft"))


@dataclass(frozen=True, slots=True)
class AtChat:
    """`duties`: all that are in force; `shown_turn`: at which of its draft's turns the chat was shown it, if nothing else since.

    `earlier`: the unit's latest period before the draft's, and what is usual for the draft's.
    """

    person: Person
    duties: tuple[Duty, ...]
    draft: Draft
    form: Form
    shown_turn: int | None
    earlier: EarlierRow

    @property
    def is_on_screen(self) -> bool:
        """Whether the draft, as it is, is the last that the chat was shown."""
        return self.shown_turn == self.draft.turn


_PERSON = (person.c.id, person.c.name, person.c.language)
_DUTY = (duty.c.id, duty.c.unit_id, duty.c.role, duty.c.since, duty.c.until)
_DRAFT = tuple(draft.c.keys())
_BEFORE_DRAFT = len(_PERSON) + len(_DUTY) + 1
_EARLIER = _BEFORE_DRAFT + len(_DRAFT)


def _at(dialect: str) -> Any:
    at_draft: Any = draft
    if dialect == "postgresql":  # what is locked cannot stand on the open side of a join, but in a subquery it can
        at_draft = select(draft).where(draft.c.id == address.c.draft_id).with_for_update().lateral("draft_here")
    meets = true() if dialect == "postgresql" else draft.c.id == address.c.draft_id
    held = and_(duty.c.person_id == person.c.id, in_force())
    latest = latest_before(dialect, at_draft.c.form, at_draft.c.unit_id, at_draft.c.period)
    found = (
        select(*_PERSON, *_DUTY, address.c.draft_turn, *(at_draft.c[name] for name in _DRAFT), latest.label("earlier"))
        .select_from(address)
        .join(person, person.c.id == address.c.person_id)
        .join(at_draft, meets)
        .outerjoin(duty, held)
        .where(address.c.channel == bindparam("channel"), address.c.address == bindparam("address"))
        .cte("found")
        .prefix_with("MATERIALIZED", dialect="postgresql")  # else each column of the earlier period looks for that anew
    )
    columns = list(found.c)
    of_draft = dict(zip(_DRAFT, columns[_BEFORE_DRAFT:-1], strict=True))
    there = read_there(dialect, of_draft["form"], of_draft["unit_id"], found.c.earlier)
    usual = columns_there(dialect, of_draft["form"], of_draft["unit_id"], of_draft["period"])
    return select(*columns, *there, *usual).order_by(columns[len(_PERSON)])


_AT = PreparedStatement(_at)


def at_chat(connection: Connection, where: Address, on: date) -> AtChat | None:
    """The person found there, what he is charged with on a day, and the draft that the chat is at, kept for this transaction.

    None where nobody is, or he is at no draft.
    """
    rows = _AT.rows(connection, channel=where.channel, address=where.address, on=on)
    if not rows:
        return None
    person_id, name, language, *_ = rows[0]
    duties = tuple(Duty(person_id, *row[4:8]) for row in rows if row[3] is not None)
    who = Person(person_id, name, language, Address(where.channel, where.address))
    at_draft, form = drafts.read(connection, rows[0][_BEFORE_DRAFT:_EARLIER])
    return AtChat(who, duties, at_draft, form, rows[0][_BEFORE_DRAFT - 1], EarlierRow(*rows[0][_EARLIER:]))
