"""What a form has against answers: its hard and soft rules put together."""

from datetime import datetime

from reporting.answers import Value, Values
from reporting.forms import Form, Question
from reporting.questions import checks
from reporting.questions.checks import BrokenRule, Doubt, FormInstance
from reporting.questions.question_types import type_of


def wrongs(form: Form, seen: FormInstance) -> list[BrokenRule]:
    """Every hard rule that is broken, in the form's order."""
    return [each for question in form.asked if (each := checks.wrong(question, seen)) is not None]


def judged(form: Form, question: Question, value: Value, seen: FormInstance) -> BrokenRule | Doubt | None:
    """What the form has against `value` as the answer to `question`, all else as in `seen`."""
    answers = {name: each for name, each in seen.values.items() if form.by_name[name].calculation is None}
    changed = FormInstance(form, {**answers, question.name: value}, seen.last, seen.now)
    return checks.wrong(question, changed) or checks.doubt(question, changed)


def calculated(form: Form, answers: Values, last: Values, now: datetime) -> dict[str, Value]:
    """The values of all calculations (and hidden questions); what comes to nothing is not in it."""
    values = FormInstance(form, answers, last, now).values
    return {name: value for name, value in values.items() if not type_of(form.by_name[name]).is_asked}
