"""The program's metrics, as Prometheus reads them: what it has done since it was started, and what waits at this moment."""

import logging
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import Connection

from bot.running.observer import Observer
from reporting.message_plan import MessagePlan, days_left
from reporting.rounds.standings import Status
from storage.database.away import is_away
from storage.messages.queues import Queue, aside_since, inbox_queues, outbox_queues, portal_queue
from storage.messages.sent_counts import people_there, sent_in_month
from storage.organisation import units
from storage.schedule.rounds_of_day import rounds_of, standings_of_day

logger = logging.getLogger(__name__)

CONTENT_TYPE = CONTENT_TYPE_LATEST
T = TypeVar("T")
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""The histograms' bounds."""
ASIDE_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one look at the database tells. `standings`: by form, how many units stand how in the period that is open;
    `plans`: by channel, what is left of what it may send."""

    at: datetime
    inbox: Mapping[str, Queue]
    outbox: Mapping[str, Queue]
    portals: Queue
    aside: int
    standings: Mapping[str, Mapping[Status, int]]
    plans: Mapping[str, Mapping[str, int]]


def look(connection: Connection, now: datetime, zone: ZoneInfo, plans: Mapping[str, MessagePlan]) -> Waiting:
    """Reads it; costs what a standing of every form costs. `plans`: by channel, where a plan counts what is sent."""
    return Waiting(
        now,
        inbox_queues(connection),
        outbox_queues(connection),
        portal_queue(connection),
        aside_since(connection, now - ASIDE_FOR),
        _standings(connection, now, zone),
        {channel: _spent(connection, channel, plan, now.astimezone(zone).date()) for channel, plan in plans.items()},
    )


def _spent(connection: Connection, channel: str, plan: MessagePlan, on: date) -> dict[str, int]:
    """What stands of a plan on this day, by the name of its gauge."""
    sent = sent_in_month(connection, channel, on)
    return {
        "messages": plan.messages,
        "sent": sent,
        "left": max(plan.messages - sent, 0),
        "days_left": days_left(on),
        "people": plan.people,
        "people_there": people_there(connection, channel),
    }


def _standings(connection: Connection, now: datetime, zone: ZoneInfo) -> dict[str, dict[Status, int]]:
    tree, found = units.tree(connection), dict[str, dict[Status, int]]()
    for form, period in rounds_of(connection, None, now, zone):
        counts = dict.fromkeys(Status, 0)
        try:
            with connection.begin_nested():
                for each in standings_of_day(connection, form, period, tree, now, zone):
                    counts[each.status] += 1
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("The standings of %s cannot be counted", form.key)
        else:
            found[form.key] = counts
    return found


class Metrics(Observer):
    """Counts what it is told of; `told` writes all of it. Each program has its own."""

    def __init__(self, steady: Callable[[], float]) -> None:
        """`steady`: seconds on a clock that is never set back."""
        self._steady = steady
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._handled = self._counter("updates_handled", "Updates that were handled.")
        self._group = self._histogram("commit_seconds", "What a group of updates took, to its commit.")
        self._aside = self._counter("updates_set_aside", "Updates that could not be handled.")
        self._delivered = self._counter("deliveries", "What became of messages.", "channel", "outcome")
        self._tick = self._histogram("tick_seconds", "What a tick took.")
        self._failed = self._counter("tick_failures", "Parts of a tick that have failed.", "part")
        self._ticked_at = self._gauge("seconds_since_tick", "How long ago the last tick ended.")
        self._database = self._gauge("database_up", "Whether the database tells what waits, 1 or 0.")
        self._waiting = self._gauge("queue_waiting", "What waits.", "queue", "rank")
        self._oldest = self._gauge("queue_oldest_seconds", "How long the oldest has waited.", "queue", "rank")
        self._put_aside = self._gauge("updates_aside_last_day", "Updates of the last day that could not be handled.")
        self._standing = self._gauge("standings", "Units by how they stand in the open period.", "form", "status")
        self._plan = self._gauge(
            "plan", "A messenger's monthly plan: what it has, what is spent and left.", "channel", "of"
        )
        self._last_tick = steady()

    def handled(self, updates: int, seconds: float) -> None:
        self._handled.inc(updates)
        self._group.observe(seconds)

    def set_aside(self) -> None:
        self._aside.inc()

    def delivered(self, channel: str, outcome: str) -> None:
        self._delivered.labels(channel, outcome).inc()

    def ticked(self, seconds: float) -> None:
        self._tick.observe(seconds)
        self._last_tick = self._steady()

    def failed(self, part: str) -> None:
        self._failed.labels(part).inc()

    def since_tick(self) -> float:
        """Seconds since the last tick ended, or since the program was started."""
        return self._steady() - self._last_tick

    def told(self, waiting: Waiting | None) -> bytes:
        """All of it in Prometheus' text format, with what waits as it was found; None: nobody knows."""
        self._ticked_at.set(self.since_tick())
        self._database.set(waiting is not None)
        for each in (self._waiting, self._oldest, self._standing, self._plan):
            each.clear()  # a form that is retired, a period that is over
        self._put_aside.set(math.nan if waiting is None else waiting.aside)
        if waiting is not None:
            self._tell(waiting)
        return generate_latest(self.registry)

    def _tell(self, waiting: Waiting) -> None:
        queues = {"inbox": waiting.inbox, "outbox": waiting.outbox, "portal": {"": waiting.portals}}
        for name, rank, queue in _flat(queues):
            self._waiting.labels(name, rank).set(queue.waiting)
            self._oldest.labels(name, rank).set(queue.age(waiting.at))
        for form, status, count in _flat(waiting.standings):
            self._standing.labels(form, status).set(count)
        for channel, of, value in _flat(waiting.plans):
            self._plan.labels(channel, of).set(value)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"giaoban_{name}", says, labels, registry=self.registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"giaoban_{name}", says, labels, registry=self.registry)

    def _histogram(self, name: str, says: str) -> Histogram:
        return Histogram(f"giaoban_{name}", says, registry=self.registry, buckets=SECONDS)


def _flat(of: Mapping[str, Mapping[Any, T]]) -> Iterable[tuple[str, str, T]]:
    return ((outer, inner, value) for outer, some in of.items() for inner, value in some.items())
