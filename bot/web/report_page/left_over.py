"""What was typed into a report's page and is not in the report that was sent: it is told, so that nobody takes it for sent."""

from collections.abc import Mapping, Sequence

from reporting.filling.moves import Filling
from reporting.filling.sheet import Field, field_text
from reporting.questions.question_types import type_of
from reporting.translator import Translator


def stands_of(filling: Filling, words: Translator) -> Mapping[str, tuple[str, str]]:
    """Of each question that has a field: what stands in the report, and its label."""
    return {
        each.name: (
            field_text(each, filling.answered(each.name)),
            filling.filled(each.alone if each.instance else each.label, words.language),
        )
        for each in filling.form.questions
        if not type_of(each).is_worked_out and not type_of(each).is_shown
    }


def fields_left(stands: Mapping[str, tuple[str, str]], typed: Mapping[str, Field]) -> Sequence[str]:
    """The questions whose fields were changed to something else than what stands."""
    return [
        name
        for name, field in typed.items()
        if name in stands and field.text not in ("", field.knew) and not _same(field.text, stands[name][0])
    ]


def _same(typed: str, stands: str) -> bool:
    """Whether two texts of a field mean the same: figures are typed with points between their thousands, or a 0 before."""
    return typed == stands or (stands != "" and _bare(typed) == _bare(stands))


def _bare(text: str) -> str:
    return text.replace(".", "").replace(" ", "").lstrip("0")
