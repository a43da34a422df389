"""What the form has against the answers of a draft, as far as it can be judged while some are open or not known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from reporting.answers import Answers, Values
from reporting.expressions.expression import Expression, Instance
from reporting.figures.usual_range import UsualRange
from reporting.filling import unusual
from reporting.forms import Form, Question
from reporting.questions import checks, parts
from reporting.questions.checks import BrokenRule, Doubt, FormInstance
from reporting.questions.failed_conditions import failed_conditions
from reporting.questions.not_known import NotKnown, not_known
from reporting.questions.parts import Beside
from reporting.texts import Text


@dataclass(frozen=True)
class Judging:
    """`asked`: the questions that are to be answered; `complete`: all answers with what is worked out of them; `usual`: between what
    figures of the unit usually lie, for the report's `period`."""

    form: Form
    answers: Answers
    asked: Sequence[Question]
    complete: Instance
    last: Values
    now: datetime
    unknown_last: Collection[str]
    is_first: bool
    usual: Mapping[str, UsualRange] = field(default_factory=dict)
    period: date = date.min

    @cached_property
    def not_known(self) -> NotKnown:
        return not_known(self.form, self.answers, self.unknown_last)

    @cached_property
    def instance(self) -> Instance:
        """The answers as rules and texts read them: a calculation that is not known has no value."""
        if not self.not_known.calculations:
            return self.complete
        return checks.judging(self.form, self.answers, self.last, self.now, self.not_known, self.complete.seed)

    def broken(self, question: Question) -> BrokenRule | None:
        rule = question.constraint
        if rule is None or self._is_met(question, rule):
            return None
        found = checks.wrong(question, self.instance, self.not_known)
        return found if found is None else replace(found, which=self._which(question, rule))

    def doubted(self, question: Question) -> Doubt | None:
        """By its check, else as a part that is greater than its whole though no rule of the form forbids it as things stand, else as
        outside what is usual for the unit: once, whatever may be said against it."""
        found = self._doubted_by_check(question)
        greater = self._greater.get(question.name) if found is None else None
        if greater is not None:
            return Doubt(question, parts.said_of(greater, opens=self.is_first))
        return found or self._doubted_by_history(question)

    def _doubted_by_history(self, question: Question) -> Doubt | None:
        """That nothing happened is not asked back: it is said of many figures by one tap; a digest tells where that is unusual."""
        of, answer = self.usual.get(question.name), self.answers.get(question.name)
        value = answer.value if answer is not None else None
        if of is None or not isinstance(value, int | Decimal) or of.holds(value):
            return None
        if value == 0 and question.kind == "flow":
            return None
        return Doubt(question, unusual.said_of(self.form, question, of, value, self.period))

    def _doubted_by_check(self, question: Question) -> Doubt | None:
        rule = question.check
        if rule is None or self._is_met(question, rule):
            return None
        found = checks.doubt(question, self.instance, self.not_known)
        return found if found is None else replace(found, which=self._which(question, rule))

    def _which(self, question: Question, rule: Expression | None) -> Text:
        """Which of its conditions do not hold, in words."""
        if rule is None or not isinstance(self.instance, FormInstance):
            return {}
        return failed_conditions(question, rule, self.instance, self.not_known)

    def _is_met(self, question: Question, rule: Expression) -> bool:
        """Whether a rule holds, or cannot be judged yet: one that reads later questions waits for them. What most rules come to at
        each answer is told here with little work."""
        name = question.name
        if name not in self.instance.values or not self.waiting.isdisjoint(rule.names):
            return True
        return rule.truth(self.instance, name)

    @cached_property
    def open(self) -> frozenset[str]:
        """The questions that are asked and have no answer yet."""
        return frozenset(question.name for question in self.asked if question.name not in self.answers)

    @cached_property
    def waiting(self) -> frozenset[str]:
        """The questions that are open, and the calculations that are made of them."""
        found = set(self.open)
        for question in self.form.in_order if found else ():
            if question.calculation is not None and not found.isdisjoint(question.calculation.names):
                found.add(question.name)
        return frozenset(found)

    @cached_property
    def _greater(self) -> Mapping[str, Beside]:
        """Parts that are greater than their wholes as far as both are answered, by the asked question that answers for them."""
        found = parts.greater(self.form, self.instance.values)
        known = [each for each in found if {each.part.name, each.whole.name}.isdisjoint(self.waiting)]
        names = {question.name for question in self.asked} if known else set[str]()
        return {parts.answerable(self.form, each.part.name, each.whole.name, names): each for each in known}
