"""What a chat without buttons can type a number for: the choices of the last reply, and of what has come unasked since."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from reporting.people import Address
from reporting.say import Rank, Say
from reporting.typed_choices import FIRST_BESIDE, FIRST_UNASKED, LAST_UNASKED, TypedChoice, choices_of, with_choices
from storage.database.tables import metadata

choice, address, draft = (metadata.tables[name] for name in ("typed_choice", "address", "draft"))
KEPT_FOR = timedelta(days=2)
"""So long a number of what came unasked is good."""
ASKING = ("asking", "mending", "awaiting a reason")


def offered(connection: Connection, say: Say, now: datetime, *, is_first: bool) -> Say:
    """The message with numbers to type instead of its buttons, which are kept. `is_first`: of those with buttons
    that are said to this chat at once."""
    is_reply, here = say.rank <= Rank.REPLY, _here(say.to)
    if is_reply and is_first:
        old = or_(choice.c.is_reply.is_(True), choice.c.offered_at < now - KEPT_FOR)
        connection.execute(delete(choice).where(here, old))
    taken = set(connection.execute(select(choice.c.number).where(here)).scalars())
    is_marked = is_asked(connection, say.to)
    first = FIRST_BESIDE if is_marked else 1
    choices = choices_of(say.buttons, taken, first) if is_reply else _unasked(connection, say, taken)
    if choices:
        values = [
            {
                "channel": say.to.channel,
                "address": say.to.address,
                "number": each.number,
                "press": each.press,
                "is_reply": is_reply,
                "offered_at": now,
            }
            for each in choices
        ]
        connection.execute(insert(choice), values)
    return replace(say, text=with_choices(say, choices, is_marked=is_marked), buttons=())


def _unasked(connection: Connection, say: Say, taken: set[int]) -> list[TypedChoice]:
    """The next numbers round; the oldest make room."""
    last = max((each for each in taken if FIRST_UNASKED <= each <= LAST_UNASKED), default=FIRST_UNASKED - 1)
    buttons = [[replace(each, press=str(each.press)) for each in row] for row in say.buttons]
    first = last + 1 if last + sum(map(len, buttons)) <= LAST_UNASKED else FIRST_UNASKED
    made = choices_of(buttons, (), first)
    connection.execute(delete(choice).where(_here(say.to), choice.c.number.in_([each.number for each in made])))
    return made


def press_of(connection: Connection, at: Address, number: int) -> str | None:
    """What the choice with this number carries; None where there is none any more."""
    return connection.execute(select(choice.c.press).where(_here(at), choice.c.number == number)).scalar()


def is_asked(connection: Connection, at: Address) -> bool:
    """Whether a number that is typed there is, or may be, an answer: a question is open, be something else said there since, or nobody
    knows whether the draft was seen as it is. Then no number by itself stands for a button.
    """
    asked = select(address.c.asked, address.c.draft_turn, draft.c.state)
    theirs = and_(address.c.channel == at.channel, address.c.address == at.address)
    row = connection.execute(
        asked.select_from(address.outerjoin(draft, draft.c.id == address.c.draft_id)).where(theirs)
    ).first()
    if row is None:
        return False
    is_lost = row.draft_turn is not None and row.draft_turn < 0 and row.state not in (None, "sent")
    return bool(row.asked) or row.state in ASKING or is_lost


def forget_choices(connection: Connection, before: datetime) -> None:
    """Removes what was offered before a moment."""
    connection.execute(delete(choice).where(choice.c.offered_at < before))


def _here(at: Address) -> ColumnElement[bool]:
    return and_(choice.c.channel == at.channel, choice.c.address == at.address)
