"""What somebody has begun and still has to say why: a report that he returns, an approval that he takes back."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.press import read_day
from reporting.presses.leaders import DropReturn
from reporting.say import Say
from reporting.typed_buttons import phrase_said
from services.context import Context
from storage.organisation import people

WITHIN = timedelta(hours=2)
"""So long after the button the next words are taken for the comment."""


What = Literal["return", "unapprove"]


@dataclass(frozen=True, slots=True)
class CommentAsked:
    """What is typed next in the chat is the comment. `places`: of the figures that are returned, from 1; none: the whole report."""

    what: What
    form: str
    unit_id: int
    period: date
    revision: int
    places: tuple[int, ...] = ()

    def written(self, now: datetime) -> str:
        """As it is kept, with the minute since 1970 at which it is asked."""
        places, minute = ",".join(map(str, self.places)) or "-", int(now.timestamp()) // 60
        return f"{self.what} {self.form} {self.unit_id} {self.period:%y%m%d} {self.revision} {places} {minute}"


def comment_asked(person: Person | None, now: datetime) -> CommentAsked | None:
    """What the person's chat is asked to comment on; None for nothing, or if that was long ago."""
    with suppress(ValueError):
        what, form, unit_id, day, revision, places, minute = (person.asked if person is not None else "").split(" ")
        is_fresh = now - datetime.fromtimestamp(int(minute) * 60, UTC) <= WITHIN
        if what in ("return", "unapprove") and is_fresh:
            chosen = tuple(int(each) for each in places.split(",")) if places != "-" else ()
            about = (form, int(unit_id), read_day(day), int(revision), chosen)
            return CommentAsked("return" if what == "return" else "unapprove", *about)
    return None


def commented(message: Message, context: Context, what: What) -> CommentAsked | None:
    """What the message is the comment on, where that was asked for: words of one's own, of which somebody else wrote none."""
    of = comment_asked(context.person(message.chat), context.now)
    return of if of is not None and of.what == what and message.said.strip() and not message.is_forwarded else None


def ask_comment(context: Context, to: Address, of: CommentAsked) -> None:
    """What is typed next there is the comment on this."""
    people.ask(context.connection, to, of.written(context.now))


def comment_interrupted(message: Message, context: Context) -> None:
    """A command came between: what is typed after it is no comment."""
    if comment_asked(context.person(message.chat), context.now) is not None:
        people.ask_no_more(context.connection, message.chat)


def is_given_up(text: str) -> bool:
    return phrase_said(text, ("typed_comment_drop",)) == ("typed_comment_drop", "")


def comment_dropped(context: Context, to: Address, person: Person | None) -> list[Say]:
    """Nothing is done after all."""
    people.ask_no_more(context.connection, to)
    return [Say(to, context.words(person)("comment_dropped"))]


def drop_pressed(tap: Tap, press: DropReturn, context: Context) -> list[Say]:
    """«Thôi»."""
    return comment_dropped(context, tap.chat, context.person(tap.chat))
