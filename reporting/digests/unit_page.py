"""One unit's page: where it stands with a report, its figures, who sent what when and why, and what its reader may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.digests.evidence import Evidence
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.reports import Report
from reporting.reviews import Review, Reviewed
from reporting.rounds.data_query import AskedBack
from reporting.rounds.late_reason import LateReason
from reporting.rounds.rates import Rates
from reporting.rounds.reminder_evidence import SentReminder
from reporting.rounds.standings import Standing
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that one unit's page tells. `revisions`: newest first. `names`: of people, by id. `reason`: why it is late.

    `reviews`: what was done about its report, in order; `reviewed`: where that stands, None where none has come.

    `told`: who was reminded of the report. `rates`: of this month. `may`: what the reader may do to the unit.
    """

    evidence: Evidence
    standing: Standing | None
    figures: Mapping[str, Figure]
    revisions: Sequence[Report]
    asked: Sequence[AskedBack]
    names: Mapping[int, str]
    reason: LateReason | None
    reviews: Sequence[Review]
    reviewed: Reviewed | None
    told: Sequence[SentReminder]
    rates: Rates
    contacts: Sequence[str]
    may: frozenset[str]

    @property
    def form(self) -> Form:
        return self.evidence.form

    @property
    def unit(self) -> Unit:
        return self.evidence.unit
