"""Completeness by question: of the reports that came, how many say each figure; and who is late often, or has got better.

WHO's data quality review calls it completeness of indicator data: a figure that is unknown or skipped is lacking, one that was not
asked is not. What did not come at all counts in the reporting rate and not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.forms import Form, Question
from reporting.rounds.rates import Rates, per_cent
from reporting.units import Unit

OFTEN = 3
"""Who was late so often in the days is late again and again."""
FEWEST, STEP = 5, 10
"""Who has got better: on time by so many points more than in the days before, of so many reports at least in both."""


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Of the reports that came: in how many a question was asked, said to be unknown, and left empty."""

    asked: int = 0
    unknown: int = 0
    empty: int = 0

    def __add__(self, other: "AnswerCounts") -> "AnswerCounts":
        return AnswerCounts(self.asked + other.asked, self.unknown + other.unknown, self.empty + other.empty)

    @property
    def lacking(self) -> int:
        return self.unknown + self.empty

    @property
    def answered(self) -> int:
        return self.asked - self.lacking

    @property
    def completeness(self) -> Decimal | None:
        """Answered per hundred asked, one decimal; None where it was asked of nobody."""
        return per_cent(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class UnitAnswers:
    """How one unit answers and reports. `before`: its rates of equally many days before; `counts` by the question's name."""

    unit: Unit
    rates: Rates
    before: Rates
    counts: Mapping[str, AnswerCounts]

    @property
    def lacking(self) -> int:
        return sum(each.lacking for each in self.counts.values())


@dataclass(frozen=True, slots=True)
class Completeness:
    """A form's questions that make figures, over the periods that end from `first_on` to `last_on`, of the units under one."""

    form: Form
    unit: Unit
    first_on: date
    last_on: date
    units: Sequence[UnitAnswers]

    @property
    def questions(self) -> list[Question]:
        """What a person answers and that makes figures, in the form's order."""
        return figures_asked(self.form)

    @property
    def rates(self) -> Rates:
        return sum((each.rates for each in self.units), Rates())

    def total(self, question: Question) -> AnswerCounts:
        return sum((each.counts.get(question.name, AnswerCounts()) for each in self.units), AnswerCounts())

    @property
    def worst(self) -> list[tuple[Question, AnswerCounts]]:
        """The questions that lack anything, the least complete first."""
        found = [(question, self.total(question)) for question in self.questions]
        lacking = [(question, counts) for question, counts in found if counts.lacking]
        return sorted(lacking, key=lambda each: (each[1].completeness or 0, -each[1].lacking))

    def lacking_of(self, question: Question) -> list[tuple[Unit, AnswerCounts]]:
        """The units that left it unknown or empty, the most often first."""
        found = [(each.unit, each.counts[question.name]) for each in self.units if question.name in each.counts]
        named = [(unit, counts) for unit, counts in found if counts.lacking]
        return sorted(named, key=lambda each: (-each[1].lacking, each[0].name_order))

    @property
    def silent(self) -> list[UnitAnswers]:
        """The units of which reports are missing, the most first: they are apart from those that skip questions."""
        found = [each for each in self.units if each.rates.missing]
        return sorted(found, key=lambda each: (-each.rates.missing, each.unit.name_order))

    @property
    def often_late(self) -> list[UnitAnswers]:
        """The units that were late again and again, the most often first."""
        found = [each for each in self.units if each.rates.late >= OFTEN]
        return sorted(found, key=lambda each: (-each.rates.late, each.unit.name_order))

    @property
    def better(self) -> list[UnitAnswers]:
        """The units that report on time clearly more often than in the days before, the most improved first."""
        found = [(each, gain) for each in self.units if (gain := _gain(each)) is not None and gain >= STEP]
        return [each for each, _ in sorted(found, key=lambda pair: (-pair[1], pair[0].unit.name_order))]


def figures_asked(form: Form) -> list[Question]:
    """The questions that a person answers and that make figures, repeats left out: how many instances there are is theirs to say."""
    return [each for each in form.asked if each.kind is not None and each.instance is None]


def _gain(of: UnitAnswers) -> Decimal | None:
    now, before = of.rates.timeliness, of.before.timeliness
    if now is None or before is None or min(of.rates.timed, of.before.timed) < FEWEST:
        return None
    return now - before
