"""From a stored update to what is done about it: its messenger decodes it, the handlers answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.running.messenger import Messenger
from handlers.routing import respond
from reporting.channel import Channels
from reporting.effects import Effect
from reporting.errors import Refusal
from reporting.incoming import Membership
from reporting.message_plan import MessagePlan
from reporting.people import Address
from reporting.report_page_links import PublicSite
from reporting.rounds.quiet_hours import QuietHours
from reporting.say import Say
from reporting.translator import translator
from reporting.units import UnitTree
from reporting.way_in import WayIn
from services.context import Context
from services.memory import ProgramMemory
from storage.database.audit import by_road
from storage.messages import other_road, outbox
from storage.messages.inbox import Entry
from storage.organisation import people


@dataclass(frozen=True, slots=True)
class HandlerSettings:
    """What every turn is told of the program."""

    zone: ZoneInfo
    language: str
    demonstration: bool
    quiet: QuietHours | None = None
    plans: Mapping[str, MessagePlan] = field(default_factory=dict)


class Dispatch:
    """Has updates answered. `messengers`: by the name of their channel; they are prepared before the first update.

    `desk_url`: where the desk's page is, once it is there; `site`: where reports can be filled in on a page.
    """

    def __init__(
        self,
        messengers: Mapping[str, Messenger],
        channels: Channels,
        settings: HandlerSettings,
        read_tree: Callable[[Connection], UnitTree],
        memory: ProgramMemory,
    ) -> None:
        self._messengers, self._channels = messengers, channels
        self._settings, self._read_tree, self._memory = settings, read_tree, memory
        self.desk_url = ""
        self.site: PublicSite | None = None

    def handle(self, connection: Connection, entry: Entry, now: datetime) -> Sequence[Effect]:
        """What is done about an update. Raises whatever the update, or a handler, gives cause to."""
        incoming = self._messengers[entry.channel].decode(entry.raw)
        at = Address(entry.channel, entry.chat)
        if entry.was_shut and not isinstance(incoming, Membership):
            outbox.reachable(connection, at)
        if incoming is None:
            return []
        if len(self._messengers) > 1 and incoming.is_private:
            other_road.drop_questions(connection, at)
        context = self.context(connection, now)
        try:
            with by_road(connection, entry.channel):
                return respond(incoming, context)
        except Refusal as refused:
            words = context.words(people.at(connection, at))
            return [Say(at, words.refusal(refused))]

    def context(self, connection: Connection, now: datetime) -> Context:
        """What a turn is given beside what is asked, be it by a messenger or on the desk's page."""
        settings, tree = self._settings, self._read_tree(connection)
        zone, language = settings.zone, settings.language
        return Context(
            connection,
            now,
            zone,
            tree,
            self._channels,
            language,
            settings.demonstration,
            self._memory,
            self.desk_url,
            self._ways_in(),
            settings.quiet,
            self.site,
            settings.plans,
        )

    def _ways_in(self) -> tuple[WayIn, ...]:
        found = (each for each in self._messengers.values() if each.username and each.channel.takes_strangers)
        return tuple(WayIn(each.channel, each.username) for each in found)

    def apologise(self, connection: Connection, entry: Entry, now: datetime) -> Sequence[Effect]:
        """What is said to the person whose update could not be handled."""
        if not self._messengers[entry.channel].is_own_chat(entry.chat):
            return []
        to = Address(entry.channel, entry.chat)
        person = people.at(connection, to)
        words = translator(person.language if person else self._settings.language)
        return [Say(to, words("apology", reference=f"GB-{entry.id}"))]
