"""Reporting rates by DHIS2's definitions: expected, received, on time; completeness and timeliness in per cent of expected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from reporting.rounds.standings import Standing, Status


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of reports over some units and periods (DHIS2: expected, actual, actual on time).

    `archived` of those received were imported: when they came is not known, so they count on neither side of timeliness.
    """

    expected: int = 0
    received: int = 0
    on_time: int = 0
    archived: int = 0

    def __add__(self, other: "Rates") -> "Rates":
        return Rates(
            self.expected + other.expected,
            self.received + other.received,
            self.on_time + other.on_time,
            self.archived + other.archived,
        )

    @property
    def timed(self) -> int:
        """The expected reports of which it can be said whether they came on time."""
        return self.expected - self.archived

    @property
    def late(self) -> int:
        return self.received - self.archived - self.on_time

    @property
    def missing(self) -> int:
        return self.expected - self.received

    @property
    def completeness(self) -> Decimal | None:
        """DHIS2's «reporting rate»: received per hundred expected, one decimal; None where nothing was expected."""
        return per_cent(self.received, self.expected)

    @property
    def timeliness(self) -> Decimal | None:
        """DHIS2's «reporting rate on time»: on time per hundred expected, one decimal; None where nothing can be said."""
        return per_cent(self.on_time, self.timed)


def rates(standings: Iterable[Standing], now: datetime) -> Rates:
    """The rates of the reports whose due minute is over at `now`, so that none is counted as missing before its standing is.

    What was not owed (a suspended period, «on change») counts on neither side, so no rate exceeds 100%; what is not due yet
    does not pull a rate down.
    """
    expected = received = on_time = archived = 0
    for each in standings:
        if each.deadline.is_owed and each.deadline.over_at <= now:
            expected += 1
            received += each.has_come
            archived += each.in_archive
            on_time += each.status is Status.ON_TIME and not each.in_archive
    return Rates(expected, received, on_time, archived)


def rates_by_unit(standings: Iterable[Standing], now: datetime) -> dict[int, Rates]:
    """The rates of each unit by its id, in the order in which units first stand in `standings`."""
    of_unit: dict[int, list[Standing]] = {}
    for each in standings:
        of_unit.setdefault(each.deadline.unit_id, []).append(each)
    return {unit_id: rates(found, now) for unit_id, found in of_unit.items()}


def per_cent(part: int, whole: int) -> Decimal | None:
    """A part per hundred of its whole, one decimal; None of nothing. What is not all is not told as a hundred."""
    if not whole:
        return None
    exact = Decimal(100 * part) / Decimal(whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if part < whole:
        shown = min(shown, Decimal("99.9"))
    return shown
