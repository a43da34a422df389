"""A form's logic on the answers so far: what is relevant and required, which rule is broken, what is worked out."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from reporting.answers import Answers, Value, Values, values_of
from reporting.expressions.expression import Expression, Instance
from reporting.expressions.syntax import NAME
from reporting.expressions.values import node_text
from reporting.forms import Choice, Form, Question
from reporting.questions.not_known import ALL_KNOWN, NotKnown, unknown_calculations
from reporting.questions.question_types import type_of
from reporting.texts import Text, in_language
from reporting.translator import translator

_REFERENCE = re.compile(rf"\$\{{\s*(last-saved#)?({NAME})\s*\}}")


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A hard rule (`constraint`) that the answer to `question` breaks. `message`: the form's, empty if it has none.

    `which`: which of the conditions that it joins it was, where that can be said.
    """

    question: Question
    message: Text = field(default_factory=dict)
    which: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A soft rule (`check`) that is false: the answer stands if it is confirmed with a reason.

    `which`: which of the conditions that it joins it was, where that can be said.
    """

    question: Question
    message: Text = field(default_factory=dict)
    which: Text = field(default_factory=dict)


class FormInstance(Instance):
    """The answers of a form as its expressions read them: what is not relevant is empty, what is calculated is there.

    `given`: calculated questions whose values stand in `answers` as they are. `seed`: of the report (`expressions.chance`).
    """

    def __init__(
        self, form: Form, answers: Values, last: Values, now: datetime, given: Collection[str] = (), seed: str = ""
    ) -> None:
        plain = {name: value for name, value in answers.items() if name not in form.conditional}
        super().__init__(plain, last, now, form.names, choice_name=self._choice_label, seed=seed)
        self.form, self.given = form, given
        for question in form.conditional.values():
            if is_relevant(question, self):
                self._fill(question, answers)

    def _fill(self, question: Question, answers: Values) -> None:
        """Put into the node of a relevant question what it holds."""
        if question.calculation is not None and question.name not in self.given:
            result = question.calculation.result(self, question.name)
            self.put(question.name, type_of(question).from_node(question, node_text(result)), result)
        elif type_of(question).is_filled_in and question.name not in answers:
            self.put(question.name, default(question, self))
        else:
            self.put(question.name, answers.get(question.name))

    def _choice_label(self, name: str, choice: str) -> str:
        question = self.form.by_name.get(name)
        found = next((each for each in question.choices if each.name == choice), None) if question else None
        return filled(found.label, self, self.form.languages[0]) if found else ""


def instance(form: Form, answers: Answers, last: Values, now: datetime, seed: str = "") -> FormInstance:
    """The answers as expressions read them. `last`: the newest accepted values of the latest earlier period; `now`: aware, local;
    `seed`: the report's, for what is left to chance (`reporting.expressions.chance.seed_of`)."""
    return FormInstance(form, values_of(answers), last, now, seed=seed)


def judging(
    form: Form, answers: Answers, last: Values, now: datetime, not_known: NotKnown, seed: str = ""
) -> FormInstance:
    """The answers as rules and texts read them: a calculation that is not known has no value there."""
    made = instance(form, answers, last, now, seed)
    for name in not_known.calculations:
        made.put(name, None)
    return made


def is_relevant(question: Question, instance: Instance) -> bool:
    if question.within and instance.values.get(question.within) != "yes":
        return False
    return question.relevant is None or question.relevant.truth(instance, question.name)


def is_asked(question: Question, instance: Instance) -> bool:
    """Whether a question that a person answers is asked as things stand."""
    if question.read_only or not is_relevant(question, instance):
        return False
    return question.read_only_if is None or not _holds(question.read_only_if, question, instance)


def is_required(question: Question, instance: Instance) -> bool:
    return question.required is not None and _holds(question.required, question, instance)


def choices(question: Question, instance: Instance) -> tuple[Choice, ...]:
    """The choices that are open, by the question's `choice_filter`."""
    wanted, every = question.choice_filter, as_read(question, instance).choices
    if wanted is None:
        return every
    return tuple(each for each in every if wanted.truth(instance.beside(_columns(each, wanted)), question.name))


