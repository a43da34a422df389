"""A form as published: its questions, their choices, and the words that its sentences use."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from reporting.expressions.comparisons import comparisons, demanded
from reporting.period_types import Period
from reporting.questions.question import Choice, Kind, Question
from reporting.questions.question_types import type_of
from reporting.schedule import Schedule
from reporting.texts import Text

__all__ = ["Choice", "Form", "Kind", "Question", "reads"]


Tier = Literal["chair", "leader"]
"""A role that approves reports; a form names one, or both in this order."""
TIERS: tuple[Tier, ...] = get_args(Tier)


@dataclass(frozen=True)
class Form:
    """A form: `key` is the settings sheet's form_id; `version` its version; `languages` those that its texts come in, default first.

    `reports`: «leaves» or the kinds of units that report. `reports_until`: who did by earlier versions, for periods that end before
    each of these days. `by`: who fills it. `approval`: who approves it, one
    after the other; nobody: its figures stand as they come. `approval_until`: likewise who did.
    `window`, `topic`, `authority`, `portal`, `emergency`: words and addresses that sentences use.
    """

    key: str
    version: str
    title: Text
    questions: tuple[Question, ...]
    languages: tuple[str, ...] = ("vi",)
    schedule: Schedule = field(default_factory=Schedule)
    reports: tuple[str, ...] = ("leaves",)
    reports_until: tuple[tuple[date, tuple[str, ...]], ...] = ()
    approval_until: tuple[tuple[date, tuple[Tier, ...]], ...] = ()
    by: Literal["reporter", "leader"] = "reporter"
    approval: tuple[Tier, ...] = ()
    window: Text = field(default_factory=dict)
    topic: Text = field(default_factory=dict)
    authority: Text = field(default_factory=dict)
    portal: Text = field(default_factory=dict)
    emergency: Text = field(default_factory=dict)

    def period(self, last_on: date) -> Period:
        """The period that ends on that day, as a sentence names it."""
        return Period(self.schedule.period_type, last_on)

    def reports_on(self, period: date) -> tuple[str, ...]:
        """The same for the period that ends on a day: what an earlier version said of it still holds."""
        return next((kinds for until, kinds in self.reports_until if period < until), self.reports)

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        return {question.name: question for question in self.questions}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all questions, in order."""
        return tuple(question.name for question in self.questions)

    @cached_property
    def in_order(self) -> tuple[Question, ...]:
        """All questions, each after those whose answers decide whether it is relevant or what it comes to."""
        ordered: dict[str, Question] = {}

        def visit(question: Question, above: frozenset[str]) -> None:
            if question.name in ordered or question.name in above:
                return
            for name in sorted(reads(question) & self.by_name.keys()):
                visit(self.by_name[name], above | {question.name})
            ordered[question.name] = question

        for question in self.questions:
            visit(question, frozenset())
        return tuple(ordered.values())

    @cached_property
    def hangs_on(self) -> Mapping[str, frozenset[str]]:
        """Of each question, those whose answers decide whether it is asked or what it comes to."""
        barred = {q.name: q.read_only_if.names for q in self.questions if q.read_only_if is not None}
        return {q.name: reads(q) | barred.get(q.name, frozenset()) for q in self.questions}

    @cached_property
    def conditional(self) -> Mapping[str, Question]:
        """The questions whose value hangs on other answers (a condition, a calculation), in the order to work them out."""
        return {
            q.name: q
            for q in self.in_order
            if q.relevant is not None or q.calculation is not None or q.within or type_of(q).is_filled_in
        }

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that a person answers, in order: no notes, calculations or hidden values."""
        return tuple(q for q in self.questions if type_of(q).is_asked and q.calculation is None)

    @cached_property
    def always_asked(self) -> frozenset[str]:
        """Those of them that are asked whatever was answered."""
        given = [q for q in self.asked if not q.read_only and q.read_only_if is None]
        return frozenset(q.name for q in given if q.relevant is None and not q.within)

    @cached_property
    def asked_names(self) -> frozenset[str]:
        return frozenset(q.name for q in self.asked)

    @cached_property
    def indicators(self) -> tuple[Question, ...]:
        """The questions that make figures: those with a `kind`."""
        return tuple(q for q in self.questions if q.kind is not None)

    @cached_property
    def ranged(self) -> tuple[Question, ...]:
        """The numbers that are asked and may be unusual: not those of which the form says that nothing is (a check of `true()`)."""
        asked = [q for q in self.asked if q.kind in ("flow", "stock", "total")]
        return tuple(q for q in asked if q.check is None or q.check.text.replace(" ", "") != "true()")

    @cached_property
    def always_given(self) -> tuple[str, ...]:
        """The numbers that every report has, whatever else is in it: without them figures of the archive stand for no report."""
        return tuple(
            q.name
            for q in self.indicators
            if q.kind != "state"
            and q.calculation is None
            and q.relevant is None
            and q.required is not None
            and not q.required.references
        )

    @cached_property
    def wholes(self) -> Mapping[str, tuple[str, ...]]:
        """Of each question in `held_back`, the public numbers that by the constraints it is at most («. <= ${whole}»)."""
        return {q.name: tuple(filter(self._is_told_number, _all_above(q.name, self._at_most))) for q in self.held_back}

    @cached_property
    def carried(self) -> frozenset[str]:
        """The numbers whose totals over units are whole or not told (`reporting.figures.carried`): what is cumulative, a stock that
        goes on from its own value of the period before (its calculation or default reads that), and what has such a one for a part.
        """
        going_on = {q.name for q in self.indicators if q.kind == "total" or (q.kind == "stock" and _goes_on(q))}
        wholes = {name for part in going_on for name in _all_above(part, self._at_most)}
        return frozenset(
            q.name for q in self.indicators if q.kind in ("stock", "total") and q.name in going_on | wholes
        )

    @cached_property
    def _at_most(self) -> Mapping[str, set[str]]:
        """Of each question, what by the constraints it is at most."""
        above: dict[str, set[str]] = {}
        for q in self.questions:
            for each in comparisons(q.constraint.tree, q.name) if q.constraint is not None else ():
                above.setdefault(each.less, set()).add(each.more)
        return above

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """Of each number that is a part, the numbers of the same period that it is never more than, as far as the form tells.

        It tells by a constraint («. <= ${whole}», save that something is empty), by a check of the part itself, or by its label.
        """
        found: dict[str, dict[str, None]] = {}
        for q in self.questions:
            rules = [(q.constraint, False), (q.check, True)]
            pairs = [
                (each.less, each.more)
                for rule, is_soft in rules
                for each in (demanded(rule.tree, q.name) if rule is not None else ())
                if each.less == q.name or not is_soft
            ]
            for part, whole in [*pairs, (q.name, q.part_of)]:
                if part != whole and self._is_number(part) and self._is_number(whole):
                    found.setdefault(part, {})[whole] = None
        return {q.name: tuple(found[q.name]) for q in self.questions if q.name in found}

    @cached_property
    def reads_last_saved(self) -> bool:
        """Whether anything that is worked out in it reads the period before."""
        worked_out = (
            each for q in self.questions for each in (q.relevant, q.calculation, q.default) if each is not None
        )
        return any(each.last_saved for each in worked_out)

    def read_past(self, figured: Collection[str]) -> set[str]:
        """Of which indicators a later period may read figures of what came before a period that has these: what is cumulative or
        calculated and is not among them has its newest older value as its last.
        """
        going_on = {q.name for q in self.indicators if q.calculation is not None or q.kind == "total"}
        return going_on.difference(figured)

    @cached_property
    def held_back(self) -> tuple[Question, ...]:
        """The public indicators of which small counts are not told."""
        return tuple(q for q in self.indicators if q.is_public and q.suppress_below is not None)

    def _is_told_number(self, name: str) -> bool:
        return self._is_number(name) and self.by_name[name].is_public

    def _is_number(self, name: str) -> bool:
        question = self.by_name.get(name)
        return question is not None and question.kind not in (None, "state")


def reads(question: Question) -> frozenset[str]:
    """The questions whose answers must stand before it is known whether this one is relevant, or what it comes to."""
    filled_in = question.default if type_of(question).is_filled_in else None
    expressions = [each for each in (question.relevant, question.calculation, filled_in) if each is not None]
    return frozenset((question.within,) if question.within else ()).union(*(each.names for each in expressions))


def _goes_on(question: Question) -> bool:
    return any(each and question.name in each.last_saved for each in (question.calculation, question.default))


def _all_above(name: str, above: Mapping[str, set[str]]) -> list[str]:
    """All that `name` is at most, and what that is at most."""
    found: list[str] = []
    waiting = [name]
    while waiting:
        new = sorted(above.get(waiting.pop(), set()) - {name, "", *found})
        found += new
        waiting += new
    return found
