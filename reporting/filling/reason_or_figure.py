"""What is typed where a reason is awaited and may be a figure instead: it is asked back, never taken for either."""

import re

from reporting.errors import NotUnderstood
from reporting.filling.line_names import gives_figure
from reporting.filling.line_results import Lines
from reporting.filling.lines import read_lines
from reporting.filling.mistakes import speaks_of_mistake
from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.questions.names import Names, plain_name
from reporting.questions.numbers_within import holds_number
from reporting.questions.question_types import type_of
from reporting.translator import Translator

MOST_NAMED = 6
_CLAUSES = re.compile(r"[;\n]|,(?!\d)|(?<!\d),|\.\s")


def may_be_figure(text: str, filling: Filling) -> bool:
    """Whether a text that came where a reason is awaited holds a number, a figure's name, or a word of mistakes.

    Of any one of them the reasons of corrections are made («nhập nhầm», «sót hai ca»): there a number and such a word count, and
    a number that is given to a figure («sót, khỏi 2»).
    """
    if not filling.draft.at:
        is_given = any(gives_figure(each, "", Names.of(filling.form)) for each in _CLAUSES.split(text))
        return is_given or (holds_number(text) and speaks_of_mistake(text))
    return holds_number(text) or speaks_of_mistake(text) or bool(_named(text, filling))


def figures_meant(filling: Filling) -> tuple[Question, ...]:
    """The figures that the text which is asked back may be about, in the form's order: those it names, and the doubted one."""
    names = {question.name for question in _named(filling.draft.pending, filling)} | {filling.draft.at}
    return tuple(question for question in filling.asked if question.name in names)[:MOST_NAMED]


def lines_in(text: str, filling: Filling, words: Translator) -> Lines | None:
    """Figures with their names, where a reason is awaited: they go on changing the report. None if it is none.

    What can be read as the number that is in doubt is no other figure: «8 ca» where people are counted.
    """
    if is_answer(filling, text, words):
        return None
    lines = read_lines(filling, text, words)
    kinds = [type_of(filling.form.by_name[name]) for name in lines.answers]
    return lines if kinds and not lines.doubtful and not any(each.takes_any_words for each in kinds) else None


def answers_question(filling: Filling, text: str, words: Translator) -> bool:
    """Whether a text is figures with their names, or the answer to the open question, if that is not one for any words."""
    return is_answer(filling, text, words) or lines_in(text, filling, words) is not None


def is_answer(filling: Filling, text: str, words: Translator) -> bool:
    """Whether a text can be read as the answer to the open question, if that is not one for any words."""
    question = filling.question
    if question is None or type_of(question).takes_any_words:
        return False
    try:
        type_of(question).read(question, text, words, filling.choices(), filling.now)
    except NotUnderstood:
        return False
    return True


def _named(text: str, filling: Filling) -> list[Question]:
    """The asked figures that a text names; the one in doubt only where the text begins with its name, as figures are given."""
    names, words = Names.of(filling.form), plain_name(text).split()
    asked, found, at = {question.name for question in filling.asked}, [], 0
    while at < len(words):
        sizes = range(min(names.longest, len(words) - at), 0, -1)
        size = next((size for size in sizes if names.meaning(" ".join(words[at : at + size]))), 0)
        meaning = names.meaning(" ".join(words[at : at + size])) if size else ()
        found += [each for each in meaning if each.name in asked and (each.name != filling.draft.at or at == 0)]
        at += max(size, 1)
    return found
