"""What a handler and a use case are given beside what they are asked: the open transaction, the moment, and the settings it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.channel import Channel, Channels
from reporting.figures.public_scope import PublicScope
from reporting.forms import Form
from reporting.incoming import Incoming
from reporting.message_plan import MessagePlan
from reporting.people import Address, Duty, Person, Role
from reporting.report_page_links import PublicSite
from reporting.rounds.periods import open_periods
from reporting.rounds.quiet_hours import QuietHours
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import LANGUAGES, Translator, translator
from reporting.units import Unit, UnitTree
from reporting.way_in import WayIn
from services.memory import Learnt, ProgramMemory
from storage.database import audit
from storage.organisation import people
from storage.reports import forms
from storage.schedule import rounds


@dataclass(frozen=True)
class Context:
    """One update's turn. `now` is an aware moment; `language` the one that strangers are spoken to in.

    `tree`: all units; `channels`: what each messenger can take; `demonstration`: every figure is made up, and is said to be;
    `desk_url`: where the desk's page is, «» where there is none; `memory`: the program's; `ways_in`: how somebody comes
    to the bot, by each messenger; `quiet`: local times between which nobody is told anything unasked; `site`: where reports can be
    filled in on a page, None where there is none; `plans`: by channel, where one counts what is sent.
    """

    connection: Connection
    now: datetime
    zone: ZoneInfo
    tree: UnitTree
    channels: Channels
    language: str = "vi"
    demonstration: bool = False
    memory: ProgramMemory = field(default_factory=ProgramMemory, repr=False, compare=False)
    desk_url: str = ""
    ways_in: tuple[WayIn, ...] = ()
    quiet: QuietHours | None = None
    site: PublicSite | None = None
    plans: Mapping[str, MessagePlan] = field(default_factory=dict)
    _people: dict[Address, Person | None] = field(default_factory=dict, repr=False, compare=False)
    _duties: dict[int, tuple[Duty, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def local(self) -> datetime:
        return self.now.astimezone(self.zone)

    def words(self, person: Person | None, language_code: str | None = None) -> Translator:
        """The words for a person; for a stranger those of his own messenger, if we speak its language."""
        if person is not None:
            return translator(person.language)
        spoken = (language_code or "").split("-")[0]
        return translator(spoken if spoken in LANGUAGES and spoken != "en" else self.language)

    def words_for(self, incoming: Incoming) -> Translator:
        """The words to answer whoever is found where it came from."""
        return self.words(self.person(incoming.chat), incoming.language)

    def person(self, to: Address) -> Person | None:
        if to not in self._people:
            self._people[to] = people.at(self.connection, to)
        return self._people[to]

    def duties(self, person: Person | None, *roles: Role) -> list[Duty]:
        """What the person is charged with today, of these roles (none named: of all)."""
        if person is None:
            return []
        held: Sequence[Duty] | None = self._duties.get(person.id)
        if held is None:
            held = people.duties_of(self.connection, person.id, self.today)
        return [duty for duty in held if not roles or duty.role in roles]

    def remember(self, to: Address, person: Person, duties: tuple[Duty, ...]) -> None:
        """Who is at an address and all that he is charged with today, where this update changes neither."""
        self._people[to], self._duties[person.id] = person, duties

    @cached_property
    def forms(self) -> list[Form]:
        """The forms in force today, and those that were retired while their last report is still open."""
        found = forms.in_force(self.connection, self.today, since=self.today - rounds.LONGEST_OPEN)
        return [each for each in found if self._is_used(each)]

    @cached_property
    def told_forms(self) -> list[Form]:
        """The forms of which figures are told: those that were ever in force, a retired one as it was last."""
        return forms.in_force(self.connection, self.today, since=date.min)

    def _is_used(self, form: Form) -> bool:
        until = form.schedule.until
        return (
            until is None
            or self.today < until
            or next(open_periods(form.schedule, self.now, self.zone), None) is not None
        )

    def channel(self, to: Address) -> Channel:
        """What can be said at an address."""
        return self.channels[to.channel]

    @cached_property
    def learnt(self) -> Learnt:
        """What is built once for these units and forms."""
        return self.memory.learnt(self.tree, self.told_forms, self.tree.roots(self.today))

    @cached_property
    def scope(self) -> PublicScope:
        """What the public may ask for now."""
        return PublicScope(self.told_forms, self.learnt.areas, self.local, self.zone)

    def contact(self, words: Translator) -> str:
        """Whom to ask when something is not allowed: the authority that the forms name."""
        named = (in_language(form.authority, words.language) for form in self.forms)
        return next(filter(None, named), words.plain("contact_desk"))

    def not_authorised(self, to: Address, words: Translator, what: str = "", unit: Unit | None = None) -> list[Say]:
        """The polite refusal, with whom to ask, and its audit line: who wanted `what`, of a stranger nothing more."""
        person = self.person(to)
        unit_id = unit.id if unit is not None else None
        audit.write(self.connection, self.now, person.id if person else None, "refused", unit_id=unit_id, wanted=what)
        return [Say(to, words(self.refusal_of(person), contact=self.contact(words)))]

    def refusal_of(self, person: Person | None) -> str:
        """The key of the refusal: who has no duty is a resident, addressed as one and told what he can do here."""
        return "not_authorised" if self.duties(person) else "not_authorised_resident"

    def unit(self, unit_id: int) -> Unit:
        return self.tree.unit(unit_id)
