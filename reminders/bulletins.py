"""What residents follow, told when its hour has come or when it has changed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from messages.residents.answering import tell
from messages.residents.follow_words import bulletin, inquiry_followed
from reminders.context import Tick
from reporting.figures.areas import Areas
from reporting.figures.follow import HOURS, Follow
from reporting.figures.indicator import Indicator
from reporting.local_time import local_moment
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from services.public_answer import answer
from storage.messages import outbox
from storage.residents import follows

STALE = timedelta(hours=3)
"""A bulletin that could not be told for so long is not told any more that day."""
LOOK_BACK = timedelta(days=3)
"""A change in figures of periods older than this is told to whoever asks, not to whoever follows."""
AT_ONCE = 2000
"""So many at the most in one tick; the rest follows with the next."""

Due = tuple[Follow, frozenset[Indicator] | None]
"""Who is to be told, and the news (None: his hour has come)."""


def due_bulletins(tick: Tick) -> list[Say]:
    """What is to be put in the outbox for those who follow, recorded as told in this transaction.

    What changes in quiet hours is told when they end; an hour that somebody has chosen is kept though it is in them.
    """
    due: list[Due] = list(_by_hour(tick))
    if not tick.is_quiet:
        due += follows.changed(tick.connection, (tick.local - LOOK_BACK).date())
    if not due:
        return []
    telling = _Telling(tick)
    if tick.parts.are_apart:
        _tell_apart(telling, due)
        return []
    says = [telling.of(follow, news) for follow, news in due[:AT_ONCE]]
    follows.told(tick.connection, [follow.id for follow, _ in due[:AT_ONCE]], tick.now)
    return [said for said in says if said is not None]


def _tell_apart(telling: "_Telling", due: Sequence[Due]) -> None:
    """Each by itself, until as many are told as at once; whoever cannot be told keeps nobody behind him waiting."""
    tick, count = telling.tick, 0
    for follow, news in due:

        def tell_one(follow: Follow = follow, news: frozenset[Indicator] | None = news) -> bool:
            said = telling.of(follow, news)
            outbox.put(tick.connection, [said] if said is not None else [], tick.now, tick.channels)
            follows.told(tick.connection, [follow.id], tick.now)
            return True

        count += tick.apart(TickPart(unit_id=follow.unit_id, row=f"follow {follow.id}"), tell_one) is True
        if count == AT_ONCE:
            return


def _by_hour(tick: Tick) -> Iterator[tuple[Follow, None]]:
    moments = {hour: local_moment(tick.today, hour, tick.zone) for hour in HOURS}
    recent = [
        hour for hour, moment in moments.items() if moment <= tick.now < moment + STALE and not tick.holds_back(moment)
    ]
    for follow in follows.at_hour(tick.connection, recent) if recent else ():
        assert follow.at is not None
        last = follow.told_at or follow.since_at
        if last < moments[follow.at]:
            yield follow, None


class _Telling:
    """The answers of one tick: each is worked out once, however many follow it."""

    def __init__(self, tick: Tick) -> None:
        self.tick, self.areas = tick, Areas(tick.tree)
        self._told: dict[tuple[object, ...], Say] = {}

    def of(self, follow: Follow, news: object) -> Say | None:
        """What is told; None where the news is of nothing public, or the figure is no more."""
        tick, words = self.tick, translator(follow.language)
        view = tick.view(follow.to, words, tick.followed_forms, self.areas)
        if isinstance(news, frozenset) and not news & view.public.keys():
            return None
        key = (follow.unit_id, follow.indicator, follow.language)
        if key not in self._told:
            self._told[key] = tell(answer(tick.connection, view, inquiry_followed(follow, view)), view)
        return bulletin(view, follow, self._told[key])
