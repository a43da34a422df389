"""Propose an indicator: anybody with a post does; the desk takes it up, puts it off or declines with a word, and he is told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from reporting.errors import Refused
from reporting.events.indicators import IndicatorProposed, ProposalDecided
from reporting.people import Address, Person, Role
from reporting.proposal import Decision, Proposal
from services.context import Context
from storage.database import audit
from storage.organisation import people, proposals

LONGEST = 500
DESK: tuple[Role, ...] = ("admin",)
MOST_OPEN = 10
"""So many of one person's may wait for the desk at once."""
Part = Literal["what", "why", "measure"]
PARTS: tuple[Part, ...] = ("what", "why", "measure")


def begin_writing(context: Context, person: Person, to: Address, what: str) -> Proposal:
    """A new proposal, with what it is about if that has been said. Refused where too many wait already, or for too long a text."""
    if proposals.count_new(context.connection, person.id) >= MOST_OPEN:
        raise Refused("proposal_enough", n=MOST_OPEN)
    _check(what)
    unit_id = context.duties(person)[0].unit_id
    made = proposals.begin_proposal(context.connection, person.id, unit_id, what, context.now)
    people.ask(context.connection, to, f"proposal {_next(made) or 'review'}")
    return made


def write_part(context: Context, person: Person, to: Address, part: Part, text: str) -> Proposal:
    """One of its parts is said. Refused for too long a text, and where nothing is being written."""
    _check(text)
    found = being_written(context, person)
    proposals.write(context.connection, found.id, part, text)
    made = being_written(context, person)
    at = PARTS.index(part) + 1
    people.ask(context.connection, to, f"proposal {PARTS[at] if at < len(PARTS) else 'review'}")
    return made


def being_written(context: Context, person: Person, number: int | None = None) -> Proposal:
    """What the person is writing. Refused where he is not, or it is another than the one with this number."""
    found = proposals.written_by(context.connection, person.id)
    if found is None or number not in (None, found.id):
        raise Refused("proposal_none")
    return found


def submit_written(context: Context, person: Person, to: Address, number: int | None = None) -> list[IndicatorProposed]:
    """It goes to the desk: the admins above the unit, else all. Refused where nothing is being written, or a part is lacking."""
    found = being_written(context, person, number)
    if not found.what or not found.why:
        raise Refused("proposal_lacks")
    proposals.submit_proposal(context.connection, found.id, context.now)
    people.ask(context.connection, to, "")
    audit.write(context.connection, context.now, person.id, "proposal", unit_id=found.unit_id, proposal=found.id)
    unit = context.unit(found.unit_id)
    sent = replace(found, state="open", made_at=context.now)
    return [IndicatorProposed(each, sent, person, unit) for each in _desk(context, found) if each.id != person.id]


def drop_written(context: Context, person: Person, to: Address, number: int | None = None) -> None:
    """What was being written is given up."""
    proposals.drop_proposal(context.connection, being_written(context, person, number).id)
    people.ask(context.connection, to, "")


def stop_writing(context: Context, person: Person, to: Address) -> None:
    """Something else came between: what is typed next is for no proposal."""
    if person.asked.startswith("proposal "):
        people.ask_no_more(context.connection, to)


def waiting(context: Context, person: Person) -> Sequence[Proposal]:
    """Those about which this admin may decide."""
    return [each for each in proposals.open_ones(context.connection) if _may_decide(context, person, each)]


def known_proposal(context: Context, person: Person, number: int) -> Proposal:
    """An open proposal about which this admin may decide. Refused where there is none with this number."""
    found = proposals.proposal_of(context.connection, number)
    if found is None or not found.is_open or not _may_decide(context, person, found):
        raise Refused("proposal_over", number=str(number))
    return found


def decide_proposal(
    context: Context, person: Person, to: Address, number: int, decision: Decision, word: str
) -> list[ProposalDecided]:
    """The desk decides, and whoever proposed it is told. Refused without a word, unless it is taken up; and where it is decided."""
    found = known_proposal(context, person, number)
    if not word and decision != "taken":
        raise Refused("proposal_word_needed", number=str(number))
    _check(word)
    proposals.decide(context.connection, number, decision, word, person.id, context.now)
    people.ask(context.connection, to, "")
    audit.write(
        context.connection, context.now, person.id, "proposal decided", unit_id=found.unit_id, proposal=number,
        decision=decision,
    )  # fmt: skip
    proposer = people.person_of(context.connection, found.person_id)
    decided = replace(found, state=decision, word=word)
    return [ProposalDecided(proposer, decided, person)] if proposer.id != person.id else []


def ask_for_word(context: Context, person: Person, to: Address, number: int, decision: Decision) -> Proposal:
    """What is typed next is the word with which the desk decides."""
    found = known_proposal(context, person, number)
    people.ask(context.connection, to, f"proposal word {number} {decision}")
    return found


def _next(made: Proposal) -> Part | None:
    return next((part for part in PARTS if not getattr(made, part)), None)


def _check(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused("proposal_long", n=LONGEST)


def _may_decide(context: Context, person: Person, about: Proposal) -> bool:
    above = {each.id for each in context.tree.above(context.unit(about.unit_id))}
    return any(duty.unit_id in above for duty in context.duties(person, "admin"))


def _desk(context: Context, about: Proposal) -> list[Person]:
    above = {each.id for each in context.tree.above(context.unit(about.unit_id))}
    held = people.duties(context.connection, context.today, roles=DESK)
    near = [duty.person_id for duty in held if duty.unit_id in above] or [duty.person_id for duty in held]
    return list(people.people_of(context.connection, near).values())
