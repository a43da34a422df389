"""What every job of a tick works with: one connection at one moment, and what is read for several of them only once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.residents.view import View
from reporting.channel import Channel, Channels
from reporting.figures.areas import Areas
from reporting.forms import Form
from reporting.people import Address
from reporting.report_page_links import PublicSite
from reporting.rounds.quiet_hours import QuietHours, holds_back, is_quiet
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import Translator
from reporting.units import UnitTree
from storage.database.tick_parts import AS_ONE, TickParts
from storage.messages import outbox
from storage.organisation import units
from storage.reports import forms

T = TypeVar("T")


@dataclass(frozen=True)
class Tick:
    """One tick on one connection, so for one transaction. `now` is an aware moment; `quiet`: local times, or None for none.

    `site`: where reports can be filled in on a page, None where there is none. `away`: the channels by which this process has said
    nothing at all so far, though it has been there for long enough, or says nothing any more. `parts`: whether all is tried as one, or
    done again part by part since that has failed.
    """

    connection: Connection
    now: datetime
    zone: ZoneInfo
    channels: Channels
    quiet: QuietHours | None = None
    demonstration: bool = False
    read_tree: Callable[[Connection], UnitTree] = units.tree
    site: PublicSite | None = None
    away: frozenset[str] = frozenset()
    parts: TickParts = AS_ONE

    def apart(self, part: TickPart, work: Callable[[], T]) -> T | None:
        """What one part of many comes to; None where it has failed: that stays there, and nothing of it is left."""
        return self.parts.do(self.connection, part, work)

    def says(self, part: TickPart, work: Callable[[], list[Say]]) -> list[Say]:
        """What one part of many says, to be put in the outbox; part by part it is put there at once, which may be what fails."""
        if not self.parts.are_apart:
            return work()
        self.apart(part, lambda: outbox.put(self.connection, work(), self.now, self.channels))
        return []

    def says_to(self, people: Sequence[int], part: TickPart, work: Callable[[Sequence[int]], list[Say]]) -> list[Say]:
        """What one part says to these people (by id); part by part, who cannot be told keeps no other of them from it."""
        if not self.parts.are_apart:
            return work(people)
        self.parts.in_halves(
            self.connection,
            people,
            lambda person_id: replace(part, person_id=person_id),
            lambda some: outbox.put(self.connection, work(some), self.now, self.channels),
        )
        return []

    @property
    def local(self) -> datetime:
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def is_quiet(self) -> bool:
        """Whether nobody is spoken to unasked now."""
        return is_quiet(self.now, self.zone, self.quiet)

    def holds_back(self, due_at: datetime) -> bool:
        """Whether quiet hours hold back now what is due at that moment."""
        return holds_back(due_at, self.now, self.zone, self.quiet)

    def view(
        self, to: Address, words: Translator, forms: Sequence[Form], areas: Areas, *, is_group: bool = False
    ) -> View:
        """What somebody there is told about these forms with."""
        channel = self.channels[to.channel]
        return View(forms, areas, self.local, self.zone, to, words, self.demonstration, channel, is_group)

    def roomiest(self, readers: Iterable[Address]) -> Channel:
        """The channel of these readers' that takes the longest texts; on others it comes in several messages."""
        return max((self.channels[each.channel] for each in readers), key=lambda channel: channel.text_length)

    @cached_property
    def tree(self) -> UnitTree:
        return self.read_tree(self.connection)

    @cached_property
    def forms(self) -> Sequence[Form]:
        """Those in force today, each in its newest version, and those of a week ago: something of them may be left to do."""
        return forms.in_force(self.connection, self.today, since=self.today - timedelta(days=7), apart=self.apart)

    @cached_property
    def followed_forms(self) -> Sequence[Form]:
        """Those in force today: of a form that was retired nobody is told any more without asking."""
        return forms.in_force(self.connection, self.today, apart=self.apart)


Job = Callable[[Tick], list[Say]]
"""What is due now, each recorded as said in the tick's transaction, which also puts it in the outbox."""

ReadAhead = Callable[[Tick], Job]
"""The long half of a job: it only reads, so it may run on a reading connection in a thread. What it returns is the short half."""
