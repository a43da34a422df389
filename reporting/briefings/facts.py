"""What a briefing page is made from: each form's round, what waits, and what the page before had told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reporting.announcement import Announcement
from reporting.briefings.briefing_content import Matter
from reporting.digests.content import DigestContent
from reporting.digests.evidence import Evidence
from reporting.figures.turns import KnownTurn
from reporting.forms import Form
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack
from reporting.units import Unit, UnitTree
from reporting.validation.validation_rule import Contradiction


@dataclass(frozen=True)
class RoundFacts:
    """One form's current period under the unit.

    `missing`: the units whose report is over due; `streaks`: by unit id for how many periods in a row nothing has come. `came`: how
    many reports have come since the last meeting (None: there was none, or it was of an earlier period), and `corrected` the ids
    of the units that have corrected since. `evidence` or, where it takes seconds, the digest that was kept last: its figures.
    """

    form: Form
    period: date
    due_at: datetime
    received: int
    expected: int
    missing: Sequence[Unit]
    streaks: Mapping[int, int] = field(default_factory=dict)
    came: int | None = None
    corrected: Sequence[int] = ()
    evidence: Evidence | None = None
    kept: DigestContent | None = None
    can_be_nudged: bool = False

    @property
    def has_news(self) -> bool:
        """Whether anything has come since the last meeting."""
        return self.came is None or self.came > 0 or bool(self.corrected)


@dataclass(frozen=True)
class WaitingApproval:
    """A report that waits for whoever reads the page."""

    form: Form
    report: Report
    unit: Unit


@dataclass(frozen=True)
class ReturnedReport:
    """A report that was returned to its unit, which has not corrected it yet."""

    form: Form
    unit: Unit
    period: date


@dataclass(frozen=True)
class LateAnnouncement:
    """An announcement whose deadline has passed, with the units of the `people` (their number) who have not acknowledged it."""

    announcement: Announcement
    units: Sequence[Unit]
    people: int


@dataclass(frozen=True)
class BriefingFacts:
    """All of it, of `unit` as at `now`. `rounds`: the most urgent first.

    `since`: when the last meeting was (`met`), or else the digest of the day before; None: neither is known. `told`: what the last
    page had to be done; `still`: reports of earlier periods among it that have not come yet. `unanswered`: questions about
    figures that ended without an answer, and the figure stands as it was. `turns`: the bad ones of the newest closed periods.
    `contradictions`: the open ones, the most important first.
    `unsaid`: how many messages could not be said.
    """

    unit: Unit
    tree: UnitTree
    now: datetime
    zone: ZoneInfo
    rounds: Sequence[RoundFacts]
    since: datetime | None = None
    met: bool = False
    told: Sequence[Matter] = ()
    still: Sequence[Matter] = ()
    approvals: Sequence[WaitingApproval] = ()
    asked: Sequence[AskedBack] = ()
    unanswered: Sequence[AskedBack] = ()
    returned: Sequence[ReturnedReport] = ()
    turns: Sequence[KnownTurn] = ()
    unacknowledged: Sequence[LateAnnouncement] = ()
    contradictions: Sequence[Contradiction] = ()
    proposals: int = 0
    unsaid: int = 0
    demonstration: bool = False

    def form(self, key: str) -> Form | None:
        """The form of that key, of those that the page is of."""
        return next((each.form for each in self.rounds if each.form.key == key), None)