def as_read(question: Question, instance: Instance) -> Question:
    """The question with what its choices' labels refer to as it reads at the moment."""
    if not any("${" in said for choice in question.choices for said in choice.label.values()):
        return question
    choices = tuple(replace(each, label=_filled(each.label, instance)) for each in question.choices)
    return replace(question, choices=choices)


def default(question: Question, instance: Instance) -> Value | None:
    """The value that the form proposes; None if there is none, or none that the question could have."""
    if question.default is None:
        return None
    return type_of(question).from_node(question, question.default.node_text(instance, question.name))


def wrong(question: Question, instance: Instance, not_known: NotKnown = ALL_KNOWN) -> BrokenRule | None:
    """The hard rule that the answer in `instance` breaks, if it does; an empty answer breaks none, as in ODK."""
    if question.name not in instance.values or _stands(question.constraint, question, instance, not_known):
        return None
    return BrokenRule(question, _filled(question.constraint_message, instance))


def doubt(question: Question, instance: Instance, not_known: NotKnown = ALL_KNOWN) -> Doubt | None:
    """The soft rule that the answer in `instance` does not meet, if there is one."""
    if question.name not in instance.values or _stands(question.check, question, instance, not_known):
        return None
    return Doubt(question, _filled(question.check_message, instance))


def counted(form: Form, answers: Answers, last: Values, now: datetime, seed: str = "") -> dict[str, Value]:
    """All that would be published: the values of relevant answers, of calculations and of hidden questions."""
    return dict(instance(form, answers, last, now, seed).values)


def published(
    form: Form, answers: Answers, last: Values, now: datetime, unknown_last: Collection[str] = (), *, seed: str = ""
) -> dict[str, Value]:
    """What a report with these answers publishes: `counted`, but for what is not known."""
    not_told = unknown_calculations(form, answers, unknown_last)
    return {name: value for name, value in counted(form, answers, last, now, seed).items() if name not in not_told}


def imported(
    form: Form, given: Values, last: Values, now: datetime, unknown_last: Collection[str] = (), *, seed: str = ""
) -> dict[str, Value]:
    """All that a day of the archive comes to: what is `given` stands, calculated or not, and the rest is worked out from it."""
    not_told = unknown_calculations(form, {}, unknown_last, given)
    values = FormInstance(form, given, last, now, given, seed).values
    return {**{name: value for name, value in values.items() if name not in not_told}, **given}


def filled(text: Text, instance: Instance, language: str) -> str:
    """A text of the form in `language`, with its `${names}` replaced by the answers as people read them («…» while empty)."""
    said = in_language(text, language)
    if "${" not in said or not isinstance(instance, FormInstance):
        return said
    form, words = instance.form, translator(language)

    def shown(match: re.Match[str]) -> str:
        question = form.by_name.get(match[2])
        value = (instance.last if match[1] else instance.values).get(match[2])
        if question is None or value is None:
            return "…"
        return words.show(value) if isinstance(value, int | Decimal) else type_of(question).show(question, value, words)

    return _REFERENCE.sub(shown, said)


def references_in(text: str) -> Iterator[str]:
    """The names in the `${names}` of a label or a message."""
    return (match[2] for match in _REFERENCE.finditer(text))


def _filled(text: Text, instance: Instance) -> dict[str, str]:
    return {language: filled({language: said}, instance, language) for language, said in text.items() if said}


def _holds(expression: Expression | None, question: Question, instance: Instance) -> bool:
    return expression is None or expression.truth(instance, question.name)


def _stands(rule: Expression | None, question: Question, instance: Instance, not_known: NotKnown) -> bool:
    """Whether a rule holds as far as it can be judged: of what «and» joins, each by itself where something is not known."""
    if rule is None or rule.truth(instance, question.name):
        return True
    if not not_known:
        return False
    return all(
        _holds(each, question, instance) or not_known.is_beyond(each, question.name) for each in rule.joined_by_and
    )


def _columns(choice: Choice, wanted: Expression) -> Mapping[str, str]:
    own = {"name": choice.name, "label": in_language(choice.label, "")}
    return {name: own.get(name) or choice.columns.get(name, "") for name in wanted.columns}
