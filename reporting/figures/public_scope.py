"""What the public may ask for, and when: the forms and units, the public indicators, what is due by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from reporting.figures.areas import Areas
from reporting.figures.headlines import headlines
from reporting.figures.indicator import Indicator
from reporting.forms import Form, Question
from reporting.rounds.periods import MINUTE, moment
from reporting.units import Unit, UnitTree


@dataclass(frozen=True)
class PublicScope:
    """`forms`: those in force today. `now` is local."""

    forms: Sequence[Form]
    areas: Areas
    now: datetime
    zone: ZoneInfo

    @property
    def tree(self) -> UnitTree:
        return self.areas.tree

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def root(self) -> Unit | None:
        """The unit whose area is ours; None where the tree has several roots."""
        roots = self.tree.roots(self.today)
        return roots[0] if len(roots) == 1 else None

    @cached_property
    def public(self) -> dict[Indicator, tuple[Form, Question]]:
        """All that residents may ask for, in the forms' order."""
        return {
            Indicator(form.key, question.name): (form, question)
            for form in self.forms
            for question in form.indicators
            if question.is_public
        }

    @cached_property
    def first(self) -> list[Indicator]:
        """The indicators that stand in an overview: each form's public headlines and states."""
        return [
            Indicator(form.key, question.name)
            for form, heads in [(form, {each.name for each in headlines(form)}) for form in self.forms]
            for question in form.indicators
            if question.is_public and (question.kind == "state" or question.name in heads)
        ]

    def grown(self, form: Form) -> dict[str, Question]:
        """The public totals in which just one flow of the form is added up, by the flow's name: «lũy kế» beside «mới»."""
        flows = {q.name for q in form.indicators if q.sums_over_periods}
        found: dict[str, Question] = {}
        for total in form.indicators:
            if total.kind != "total" or total.calculation is None or not total.is_public:
                continue
            added = list(total.calculation.names & flows)
            if len(added) == 1:
                found.setdefault(added[0], total)
        return found

    def form(self, key: str) -> Form | None:
        return next((form for form in self.forms if form.key == key), None)


def due(scope: PublicScope, form: Form, period: date) -> datetime:
    """When reports of a period are due, in local time."""
    return moment(form.schedule.due, period, scope.zone).astimezone(scope.zone)


def is_under_way(scope: PublicScope, form: Form, period: date) -> bool:
    """Whether reports of the period may still come in time."""
    return form.schedule.period != "on change" and scope.now < due(scope, form, period) + MINUTE


def is_not_due(scope: PublicScope, form: Form, period: date) -> bool:
    """Whether a week or a longer period is not over: that nearly nobody has reported is as it should be."""
    return form.schedule.period_type.is_long and is_under_way(scope, form, period)
