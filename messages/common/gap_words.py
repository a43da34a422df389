"""The words for a figure that a report is without, the same wherever officials read them."""

from collections.abc import Iterable

from reporting.forms import Form
from reporting.questions.gaps import Gap
from reporting.questions.names import short_label
from reporting.translator import Translator


def gaps_said(form: Form, of: Iterable[Gap], words: Translator) -> str:
    """«F0 mới: chưa rõ; Lũy kế số ca mắc: chưa tính được, vì chưa rõ F0 mới», as plain text."""
    return "; ".join(f"{short_label(form, each.question, words.language)}: {_why(form, each, words)}" for each in of)


def _why(form: Form, gap: Gap, words: Translator) -> str:
    if gap.why == "unknown":
        return words.plain("answer_unknown")
    if gap.why == "empty":
        return words.plain("answer_empty")
    names = ", ".join(short_label(form, each, words.language) for each in gap.rests_on)
    return words.plain("gap_rests_on", names=names) if names else words.plain("gap_not_worked_out")
