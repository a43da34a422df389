"""Which of a form's indicators are read first."""

from reporting.forms import Form, Question

HEADLINES = 6


def numeric(form: Form) -> tuple[Question, ...]:
    """The form's indicators that are numbers, in its order."""
    return tuple(question for question in form.indicators if question.kind != "state")


def headlines(form: Form) -> tuple[Question, ...]:
    """The indicators that a leader reads first: the form's first flows and stocks, the public ones before the internal."""
    moving = [question for question in numeric(form) if question.kind != "total"]
    chosen = sorted(moving, key=lambda question: not question.is_public)[:HEADLINES] or numeric(form)[:HEADLINES]
    return tuple(question for question in form.indicators if question in chosen)
