"""The numbered message with the values of the period before: to copy, change and send back."""

from datetime import date

from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.people import Address
from reporting.questions.names import short_label
from reporting.questions.question_types import type_of
from reporting.questions.showing import show_answer
from reporting.say import Say
from reporting.translator import Html, Translator
from reporting.units import Unit


def head(filling: Filling, unit: Unit, words: Translator) -> str:
    """The template's first line, which says whose report it is and of which day."""
    return head_of(unit, filling.draft.period, words)


def head_of(unit: Unit, period: date, words: Translator) -> str:
    return words.plain("template_head", date=period, unit=unit.title)


def template(filling: Filling, unit: Unit, to: Address, words: Translator) -> Say:
    """What has been answered, else what stands since the period before; what happens in a period is left open.

    The value of the period before stands in brackets, which are not read.
    """
    lines = [head(filling, unit, words)]
    for number, question in enumerate(filling.asked, 1):
        lines.append(_line(filling, number, question, words))
    body = words("template_body", text="\n".join(lines))
    return Say(to, Html("\n".join([words("template_how"), body])))


def _line(filling: Filling, number: int, question: Question, words: Translator) -> str:
    name = short_label(filling.form, question, words.language)
    answer, last = filling.answered(question.name), filling.last.get(question.name)
    kind = type_of(question)
    if answer is not None:
        value = "" if answer.state == "empty" else show_answer(question, answer, words)
    elif last is not None and question.kind is not None and question.kind != "flow":
        value = kind.show(question, last, words)
    else:
        value = ""
    line = f"{number}. {name}: {value}"
    if question.kind == "flow" and last is not None and answer is None:
        line += " " + words.plain("template_before", value=kind.show(question, last, words))
    return line
