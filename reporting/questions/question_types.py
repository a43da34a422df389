"""Every question type that a form may have: each file of `reporting/questions/types/` holds one, and is found by lying there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules

from reporting.questions import types
from reporting.questions.question import Question
from reporting.questions.question_type import PLAIN, ContentKind, QuestionType, Spelling

__all__ = ["PLAIN", "ContentKind", "QuestionType", "Registry", "Spelling", "registry", "type_of"]


@dataclass(frozen=True)
class Registry:
    """`by_name`: types by the name that a question bears; `spelt`: what a cell of the type column may say, in lower case."""

    all: tuple[QuestionType, ...]
    by_name: Mapping[str, QuestionType]
    spelt: Mapping[str, tuple[QuestionType, Spelling]]


@lru_cache(maxsize=1)
def registry() -> Registry:
    """What lies in the folder, in the order of its files."""
    found = tuple(_made.setdefault(of, of()) for of in _classes())
    spelt = {
        spelling.lower(): (each, each.special.get(spelling, PLAIN))
        for each in found
        for spelling in (*each.names, *each.older, *each.special)
        if not each.has_choices
    }
    return Registry(found, {name: each for each in found for name in each.names}, spelt)


def type_of(question: Question) -> QuestionType:
    """The type of a question; KeyError for one that no form can have."""
    return registry().by_name[question.type]


def _classes() -> Iterator[type[QuestionType]]:
    """The class of each file: the one that is defined there and bears names of its own."""
    for file in sorted(each.name for each in iter_modules(types.__path__)):
        module = import_module(f"{types.__name__}.{file}")
        yield next(
            each
            for each in vars(module).values()
            if isclass(each)
            and issubclass(each, QuestionType)
            and each.__module__ == module.__name__
            and "names" in vars(each)
        )


_made: dict[type[QuestionType], QuestionType] = {}
"""One of each class, however often the folder is looked through."""
