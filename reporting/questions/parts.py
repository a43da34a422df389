"""Parts beside their wholes: a part that is greater, and one whose whole is not known, of one unit in one period."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.forms import Form, Question
from reporting.texts import Text, in_language
from reporting.translator import LANGUAGES, translator

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Beside:
    """A part beside what it is a part of. `most`: None while the whole is not known."""

    part: Question
    whole: Question
    value: Number
    most: Number | None


def beside(form: Form, values: Mapping[str, Any]) -> Iterator[Beside]:
    """Each part that is greater than its whole, and each above zero whose whole has no value. `values`: one unit's of one period."""
    for name, wholes in form.parts.items():
        value = values.get(name)
        if not isinstance(value, int | Decimal):
            continue
        for whole in wholes:
            most = values.get(whole)
            if most is None and value > 0:
                yield Beside(form.by_name[name], form.by_name[whole], value, None)
            elif most is not None and value > most:
                yield Beside(form.by_name[name], form.by_name[whole], value, most)


def greater(form: Form, values: Mapping[str, Any]) -> list[Beside]:
    return [each for each in beside(form, values) if each.most is not None]


def answerable(form: Form, part: str, whole: str, asked: Collection[str]) -> str:
    """Which of the questions that are `asked` answers for the two: the part, else the whole, else the last that they are made of."""
    for name in (part, whole):
        if name in asked:
            return name
    sources, waiting = set[str](), [part, whole]
    while waiting:
        question = form.by_name.get(waiting.pop())
        if question is not None and question.calculation is not None and question.name not in sources:
            waiting += question.calculation.names
        if question is not None:
            sources.add(question.name)
    return next((name for name in reversed(form.names) if name in sources and name in asked), "")


def said_of(found: Beside, *, opens: bool) -> Text:
    """What is said of a part that is greater. `opens`: of the unit's first period, before which there is no figure."""
    key = "part_greater_first" if opens and found.whole.calculation is not None else "part_greater"
    return {
        language: translator(language).plain(
            key,
            part=in_language(found.part.alone, language),
            whole=in_language(found.whole.alone, language),
            value=found.value,
            most=found.most or 0,
        )
        for language in LANGUAGES
    }
