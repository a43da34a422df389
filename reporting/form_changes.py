"""What a form's new version changes: added, removed and changed, question by question; and what would make its history untrue."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reporting.expressions.expression import Expression
from reporting.forms import Form, Question
from reporting.period_types import WEEKDAYS, PeriodType
from reporting.questions.question_types import type_of
from reporting.questions.types.range import OWN_PARAMETERS
from reporting.reminder_rules import Rule
from reporting.schedule import ClockTime
from reporting.texts import Text, in_language

What = Literal["added", "removed", "moved", "changed"]
Break = Literal["type", "kind", "unit", "period"]


@dataclass(frozen=True, slots=True)
class FormChange:
    """One change. `question`: its name, «» for the form's settings; `label`: what people call it.

    `part`: which part has changed («label», «constraint», «due»…), `before` and `after`: what it says, «» where it said nothing.
    """

    what: What
    question: str = ""
    label: str = ""
    part: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class HistoryBreak:
    """An indicator that has history would become another: its old figures would stand under a name that means something else.

    `why` «period»: the form would, whose key is `question` then: old figures would be counted to periods that are not theirs.
    """

    question: str
    label: str
    why: Break
    before: str
    after: str


_TEXTS = ("label", "hint", "unit", "constraint_message", "required_message", "check_message")
_RULES = ("required", "constraint", "relevant", "calculation", "default", "check", "choice_filter", "read_only_if")
_WORDS = ("type", "kind", "visibility", "suppress_below", "adds_up_said", "appearance")
QUESTION_PARTS = (*_WORDS, *_TEXTS, *_RULES, "aliases", "choices", "parameters")
"""In the order in which they are told; each has words in the catalogues, `form_part_<part>`."""
_FORM_TEXTS = ("title", "window", "topic", "authority", "portal", "emergency")
_OF_SCHEDULE = (
    "period", "cutoff", "year_ends", "week_starts", "opens", "due", "closes", "skips_free_days", "holidays", "remind",
    "digest",
)  # fmt: skip
FORM_PARTS = (*_OF_SCHEDULE, "reports", "by", "approval", *_FORM_TEXTS, "languages")


def form_changes(old: Form, new: Form, language: str) -> list[FormChange]:
    """All changes, settings first, then the questions as the new version has them, then what is gone.

    Texts are told in `language` where they differ in it. Of a repeat the first instance is told for all.
    """
    before, after = _rows(old), _rows(new)
    found = list(_of_form(old, new, language))
    for name, question in after.items():
        if name not in before:
            found.append(FormChange("added", name, _label(question, language)))
        else:
            found += _of_question(before[name], question, language)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        found.append(FormChange("moved"))
    found += [FormChange("removed", name, _label(each, language)) for name, each in before.items() if name not in after]
    return found


def history_breaks(known: Mapping[str, Question], new: Form, language: str) -> list[HistoryBreak]:
    """Which indicators of `new` would not be what they were. `known`: those that have history, as they were last published."""
    return [
        HistoryBreak(question.name, _label(question, language), why, before, after)
        for question in new.indicators
        if question.name in known
        for why, before, after in _breaks(known[question.name], question, language)
    ]


def period_breaks(old: Form, new: Form, language: str) -> list[HistoryBreak]:
    """Whether a form whose last version was `old`, and that has history, would be one of other periods."""
    before, after = (each.schedule.period_type for each in (old, new))
    if before == after:
        return []
    said = (_period_said(each) for each in (before, after))
    return [HistoryBreak(new.key, in_language(new.title, language) or new.key, "period", *said)]


def _period_said(of: PeriodType) -> str:
    """As the settings sheet has it: «weekly», «weekly sunday», «monthly 14»."""
    return f"{of.kind} {WEEKDAYS[of.week_starts] if of.week_starts else of.cutoff_written}".strip()


def still_fits(old: Question | None, new: Question | None) -> bool:
    """Whether an answer to a question as it was is one as it is now: it means the same, and nothing that judges it has changed."""
    if old is None or new is None:
        return False
    parts = ("type", "kind", "constraint", "check", "calculation", "choice_filter", "parameters", "instance")
    is_same = all(getattr(old, part) == getattr(new, part) for part in parts)
    return is_same and [c.name for c in old.choices] == [c.name for c in new.choices] and not _is_other_unit(old, new)


def _rows(form: Form) -> dict[str, Question]:
    return {q.name: q for q in form.questions if q.instance is None or set(q.instance.at) == {1}}


def _label(question: Question, language: str) -> str:
    return in_language(question.alone, language) or question.name


def _of_form(old: Form, new: Form, language: str) -> Iterator[FormChange]:
    for part in FORM_PARTS:
        before, after = (_part_of_form(form, part) for form in (old, new))
        if before != after:
            read: Callable[[Any, Any, str], tuple[str, str]] = _texts if part in _FORM_TEXTS else _plainly
            yield FormChange("changed", "", "", part, *read(before, after, language))


def _part_of_form(form: Form, part: str) -> Any:
    """Of the schedule what the sheet says: which days are free is the desk's word, not the form's."""
    if part == "holidays":
        return form.schedule.calendar.holidays
    return _said(getattr(form.schedule, part)) if part in _OF_SCHEDULE else getattr(form, part)


def _of_question(old: Question, new: Question, language: str) -> Iterator[FormChange]:
    for part in QUESTION_PARTS:
        before, after = getattr(old, part), getattr(new, part)
        if before == after:
            continue
        read: Callable[[Any, Any, str], tuple[str, str]] = _texts if part in _TEXTS else _plainly
        if part in _LISTS:
            read = _LISTS[part]
        yield FormChange("changed", new.name, _label(new, language), part, *read(before, after, language))


def _texts(old: Text, new: Text, language: str) -> tuple[str, str]:
    """In the language, or in the first in which they differ."""
    said = in_language(old, language), in_language(new, language)
    if said[0] != said[1]:
        return said
    other = next(each for each in (*old, *new) if old.get(each) != new.get(each))
    return old.get(other, ""), new.get(other, "")


def _choices(old: Any, new: Any, language: str) -> tuple[str, str]:
    """Those that differ."""
    both = [{(c.name, in_language(c.label, language)): None for c in each} for each in (old, new)]
    apart = [[label or name for name, label in one if (name, label) not in other] for one, other in (both, both[::-1])]
    told = apart if any(apart) else [[label or name for name, label in one] for one in both]
    return ", ".join(told[0]), ", ".join(told[1])


def _aliases(old: Any, new: Any, _language: str) -> tuple[str, str]:
    apart = [[each for each in one if each not in other] for one, other in ((old, new), (new, old))]
    told = apart if any(apart) else [old, new]
    return "; ".join(told[0]), "; ".join(told[1])


_LISTS: Mapping[str, Callable[[Any, Any, str], tuple[str, str]]] = {"choices": _choices, "aliases": _aliases}
"""Of these only what differs is told, all of them where it is their order."""


def _plainly(old: Any, new: Any, _language: str) -> tuple[str, str]:
    return _said(old), _said(new)


def _said(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, Rule):
        return value.key.spelled
    if isinstance(value, Mapping):
        return " ".join(f"{name}={each}" for name, each in value.items())
    if isinstance(value, tuple):
        return "; ".join(map(_said, value))
    if isinstance(value, ClockTime):
        ahead = f"+{value.days}d" if value.days else ""
        return f"{value.at:%H:%M}{ahead if value.working_days is None else f'+{value.working_days}wd'}"
    return f"{value:%H:%M}" if hasattr(value, "strftime") else str(value)


def _breaks(old: Question, new: Question, language: str) -> Iterator[tuple[Break, str, str]]:
    if "" not in (sorts := (_sort(old), _sort(new))) and sorts[0] != sorts[1]:
        yield "type", old.type, new.type
    if old.kind != new.kind:
        yield "kind", str(old.kind), str(new.kind)
    if _is_other_unit(old, new):
        yield "unit", in_language(old.unit, language), in_language(new.unit, language)


def _sort(question: Question) -> str:
    """What its values are; «» for what is worked out, which may be any."""
    of = type_of(question)
    if of.has_choices:
        return "choices" if of.takes_several else "choice"
    if not of.is_numeric:
        return "" if not of.is_asked else question.type
    steps = [question.parameters.get(each, "1") for each in OWN_PARAMETERS]
    is_whole = of.is_whole or (bool(of.parameters) and all(each.lstrip("-").isdecimal() for each in steps))
    return "whole" if is_whole else "fraction"


def _is_other_unit(old: Question, new: Question) -> bool:
    """Whether both are counted in something, and not in the same by any of its names."""
    before, after = ({" ".join(said.lower().split()) for said in each.unit.values() if said} for each in (old, new))
    return bool(before) and bool(after) and not before & after
