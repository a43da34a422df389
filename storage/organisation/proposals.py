"""Indicators that people with a post propose, and what the desk has said to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from reporting.proposal import Decision, Proposal
from storage.database.inserting import insert_into
from storage.database.tables import metadata

proposal = metadata.tables["proposal"]
_READ = select(
    proposal.c.id, proposal.c.person_id, proposal.c.unit_id, proposal.c.what, proposal.c.why, proposal.c.measure,
    proposal.c.state, proposal.c.made_at, proposal.c.word,
)  # fmt: skip


def begin_proposal(connection: Connection, person_id: int, unit_id: int, what: str, now: datetime) -> Proposal:
    """A proposal that is being written, in the place of what the same person was writing before."""
    of_person = (proposal.c.person_id == person_id, proposal.c.state == "writing")
    connection.execute(proposal.delete().where(*of_person))
    values = {"person_id": person_id, "unit_id": unit_id, "what": what, "why": "", "measure": "", "word": ""}
    added = insert_into(connection, proposal).returning(proposal.c.id)
    number = connection.execute(added, values | {"state": "writing", "made_at": now}).scalar_one()
    return Proposal(number, person_id, unit_id, what, "", "", "writing", now)


def written_by(connection: Connection, person_id: int) -> Proposal | None:
    """What a person is writing just now."""
    row = connection.execute(_READ.where(proposal.c.person_id == person_id, proposal.c.state == "writing")).first()
    return Proposal(*row) if row is not None else None


def write(connection: Connection, number: int, part: str, text: str) -> None:
    """`part`: «what», «why» or «measure»."""
    connection.execute(update(proposal).where(proposal.c.id == number).values({part: text}))


def submit_proposal(connection: Connection, number: int, now: datetime) -> None:
    """It waits for the desk from now on."""
    connection.execute(update(proposal).where(proposal.c.id == number).values(state="open", made_at=now))


def drop_proposal(connection: Connection, number: int) -> None:
    """What was being written is no more."""
    connection.execute(proposal.delete().where(proposal.c.id == number, proposal.c.state == "writing"))


def decide(connection: Connection, number: int, decision: Decision, word: str, by: int, now: datetime) -> None:
    values = {"state": decision, "word": word, "decided_by": by, "decided_at": now}
    connection.execute(update(proposal).where(proposal.c.id == number).values(values))


def proposal_of(connection: Connection, number: int) -> Proposal | None:
    """The proposal with this number, kept for this transaction."""
    row = connection.execute(_READ.where(proposal.c.id == number).with_for_update()).first()
    return Proposal(*row) if row is not None else None


def open_ones(connection: Connection) -> Sequence[Proposal]:
    """Those about which the desk may decide: new ones first, then what was put off, each oldest first."""
    waits = _READ.where(proposal.c.state.in_(("open", "postponed"))).order_by(proposal.c.state, proposal.c.id)
    return [Proposal(*row) for row in connection.execute(waits)]


def of_person(connection: Connection, person_id: int) -> Sequence[Proposal]:
    """What a person has proposed, newest first."""
    own = _READ.where(proposal.c.person_id == person_id, proposal.c.state != "writing")
    return [Proposal(*row) for row in connection.execute(own.order_by(proposal.c.id.desc()))]


def count_new(connection: Connection, person_id: int) -> int:
    """How many of a person's proposals nobody has looked at yet."""
    new = (proposal.c.person_id == person_id, proposal.c.state == "open")
    return int(connection.execute(select(func.count()).where(*new)).scalar_one())
