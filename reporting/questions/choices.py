"""Choices by what people type, and as they read them."""

from collections.abc import Sequence

from reporting.questions.number_words import fold_words
from reporting.questions.question import Choice, Question
from reporting.questions.typed_text import clean
from reporting.texts import in_language
from reporting.translator import Translator

MOST_LISTED = 12
MOST_TAPPED = 60
"""Of more choices none is a button: letters are typed, and those that have them are named."""


def label_of(question: Question, name: str, language: str) -> str:
    """The label of one of a question's choices, or its name if the form no longer has it."""
    return next(
        (in_language(choice.label, language) or name for choice in question.choices if choice.name == name), name
    )


def find_choice(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that `text` means: a name, a label in any language, an alias, a number in the list. None if none, or several."""
    said = clean(text)
    for choice in choices:
        if choice.name.lower() == said:
            return choice
    folded = fold_words(said)
    for spelt, wanted in (
        (lambda each: " ".join(each.lower().split()), said),
        (lambda each: " ".join(fold_words(each).split()), folded),
    ):
        found = [choice for choice in choices if wanted in map(spelt, _spellings(choice))]
        if found:
            return found[0] if len(found) == 1 else None
    if (
        said.isdecimal()
        and len(said) <= 4
        and 1 <= int(said) <= len(choices)
        and not any(each.name.isdecimal() for each in choices)
    ):
        return choices[int(said) - 1]
    return None


def _spellings(choice: Choice) -> list[str]:
    aliases = choice.columns.get("aliases", "").split(";")
    return [choice.name, *choice.label.values(), *(alias.strip() for alias in aliases if alias.strip())]


def listed(choices: Sequence[Choice], language: str) -> str:
    labels = [in_language(choice.label, language) or choice.name for choice in choices[:MOST_LISTED]]
    return ", ".join(f"«{label}»" for label in labels) + (", …" if len(choices) > MOST_LISTED else "")


def choice_buttons(words: Translator, choices: Sequence[Choice]) -> list[tuple[str, str]]:
    if len(choices) > MOST_TAPPED:
        return []
    return [(in_language(choice.label, words.language) or choice.name, choice.name) for choice in choices]


def with_letters(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices one of whose spellings has these letters in it, accents or not; those that begin with them, if any do."""
    wanted = " ".join(fold_words(clean(text)).split())
    if not wanted:
        return []
    spelt = [(choice, [" ".join(fold_words(each).split()) for each in _spellings(choice)]) for choice in choices]
    begin = [choice for choice, spellings in spelt if any(each.startswith(wanted) for each in spellings)]
    return begin or [choice for choice, spellings in spelt if any(wanted in each for each in spellings)]
