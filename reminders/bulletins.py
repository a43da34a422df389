"""What residents follow, told when its hour has come or when it has changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.residents.answering import settle, tell, wants
from messages.residents.follow_words import bulletin, inquiry_of
from messages.residents.view import View
from reporting.figures.areas import Areas
from reporting.figures.follow import HOURS, Follow
from reporting.figures.indicator import Indicator
from reporting.rounds.quiet_hours import QuietHours, holds_back, is_quiet
from reporting.say import Say
from reporting.translator import translator
from reporting.units import UnitTree
from storage.figures import public
from storage.organisation import units
from storage.reports import forms
from storage.residents import follows

STALE = timedelta(hours=3)
"""A bulletin that could not be told for so long is not told any more that day."""
LOOK_BACK = timedelta(days=3)
"""A change in figures of periods older than this is told to whoever asks, not to whoever follows."""
AT_ONCE = 2000
"""So many at the most in one tick; the rest follows with the next."""


def due_bulletins(
    connection: Connection,
    now: datetime,
    zone: ZoneInfo,
    quiet: QuietHours | None = None,
    *,
    demonstration: bool = False,
    tree: UnitTree | None = None,
) -> list[Say]:
    """What is to be put in the outbox for those who follow, recorded as told in this transaction.

    What changes in quiet hours is told when they end; an hour that somebody has chosen is kept though it is in them.
    """
    due: list[tuple[Follow, frozenset[Indicator] | None]] = list(_by_hour(connection, now, zone, quiet))
    if not is_quiet(now, zone, quiet):
        due += follows.changed(connection, (now.astimezone(zone) - LOOK_BACK).date())
    if not due:
        return []
    telling = _Telling(connection, now, zone, tree or units.tree(connection), demonstration)
    says, told = [], []
    for follow, news in due[:AT_ONCE]:
        told.append(follow.id)
        if (said := telling.of(follow, news)) is not None:
            says.append(said)
    follows.told(connection, told, now)
    return says


def _by_hour(
    connection: Connection, now: datetime, zone: ZoneInfo, quiet: QuietHours | None
) -> Iterator[tuple[Follow, None]]:
    local = now.astimezone(zone)
    moments = {hour: datetime.combine(local.date(), hour, tzinfo=zone) for hour in HOURS}
    recent = [
        hour
        for hour, moment in moments.items()
        if moment <= now < moment + STALE and not holds_back(moment, now, zone, quiet)
    ]
    for follow in follows.at_hour(connection, recent) if recent else ():
        assert follow.at is not None
        last = follow.told_at or follow.since_at
        if last < moments[follow.at]:
            yield follow, None


class _Telling:
    """The answers of one tick: each is worked out once, however many follow it."""

    def __init__(
        self, connection: Connection, now: datetime, zone: ZoneInfo, tree: UnitTree, demonstration: bool
    ) -> None:
        self.connection, self.now, self.zone, self.demonstration = connection, now.astimezone(zone), zone, demonstration
        self.areas = Areas(tree)
        self.forms = forms.in_force(connection, self.now.date())
        self._told: dict[tuple[object, ...], Say] = {}

    def of(self, follow: Follow, news: object) -> Say | None:
        """What is told; None where the news is of nothing public, or the figure is no more."""
        view = View(
            follow.to, translator(follow.language), self.forms, self.areas, self.now, self.zone, self.demonstration
        )
        if isinstance(news, frozenset) and not news & view.public.keys():
            return None
        key = (follow.unit_id, follow.indicator, follow.language)
        if key not in self._told:
            inquiry = settle(inquiry_of(follow, view), view)
            read = [public.known(self.connection, wanted, self.areas) for wanted in wants(inquiry, view)]
            self._told[key] = tell(inquiry, view, read)
        return bulletin(view, follow, self._told[key])
