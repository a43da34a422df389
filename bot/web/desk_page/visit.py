"""One look at the desk's page, and what a page and a deed of it are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import IO, Any

from markupsafe import Markup
from sqlalchemy import Connection

from bot.doctor.checks import Examined
from reporting.access import Action, Actor, may
from reporting.effects import Effect
from reporting.errors import Refused
from reporting.forms import Form
from reporting.people import Role
from reporting.press import read_id
from reporting.rounds.periods import last_owed_period
from reporting.translator import Html, Translator
from reporting.units import Unit
from services.context import Context
from services.desk_session import DESK_ROLES

MOST_TO_CHOOSE = 800
ADMINS: tuple[Role, ...] = ("admin",)


def as_read(said: Html | str) -> Markup:
    """What a messenger would say, a line a line of the page; it is HTML already, its values escaped."""
    return Markup(said.replace("\n", "<br>"))  # noqa: S704 - see above


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    content: bytes


class NotAllowed(Refused):
    """What one may not do to a unit; whoever serves the page leaves the audit line."""

    def __init__(self, wanted: str, unit: Unit, contact: str) -> None:
        super().__init__("lead_not_allowed", unit=unit.title, contact=contact)
        self.wanted, self.unit = wanted, unit


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who has come in looks at a page, or does something. `asked`: what the address, or the form that was sent, says.

    `examine`: has the doctor look at the program.
    """

    context: Context
    actor: Actor
    words: Translator
    asked: Mapping[str, str]
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    examine: Callable[[], Sequence[Examined]] = tuple

    @property
    def connection(self) -> Connection:
        return self.context.connection

    @property
    def roles(self) -> set[Role]:
        return {duty.role for duty in self.actor.duties}

    def text(self, name: str) -> str:
        return self.asked.get(name, "").strip()

    def day(self, name: str, otherwise: date) -> date:
        """A day as a browser's field, or a person, writes it. Refused for what is none."""
        written = self.text(name)
        if not written:
            return otherwise
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise Refused("page_no_day", day=written[:40]) from None

    def number(self, name: str) -> int | None:
        """An id that a form of ours carries; None where it carries none."""
        written = self.text(name)
        return read_id(written) if written else None

    def roots(self, action: Action) -> list[Unit]:
        """The units for which one of the duties allows it, but for those under another of them."""
        tree = self.context.tree
        held = [tree.unit(duty.unit_id) for duty in self.actor.duties]
        mine = list(dict.fromkeys(each for each in held if may(action, each, self.actor.duties, tree)))
        return [each for each in mine if not any(other != each and tree.is_within(each, other) for other in mine)]

    def units(self, action: Action) -> list[Unit]:
        """All units for which one of the duties allows it, to choose from; at most some hundreds."""
        tree, today = self.context.tree, self.context.today
        found = (each for root in self.roots(action) for each in tree.under(root, today))
        return sorted(islice(found, MOST_TO_CHOOSE), key=lambda each: each.name_order)

    def unit(self, action: Action, name: str = "unit") -> Unit:
        """The unit that is asked for by its code, else the first of the duties'. Refused where there is none, or it may not be."""
        code, tree = self.text(name), self.context.tree
        mine = self.roots(action)
        unit = tree.known(code[:40], self.context.today) if code else (mine or [self._seat()])[0]
        if not may(action, unit, self.actor.duties, tree):
            raise NotAllowed(action, unit, self.context.contact(self.words))
        return unit

    def _seat(self) -> Unit:
        return self.context.unit(self.actor.duties[0].unit_id)

    @property
    def forms(self) -> list[Form]:
        """Those in force, then those that were retired: their reports can be looked at as before."""
        return list({each.key: each for each in (*self.context.forms, *self.context.told_forms)}.values())

    def form(self) -> Form | None:
        """The form that is asked for, else the first; None where none was ever published."""
        key, forms = self.text("form"), self.forms
        return next((each for each in forms if each.key == key), forms[0] if forms else None)

    def period(self, form: Form) -> date:
        """The form's period of the day that is asked for, else of today; of one that was retired no later than its last."""
        return last_owed_period(form.schedule, self.day("day", self.context.today))

    def period_after(self, form: Form, period: date) -> date | None:
        """The form's next period, as long as it has begun."""
        after = last_owed_period(form.schedule, period + timedelta(days=1))
        return after if period < after and period < self.context.today else None


@dataclass(frozen=True, slots=True)
class Page:
    """What is seen at a path. `title`: the key of its name; `template`: its file; `show`: what that is filled with."""

    path: str
    title: str
    template: str
    show: Callable[[Visit], Mapping[str, Any]]
    roles: Sequence[Role] = DESK_ROLES
    in_menu: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a deed: where to go on, what is said there, as a messenger would say it, and what others are told.

    `file`: makes name, type and content of what is given out instead, when all is written.
    """

    path: str
    said: Html | str
    effects: Sequence[Effect] = ()
    is_refusal: bool = False
    file: Callable[[], tuple[str, str, bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What a form that is sent does, in one transaction on the clerk's thread; `page`: where it stands."""

    path: str
    page: Page
    do: Callable[[Visit], Done]
    roles: Sequence[Role] = ADMINS


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: `make` gives its name, type and content, read in one moment; what may be large is a file on the disk."""

    path: str
    make: Callable[[Visit], tuple[str, str, bytes | IO[bytes]]]
    roles: Sequence[Role] = DESK_ROLES
