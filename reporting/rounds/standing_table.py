"""How units stand with a report, as a table of /tinhhinh tells it: one by one, or where they are many by the tier below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.rounds.late_reason import LateReason
from reporting.rounds.standings import Coverage, Standing, Status, coverage
from reporting.units import Unit, UnitTree
from reporting.units_as_now import is_as_now

MOST_UNITS = 60
"""With more units than this a table has a line for each unit of the tier right below."""


@dataclass(frozen=True)
class StandingTable:
    """How the units under `root` stand with one form and period, as at `now`. `reasons`: by unit id, why its report is late."""

    form: Form
    period: date
    root: Unit
    standings: Sequence[Standing]
    reasons: Mapping[int, LateReason]
    tree: UnitTree
    now: datetime
    zone: ZoneInfo

    @property
    def is_on_change(self) -> bool:
        return self.form.schedule.period == "on change"

    @cached_property
    def coverage(self) -> Coverage:
        if self.is_on_change:
            return Coverage(sum(each.has_come for each in self.standings), len(self.standings))
        return coverage(self.standings)

    @cached_property
    def groups(self) -> Mapping[Unit, list[Standing]]:
        """The standings by the unit of the tier right below, where the units are many and there is a tier between."""
        if len(self.standings) <= MOST_UNITS and not is_as_now(self.tree):
            return {}
        below = self.tree.children(self.root, self.period)
        of_unit = {each.id: child for child in below for each in self.tree.under(child, self.period)}
        found: dict[Unit, list[Standing]] = {}
        for each in self.standings:
            found.setdefault(of_unit.get(each.deadline.unit_id, self.root), []).append(each)
        return found if len(found) < len(self.standings) else {}

    @property
    def open(self) -> int:
        """How many have sent nothing though it is wanted by now."""
        return sum(each.is_open for each in self.standings)

    @property
    def late(self) -> int:
        return sum(each.status is Status.LATE for each in self.standings)

    def at(self, standing: Standing) -> date | datetime | None:
        """When the report came that decides, local; of the archive on change only its day is known."""
        if standing.sent is None:
            return standing.deadline.period if self.is_on_change and standing.in_archive else None
        sent = standing.sent.sent_at if self.is_on_change else standing.sent.first_sent_at
        return sent.astimezone(self.zone)
