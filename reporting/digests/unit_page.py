"""One unit's page: where it stands with a report, its figures, who sent what when and why, and what its reader may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reporting.digests.evidence import Evidence
from reporting.figures.figure import Figure
from reporting.figures.usual_range import UsualRange
from reporting.forms import Form
from reporting.reports import Report
from reporting.reviews import Review, Reviewed
from reporting.road import answers_by_road
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

    `told`: who was reminded of the report. `rates`: of this month. `may`: what the reader may do to the unit. `usual`: between what
    each of its figures usually lies.
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
    usual: Mapping[str, UsualRange] = field(default_factory=dict)

    def reason_for(self, indicator: str) -> str:
        """Why a figure that was doubted is right, as its newest report says; «»: it was not doubted."""
        answer = self.revisions[0].answers.get(indicator) if self.revisions else None
        return answer.reason if answer is not None else ""

    def road_of(self, indicator: str) -> str:
        """By which road a figure that stands came, as the newest report that has it says; «» where nobody knows."""
        figure = self.figures.get(indicator)
        if figure is None:
            return ""
        answers = (each.answers.get(indicator) for each in self.revisions)
        return next((each.road or "" for each in answers if each is not None and each.value == figure.value), "")

    @property
    def main_road(self) -> str:
        """By which road most answers of the newest report came; «» where nobody knows."""
        return next(iter(answers_by_road(self.revisions[0].answers)), "") if self.revisions else ""

    def is_unusual(self, indicator: str) -> bool:
        """Whether a figure lies outside what is usual for the unit."""
        of, figure = self.usual.get(indicator), self.figures.get(indicator)
        value = figure.value if figure is not None else None
        return of is not None and isinstance(value, int | Decimal) and not of.holds(value)

    @property
    def form(self) -> Form:
        return self.evidence.form

    @property
    def unit(self) -> Unit:
        return self.evidence.unit
