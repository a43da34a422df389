"""What somebody has begun and still has to say why: a report that he returns, an approval that he takes back."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.press import read_day
from reporting.presses import DropReturn
from reporting.say import Say
from reporting.typed import phrase_said
from services.context import Context
from storage.organisation import people


@dataclass(frozen=True, slots=True)
class CommentAsked:
    """What is typed next in the chat is the comment. `places`: of the figures that are returned, from 1; none: the whole report."""

    what: Literal["return", "unapprove"]
    form: str
    unit_id: int
    period: date
    revision: int
    places: tuple[int, ...] = ()

    def written(self) -> str:
        places = ",".join(map(str, self.places)) or "-"
        return f"{self.what} {self.form} {self.unit_id} {self.period:%y%m%d} {self.revision} {places}"


def comment_asked(person: Person | None) -> CommentAsked | None:
    """What the person's chat is asked to comment on; None for nothing."""
    with suppress(ValueError):
        what, form, unit_id, day, revision, places = (person.asked if person is not None else "").split(" ")
        if what in ("return", "unapprove"):
            chosen = tuple(int(each) for each in places.split(",")) if places != "-" else ()
            about = (form, int(unit_id), read_day(day), int(revision), chosen)
            return CommentAsked("return" if what == "return" else "unapprove", *about)
    return None


def ask_comment(context: Context, to: Address, of: CommentAsked) -> None:
    """What is typed next there is the comment on this."""
    people.ask(context.connection, to, of.written())


def comment_interrupted(message: Message, context: Context) -> None:
    """A command came between: what is typed after it is no comment."""
    if comment_asked(context.person(message.chat)) is not None:
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
