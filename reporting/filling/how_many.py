"""How many questions a report has, as far as that can be told while answers are open that decide which are asked."""

from reporting.filling.moves import Filling
from reporting.forms import Question


def is_settled(filling: Filling) -> bool:
    """Whether no open answer decides what is asked: there are as many questions as are asked now."""
    return not _undecided(filling)


def at_most(filling: Filling) -> int | None:
    """How many questions there may be; None where instances of a repeat may follow, of which nobody knows how many."""
    undecided = _undecided(filling)
    if any(question.instance is not None for question in undecided):
        return None
    return len({question.name for question in (*filling.asked, *undecided)})


def _undecided(filling: Filling) -> list[Question]:
    """The questions of which it hangs on open answers whether they are asked."""
    found, hanging = list[Question](), set(filling.judging.open)
    for question in filling.form.in_order if hanging else ():
        if filling.form.hangs_on[question.name].isdisjoint(hanging):
            continue
        hanging.add(question.name)
        if question.name in filling.form.asked_names:
            found.append(question)
    return found
