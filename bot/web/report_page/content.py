"""What stands on a report's page: every question as things stand, with what it was, what was typed and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bot.web.desk_page.visit import as_read
from messages.reporters.draft_words import refusal_said, rule_said, summed_up_said
from messages.reporters.note_words import notes_told
from reporting.answers import Answer, Value
from reporting.errors import NotUnderstood
from reporting.filling import fast
from reporting.filling.moves import Filling
from reporting.filling.sheet import UNKNOWN, Entered, Field, field_text
from reporting.forms import Question
from reporting.questions import checks
from reporting.questions.checks import Doubt
from reporting.questions.numbers import may_be_negative
from reporting.questions.question_types import type_of
from reporting.questions.showing import show_answer, shown
from reporting.texts import in_language
from reporting.translator import Html, Translator

FEW = 7
"""So many choices stand below each other; of more one is picked from a list."""


@dataclass(frozen=True)
class Shown:
    """What the page is to show. `entered`: what became of what was typed, `fields`: what that was; `only`: the questions that were
    returned, all others are but told; `other`: who else is at it; `is_sending`: what is lacking is said.
    """

    filling: Filling
    words: Translator
    entered: Entered | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    only: Sequence[str] = ()
    other: Markup | None = None
    is_sending: bool = False

    def items(self) -> Iterator[dict[str, Any]]:
        """Headings, notes, questions and what is worked out, in the form's order, each with what its template wants."""
        filling, words = self.filling, self.words
        asked, group = {question.name for question in filling.asked}, ""
        for question in filling.form.questions:
            item = self._item(question, question.name in asked)
            if item is None:
                continue
            heading = " · ".join(filled for each in question.group if (filled := filling.filled(each, words.language)))
            if heading != group:
                group = heading
                if heading:
                    yield {"kind": "group", "name": question.name, "label": heading}
            yield item

    def _item(self, question: Question, is_asked: bool) -> dict[str, Any] | None:
        filling, words, name = self.filling, self.words, question.name
        label = filling.filled(question.alone if question.instance else question.label, words.language)
        if is_asked and self.only and name not in self.only:
            said = show_answer(filling.as_read(question), filling.answered(name), words)
            return {"kind": "result", "name": name, "label": label, "value": said}
        if is_asked:
            return self._question(question, label)
        kind = type_of(question)
        if (kind.is_shown or question.shown) and checks.is_relevant(question, filling.instance):
            return {"kind": "note", "name": name, "text": as_read(words.format(notes_told(filling, question, words)))}
        if kind.is_worked_out and question.kind is not None and name not in filling.judging.waiting:
            if name in filling.unknown_calculations:
                return {"kind": "result", "name": name, "label": label, "value": words.plain("sheet_held")}
            if name in filling.results:
                value = shown(question, filling.results[name], words)
                return {"kind": "result", "name": name, "label": label, "value": value}
        return None

    def _question(self, question: Question, label: str) -> dict[str, Any]:
        filling, words, name = self.filling, self.words, question.name
        answer, typed = filling.answered(name), self._typed(question)
        wrong = self._wrong(question, answer)
        is_judged = answer is not None and answer.value is not None and wrong is None
        doubt = filling.judging.doubted(question) if is_judged else None
        hint, marks = filling.filled(question.hint, words.language), ("h", "l", "e")
        described = zip(marks, (hint, filling.last.get(name) is not None, wrong), strict=True)
        return {
            "kind": "question",
            "name": name,
            "field": self._field(question),
            "label": label,
            "measure": in_language(question.unit, words.language),
            "hint": hint,
            "text": "" if typed == UNKNOWN else typed,
            "chosen": typed.split(),
            "knew": self._knew(question),
            "is_unknown": typed == UNKNOWN,
            "may_be_unknown": question.kind is not None and filling.is_required(question),
            "is_required": filling.is_required(question),
            "choices": [
                (each.name, filling.filled(each.label, words.language) or each.name)
                for each in filling.choices_of(question)
            ],
            **self._before(question),
            "summed_up": self._summed_up(question),
            "is_new": answer is None,
            "inputmode": self._inputmode(question),
            "value": show_answer(filling.as_read(question), answer, words) if answer is not None else "",
            "wrong": wrong,
            "doubt": self._doubt(question, doubt, answer) if doubt is not None else None,
            **self._reasons(name, answer),
            "clash": self._clash(question),
            "described": " ".join(f"{mark}-{name}" for mark, has in described if has),
        }

    def _typed(self, question: Question) -> str:
        """What stands in the field: what was typed last where that was not taken, else the answer."""
        found, name = self.entered, question.name
        if found is not None and name in found.clashes:
            return found.clashes[name].text
        if found is not None and name in found.refused:
            return self.fields[name].text
        return field_text(question, self.filling.answered(name))

    def _knew(self, question: Question) -> str:
        """What the browser knows as the answer, by which it is seen whether somebody else has answered meanwhile."""
        found, name = self.entered, question.name
        if found is not None and name in found.clashes:
            return found.clashes[name].knew
        return field_text(question, self.filling.answered(name))

    def _clash(self, question: Question) -> Mapping[str, str] | None:
        """Where somebody else has answered meanwhile: his answer beside what was typed."""
        filling, found, name = self.filling, self.entered, question.name
        if found is None or name not in found.clashes:
            return None
        theirs = show_answer(filling.as_read(question), filling.answered(name), self.words)
        return {"theirs": theirs, "mine": self._said(question, found.clashes[name].text)}

    def _before(self, question: Question) -> Mapping[str, str]:
        """What it was the last time, and what one button puts into the field."""
        filling, words = self.filling, self.words
        last, proposed = filling.last.get(question.name), self._proposed(question)
        return {
            "last": shown(question, last, words) if last is not None else "",
            "last_on": words.brief(filling.form.period(filling.last_on)) if filling.last_on is not None else "",
            "proposed": type_of(question).to_field(proposed) if proposed is not None else "",
            "proposed_said": shown(question, proposed, words) if proposed is not None else "",
        }

    def _field(self, question: Question) -> str:
        kind = type_of(question).field
        if kind == "choice" and len(self.filling.choices_of(question)) > FEW:
            return "list"
        return kind

    def _inputmode(self, question: Question) -> str:
        kind = type_of(question).field
        if kind in ("digits", "decimal") and may_be_negative(question):
            return "text"  # many keyboards of digits have no minus
        return {"digits": "numeric", "decimal": "decimal"}.get(kind, "text")

    def _proposed(self, question: Question) -> Value | None:
        """What one button puts into the field: what shorter reports come to, the form's default, what stands since the last period."""
        filling, name = self.filling, question.name
        if name in filling.summed_up:
            return filling.summed_up[name].value
        default = checks.default(question, filling.instance)
        if default is not None or question.kind not in fast.STANDING:
            return default
        return filling.last.get(name)

    def _summed_up(self, question: Question) -> Markup | None:
        of = self.filling.summed_up.get(question.name)
        return as_read(summed_up_said(of, question, self.words)) if of is not None else None

    def _said(self, question: Question, typed: str) -> str:
        """What was typed, as it reads; of a choice its label."""
        if typed in ("", UNKNOWN):
            return self.words.plain("answer_unknown" if typed else "answer_none")
        names = {each.name: each for each in self.filling.choices_of(question)}
        found = [names[each] for each in typed.split() if each in names]
        return ", ".join(in_language(each.label, self.words.language) or each.name for each in found) or typed

    def _wrong(self, question: Question, answer: Answer | None) -> Markup | None:
        found, words = self.entered, self.words
        if found is not None and question.name in found.refused:
            return self._refused(found.refused[question.name])
        broken = self.filling.judging.broken(question) if answer is not None else None
        if broken is not None:
            return as_read(rule_said(broken, words) or words("answer_against_rule"))
        if self.is_sending and answer is None and self.filling.is_required(question):
            message = in_language(question.required_message, words.language)
            plain = "sheet_required" if question.kind is not None else "sheet_required_outright"
            return as_read(Html(words.format(message)) if message else words(plain))
        return None

    def _refused(self, why: NotUnderstood | None) -> Markup | None:
        return as_read(refusal_said(self.words, why)) if why is not None else None

    def _doubt(self, question: Question, doubt: Doubt, answer: Answer | None) -> Markup:
        words = self.words
        message, which = in_language(doubt.message, words.language), doubt.which.get(words.language, "")
        value = show_answer(question, answer, words)
        said = [words("doubt_message", message=message) if message else words("doubt_general", value=value)]
        return as_read(Html(" ".join([*said, *([words("doubt_which", which=which)] if which else [])])))

    def _reasons(self, name: str, answer: Answer | None) -> Mapping[str, str | Markup | None]:
        """Why a figure that is doubted is right, as typed and as known, and what is wrong with that."""
        knew = answer.reason if answer is not None else ""
        typed = self.fields[name].reason if name in self.fields else ""
        lacking = self.entered.unreasoned.get(name) if self.entered is not None else None
        return {"reason": typed or knew, "reason_knew": knew, "reason_wrong": self._refused(lacking)}

    def ways(self) -> Mapping[str, str]:
        """The fast ways that save anything as things stand: what each does, and the key of its words."""
        filling = self.filling
        if self.only or filling.draft.correcting:
            return {}
        kept, zeros = len(fast.standing(filling)), len(fast.flows(filling))
        daily = filling.form.schedule.period in ("daily", "on change")
        found = {}
        if kept and zeros and not filling.draft.answers:
            found["quiet"] = "button_quiet"
        if kept > 1:
            found["same"] = "button_same" if daily else "button_same_period"
        if zeros > 1:
            found["zeros"] = "button_zeros"
        return found
