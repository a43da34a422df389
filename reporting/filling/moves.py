"""Filling in a report, question by question: each move takes a filling and gives the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property

from reporting.answers import Answer, Answers, Value, Values
from reporting.errors import NotUnderstood, Refused
from reporting.expressions.chance import seed_of
from reporting.expressions.expression import Instance
from reporting.figures.usual_range import UsualRange
from reporting.filling.drafts import Draft, DraftState
from reporting.filling.judging import Judging
from reporting.filling.summed_up import SummedUp
from reporting.forms import Choice, Form, Question
from reporting.period_types import Period
from reporting.questions import checks
from reporting.questions.checks import BrokenRule, Doubt
from reporting.questions.question_types import type_of
from reporting.texts import Text


@dataclass(frozen=True)
class Filling:
    """A draft being filled in, with all that the form's expressions read.

    `last`: the newest accepted values of the latest earlier period, `last_on`; `now`: the local moment.
    `stands`: what this very period's report comes to, which a correction would replace: figures, and values that are none.
    `unknown_last`: calculations that were not known in the period before. `summed_up`: what
    the unit's shorter reports come to, by the question that it is proposed for. `usual`: between what figures of the unit usually lie.
    """

    form: Form
    draft: Draft
    last: Values
    last_on: date | None
    now: datetime
    stands: Values = field(default_factory=dict)
    unknown_last: frozenset[str] = frozenset()
    summed_up: Mapping[str, SummedUp] = field(default_factory=dict)
    usual: Mapping[str, UsualRange] = field(default_factory=dict)

    @classmethod
    def blank(cls, form: Form, unit_id: int, period: date, now: datetime) -> "Filling":
        """Of a report of which nothing is known: what a text could mean is read by it."""
        return cls(form, Draft.blank(form, unit_id, period), {}, None, now)

    @property
    def seed(self) -> str:
        """What the form leaves to chance is made of it."""
        return seed_of(self.draft.form, self.draft.unit_id, self.draft.period)

    @property
    def period(self) -> Period:
        return self.form.period(self.draft.period)

    @cached_property
    def instance(self) -> Instance:
        return checks.instance(self.form, self.draft.answers, self.last, self.now, self.seed)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that are to be answered as things stand, in order."""
        seen, always = self.instance, self.form.always_asked
        return tuple(q for q in self.form.asked if q.name in always or checks.is_asked(q, seen))

    @property
    def question(self) -> Question | None:
        """The question that is asked, mended, or waits for a reason."""
        return self.form.by_name.get(self.draft.at)

    @property
    def place(self) -> tuple[int, int]:
        """Which question of how many this is, from 1."""
        at, asked = self.draft.at, self.asked
        return next((number for number, each in enumerate(asked, 1) if each.name == at), len(asked)), len(asked)

    def notes(self) -> tuple[Question, ...]:
        """The notes that stand right before the question and are relevant."""
        notes: list[Question] = []
        names, asked = self.form.names, self.form.asked_names
        before = names.index(self.draft.at) if self.draft.at in names else len(names)
        for question in reversed(self.form.questions[:before]):
            if type_of(question).is_shown or question.shown:
                notes.insert(0, question)
            elif question.name in asked:
                break
        return tuple(note for note in notes if checks.is_relevant(note, self.instance))

    def choices(self) -> tuple[Choice, ...]:
        """The choices of the question, as its filter leaves them."""
        return self.choices_of(self.question) if self.question else ()

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """The choices of any question. One that has none is not worth working the answers out for."""
        return checks.choices(question, self.instance) if question.choices else ()

    @property
    def answered_last(self) -> Question | None:
        """The question that is mended, else the nearest before the one that is asked which has an answer."""
        before = self.place[0] - (self.draft.state == "asking")
        return next((each for each in reversed(self.asked[:before]) if each.name in self.draft.answers), None)

    def proposal(self) -> Value | None:
        """What can be taken with one tap: what the shorter reports come to, else the question's default."""
        if self.proposed is not None:
            return self.proposed.value
        return checks.default(self.question, self.instance) if self.question else None

    @property
    def proposed(self) -> SummedUp | None:
        """What the shorter reports come to, of the question."""
        return self.summed_up.get(self.draft.at)

    def answered(self, name: str) -> Answer | None:
        return self.draft.answers.get(name)

    @cached_property
    def results(self) -> Values:
        """What would be published: the values of relevant answers and of calculations."""
        return checks.published(self.form, self.draft.answers, self.last, self.now, self.unknown_last, seed=self.seed)

    @cached_property
    def judging(self) -> Judging:
        """What the form has against the answers."""
        return Judging(
            self.form,
            self.draft.answers,
            self.asked,
            self.instance,
            self.last,
            self.now,
            self.unknown_last,
            is_first=self.last_on is None,
            usual=self._usual_of_changed,
            period=self.draft.period,
        )

    @property
    def _usual_of_changed(self) -> Mapping[str, UsualRange]:
        """What a correction leaves as it stands was doubted when it was sent, if at all."""
        if not self.draft.correcting:
            return self.usual
        answers = self.draft.answers
        return {
            name: of
            for name, of in self.usual.items()
            if (answer := answers.get(name)) is None or answer.value != self.stands.get(name)
        }

    @property
    def unknown_calculations(self) -> frozenset[str]:
        """The calculations that are not published, because something that they rest on is not known yet."""
        return self.judging.not_known.calculations

    def is_required(self, question: Question) -> bool:
        return checks.is_required(question, self.instance)

    def doubt(self) -> Doubt | None:
        """The soft check of the question that is false, if it is."""
        return self.judging.doubted(self.question) if self.question else None

    def broken(self) -> BrokenRule | None:
        """The hard rule of the question that is broken, if it is."""
        return self.judging.broken(self.question) if self.question else None

    def as_read(self, question: Question) -> Question:
        """The question with what its choices refer to as it reads now."""
        return checks.as_read(question, self.instance)

    def filled(self, text: Text, language: str) -> str:
        """A text of the form in a language, with its `${names}` as people read them."""
        return checks.filled(text, self.judging.instance, language)

    # moves

    def answer(self, value: Value, kept: bool = False) -> "Filling":
        """Answers the question. NotUnderstood if a rule of the form forbids that value: nothing changes then."""
        question = self._question()
        moved = self._with(question, Answer(value, kept=kept))
        broken = moved.judging.broken(question)
        if broken is not None:
            raise NotUnderstood("answer_against_rule", rule=broken, question=question.name)
        return moved.settled()

    def skip(self) -> "Filling":
        """Leaves the question without an answer; Refused if it must have one."""
        question = self._question()
        if self.is_required(question):
            key = "answer_required" if question.kind is not None else "answer_required_outright"
            raise Refused(key, message=question.required_message)
        return self._with(question, Answer(None, "empty")).settled()

    def unknown(self) -> "Filling":
        """The answer is not known yet: that is neither zero nor nothing."""
        return self._with(self._question(), Answer(None, "unknown")).settled()

    def explain(self, reason: str) -> "Filling":
        """Confirms the value that a soft check doubts, with the reason why it is right."""
        question = self._question()
        answer = self.draft.answers[question.name]
        return self._with(question, answer.because(reason)).settled()

    def keep(self) -> "Filling":
        """Answers with what is proposed; a default is reconfirmed. Refused where nothing is proposed."""
        proposal = self.proposal()
        if proposal is None:
            raise Refused("nothing_to_keep")
        return self.answer(proposal, kept=self.proposed is None)

    def awaiting_reason(self) -> "Filling":
        """A correction that is complete wants to know why."""
        return self._to("awaiting a reason", "")

    def asking_back(self, text: str) -> "Filling":
        """Keeps what was typed where a reason is awaited until it is said whether it is one."""
        asked = self._to("awaiting a reason", self.draft.at)
        return asked.with_draft(asked.draft.changed(pending=text))

    def again(self) -> "Filling":
        """Back from a doubted value to the question itself."""
        return self._to("asking" if self.judging.open else "mending", self.draft.at)

    def back(self) -> "Filling":
        """To the question before; from a question being mended, or a correction's reason, to the review.

        Refused where there is none before.
        """
        if self.draft.state in ("mending", "review") or (self.draft.state == "awaiting a reason" and not self.draft.at):
            return self.settled()
        names = [question.name for question in self.asked]
        place = names.index(self.draft.at) if self.draft.at in names else len(names)
        if place == 0:
            raise Refused("nothing_before")
        return self._to("asking", names[place - 1])

    def emptied(self) -> "Filling":
        """Begun anew, without any answer."""
        return self.with_draft(self.draft.emptied()).settled()

    def edit(self, name: str) -> "Filling":
        """To one of the questions, to answer it anew."""
        if name not in {question.name for question in self.asked}:
            raise Refused("no_such_question")
        return self._to("mending", name)

    def edit_line(self, number: int) -> "Filling":
        """To the question with this number in the review, from wherever the draft stands; Refused where there is none."""
        if not 1 <= number <= len(self.asked):
            raise Refused("no_such_question")
        return self.edit(self.asked[number - 1].name)

    def settled(self) -> "Filling":
        """At the first thing that is still to be done: a question, a broken rule, a doubt; else at the review."""
        judging = self.judging
        for question in self.asked:
            answer = self.draft.answers.get(question.name)
            if answer is None:
                return self._to("asking", question.name)
            if judging.broken(question) is not None:
                return self._to("mending", question.name)
            if answer.value is not None and not answer.reason and judging.doubted(question) is not None:
                return self._to("awaiting a reason", question.name)
        return self._to("review", "")

    def _question(self) -> Question:
        if self.question is None:
            raise Refused("nothing_asked")
        return self.question

    def _with(self, question: Question, answer: Answer) -> "Filling":
        return self.with_draft(self.draft.with_answers({**self.draft.answers, question.name: answer}))

    def _to(self, state: DraftState, at: str) -> "Filling":
        return self.with_draft(self.draft.changed(state=state, at=at, turn=self.draft.turn + 1, pending=""))

    def with_draft(self, draft: Draft) -> "Filling":
        """The filling of this draft; what was worked out from the answers stands as long as they are the very same."""
        other, known = object.__new__(Filling), self.__dict__
        kept = known if draft.answers is self.draft.answers else _GIVEN
        other.__dict__.update({name: known[name] for name in kept}, draft=draft)
        return other


_GIVEN = tuple(each.name for each in fields(Filling))
"""What does not hang on the answers; all else of a filling does, and not on where the draft stands."""


def relevant_answers(filling: Filling) -> Answers:
    """The answers that go into the report: those of questions that are asked as things stand."""
    names = {question.name for question in filling.asked}
    return {name: answer for name, answer in filling.draft.answers.items() if name in names}
