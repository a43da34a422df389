"""Labels that cannot be understood alone, with what they belong to: «Trong đó: dương tính» is a part of the figure before it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from reporting.forms import Question
from reporting.questions.names import plain_name
from reporting.texts import Text, in_language
from reporting.translator import LANGUAGES, translator


def with_wholes(questions: Sequence[Question], default: str) -> tuple[Question, ...]:
    """The questions, each part with its whole: the nearest figure before it that is no part itself, or else its group.

    `default`: the language of the form, in which its aliases are. A label that several questions have is told apart by the group.
    """
    said = [plain_name(in_language(question.label, default)) for question in questions]
    found: list[Question] = []
    parent: Question | None = None
    for question, label in zip(questions, said, strict=True):
        whole: Mapping[str, str] = {}
        part_of = ""
        if question.instance is not None:
            found.append(question)
            continue
        if is_part(question) and parent is not None:
            whole = {lang: _joined(_name(parent, lang, default), text) for lang, text in question.label.items() if text}
            part_of = parent.name if _counts_alike(question, parent) else ""
        elif question.group and label and said.count(label) > 1:
            whole = {lang: _joined(_group(question, lang), text) for lang, text in question.label.items() if text}
        elif question.kind is not None and not is_part(question):
            parent = question
        found.append(replace(question, whole=whole, part_of=part_of) if whole else question)
    return tuple(found)


def _counts_alike(part: Question, whole: Question) -> bool:
    """Whether what they count can be compared: not where the form gives them different units of count."""
    both = part.unit.keys() & whole.unit.keys()
    return all(plain_name(part.unit[lang]) == plain_name(whole.unit[lang]) for lang in both)


def is_part(question: Question) -> bool:
    """Whether the label begins as that of a part does, in any of our languages."""
    labels = [f"{plain_name(label)} " for label in question.label.values() if label]
    return any(label.startswith(f"{beginning} ") for label in labels for beginning in _beginnings())


@lru_cache
def _beginnings() -> tuple[str, ...]:
    return tuple(
        plain_name(each) for lang in LANGUAGES for each in translator(lang).plain("part_beginnings").split(";")
    )


def _name(parent: Question, language: str, default: str) -> str:
    """The parent's first alias in the form's own language, else its label without what stands in brackets."""
    if parent.aliases and language == default:
        return parent.aliases[0]
    return in_language(parent.label, language).split("(", 1)[0].strip()


def _group(question: Question, language: str) -> str:
    labels: Sequence[Text] = question.group
    return in_language(labels[-1], language)


def _joined(whole: str, label: str) -> str:
    return f"{whole} – {label[:1].lower()}{label[1:]}" if whole else label
