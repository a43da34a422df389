"""What of a form cannot be judged yet: answers that are not known, and the calculations that rest on them."""

from collections.abc import Collection
from dataclasses import dataclass

from reporting.answers import Answers
from reporting.expressions.comparisons import demanded
from reporting.expressions.expression import Expression
from reporting.forms import Form


@dataclass(frozen=True, slots=True)
class NotKnown:
    """What a rule cannot rest on: asked questions answered «unknown», and the calculations that are not known for that."""

    answers: frozenset[str] = frozenset()
    calculations: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.answers or self.calculations)

    def is_beyond(self, rule: Expression, name: str) -> bool:
        """Whether a rule of question `name` that does not hold cannot be judged: it reads a calculation that is not known, or
        compares with an answer that is not known."""
        names = self.answers | self.calculations
        pairs = (names & {each.less, each.more} for each in demanded(rule.tree, name))
        return not rule.names.isdisjoint(self.calculations) or any(pairs)


ALL_KNOWN = NotKnown()


def not_known(form: Form, answers: Answers, unknown_last: Collection[str] = ()) -> NotKnown:
    unknown = frozenset(name for name, answer in answers.items() if answer.state == "unknown")
    if not unknown and not unknown_last:
        return ALL_KNOWN
    return NotKnown(unknown, unknown_calculations(form, answers, unknown_last))


def unknown_calculations(
    form: Form, answers: Answers, last: Collection[str] = (), given: Collection[str] = ()
) -> frozenset[str]:
    """The calculations that rest on an answer that is not known yet, or on a last value that was not known for that (`last`).

    They are not published until it is known: a cumulative figure that left a day out would be wrong for good.
    """
    unknown = {name for name, answer in answers.items() if answer.state == "unknown"}
    found: set[str] = set()
    for question in form.in_order:
        rule = question.calculation if question.name not in given else None
        if rule is not None and (not rule.names.isdisjoint(unknown | found) or not rule.last_saved.isdisjoint(last)):
            found.add(question.name)
    return frozenset(found)
