"""A report in which nothing has changed: all of it can be shown before it is begun, and sent by one choice if it still is that."""

from hashlib import sha256

from reporting.errors import Refused
from reporting.filling import fast
from reporting.filling.moves import Filling

MARK_LENGTH = 12


def unchanged(filling: Filling) -> Filling | None:
    """What stands is as it was before, nothing happened, remarks are left empty; it waits to be sent.

    None where something was entered already, where the form asks more than that, or where a rule objects or doubts.
    """
    draft = filling.draft
    if draft.answers or draft.correcting or draft.is_practice:
        return None
    try:
        moved = fast.quiet(filling)
    except Refused:
        return None
    return moved if moved.draft.state == "review" else None


def answers_mark(filling: Filling) -> str:
    """Of all answers, in the form's version: another one where any of them is another."""
    draft = filling.draft
    told = (f"{name}={answer.state}:{answer.value!r}" for name, answer in sorted(draft.answers.items()))
    return sha256("\n".join([draft.form, draft.version, *told]).encode()).hexdigest()[:MARK_LENGTH]
