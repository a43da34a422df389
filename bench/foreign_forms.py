"""How much of what others have made can be used: every XLSForm in a folder is checked, filled in to the end in chat's own way, and
exported. `python -m bench.foreign_forms FOLDER [--names]`; --names says of each form what became of it."""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bot.cli.forms import form_file
from reporting.answers import Attachment, Value, Values
from reporting.errors import Refusal
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling, relevant_answers
from reporting.forms import Form, Question
from reporting.questions.question_types import type_of
from reporting.report_tables import ReportSaid, ReportTable, cell, column_of, tables_of
from reporting.reports import Report
from reporting.reviews import reviewed
from reporting.translator import translator
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.reading import BadForm, checked_form

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=UTC)
MOST_ANSWERS = 3_000
INSTANCES = 2
"""So many instances of each repeat are put down, where nothing says how many there are."""
TEXTS = (
    "abc",
    "Nguyen Thi Lan",
    "1",
    "12",
    "123",
    "0912345678",
    "123456789",
    "0123456789",
    "+84912345678",
    "ABC123",
    "a@b.vn",
)


@dataclass(frozen=True)
class Outcome:
    """What became of a form: the keys of what it is refused for, or that it could not be filled in or exported; «» for all is well."""

    path: Path
    refused: tuple[str, ...] = ()
    failed: str = ""
    warned: int = 0
    asked: int = 0
    seconds: float = 0.0


def tried(path: Path) -> Outcome:
    began = time.monotonic()
    try:
        form, found = checked_form(*form_file(str(path)))
    except BadForm as bad:
        return Outcome(path, _keys(bad.problems))
    wrong = [each for each in found if not each.is_warning]
    if wrong:
        return Outcome(path, _keys(wrong))
    filling, stuck = filled_in(form)
    failed = stuck or not_exported(form, filling)
    asked = len(filling.draft.answers)
    return Outcome(path, (), failed, len(found), asked, time.monotonic() - began)


def _keys(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                f"{each.key} {each.values.get('name', '')}".strip() if "function" in each.key else each.key
                for each in problems
            }
        )
    )


def filled_in(form: Form) -> tuple[Filling, str]:
    """The form with an answer that its rules take to each question, up to the review; and where it stopped, if it did."""
    draft = Draft(1, form.key, form.version, 1, NOW.date())
    filling = Filling(form, draft, {}, None, NOW).settled()
    for _ in range(MOST_ANSWERS):
        question = filling.question
        if filling.draft.state == "review":
            return filling, ""
        if question is None:
            return filling, f"nothing is asked in «{filling.draft.state}»"
        if filling.draft.state == "awaiting a reason":
            filling = filling.explain("đã kiểm tra lại")
            continue
        moved = _answered(filling, question)
        if moved is None:
            return filling, f"no answer to «{question.name}» ({question.type}) is taken"
        filling = moved
    return filling, "it does not come to an end"


def _answered(filling: Filling, question: Question) -> Filling | None:
    for value in _values(filling, question):
        try:
            return filling.answer(value)
        except Refusal:
            continue
    try:
        return filling.skip()
    except Refusal:
        return None


def _values(filling: Filling, question: Question) -> Iterator[Value]:
    """Answers to be tried, the likeliest first: what the form proposes, then whatever a person could type or send."""
    instance = question.instance
    if instance is not None and instance.name == "there":
        yield "yes" if instance.at[-1] <= INSTANCES else "no"
        return
    proposal = filling.proposal()
    if proposal is not None:
        yield proposal
    kind, words = type_of(question), translator("vi")
    if not kind.accepts("text"):
        yield Attachment("id", "a.jpg", "image/jpeg", 1)
        return
    choices = filling.choices() if kind.has_choices else ()
    typed = [choice.name for choice in choices] or [
        *_bounds(question),
        *TEXTS,
        *_DAYS,
        "16:30",
        "10/11/2021 16:30",
        "19.8, 105.6",
        "OK",
    ]
    if kind.takes_any_words:
        yield from (each.value for each in reversed([*filling.draft.answers.values()]) if isinstance(each.value, str))
    if kind.key == "rank":
        typed = [", ".join(choice.name for choice in choices)]
    for text in typed:
        try:
            yield kind.read(question, text, words, choices, NOW)
        except Refusal:
            continue


_DAYS = tuple((NOW.date() + timedelta(days=days)).isoformat() for days in (0, -1, -30, -400, -9000, 1, 30, 300))


def _bounds(question: Question) -> list[str]:
    """Numbers about those that stand in the question's constraint, and a few others."""
    rule = question.constraint.text if question.constraint is not None else ""
    found = [Decimal(each) for each in re.findall(r"\d+(?:\.\d+)?", rule)][:8]
    near = [number + step for number in found for step in (0, 1, -1)]
    digits = ["1" * int(each) for each in found if each == each.to_integral_value() and 0 < each < 20]
    numbers = dict.fromkeys(
        [Decimal(1), Decimal(2), Decimal(0), *near, *map(Decimal, (5, 10, 20, 30, 50, 100, 150, 1000, 2000))]
    )
    return [f"{number:f}" for number in numbers if number >= 0] + digits


def not_exported(form: Form, filling: Filling) -> str:
    """What was answered and is not in the tables as it was; «» if all of it is."""
    answers = relevant_answers(filling)
    report = Report("X-1", form.key, form.version, 1, NOW.date(), 1, answers, 1, NOW, NOW)
    tables = tables_of(form.key, [ReportSaid(report, form, "1", filling.results, reviewed(report, (), ()))])
    missing = [
        name
        for name, answer in answers.items()
        if answer.value is not None and not _stands(form.by_name[name], answer.value, tables, filling.results)
    ]
    return f"not exported: {', '.join(missing[:5])}" if missing else ""


def _stands(question: Question, value: Value, tables: Sequence[ReportTable], results: Values) -> bool:
    instance = question.instance
    if instance is None:
        return tables[0].rows[0].get(column_of(question.name)) == cell(value)
    table = next(each for each in tables[1:] if each.name == instance.repeats[-1])
    numbers = {f"{each}#": number for each, number in zip(instance.repeats, instance.at, strict=True)}
    row = next((each for each in table.rows if {name: each.get(name) for name in numbers} == numbers), None)
    if instance.name == "there":
        return (row is not None) == (value == "yes")
    return row is not None and row.get(column_of(instance.name)) == cell(value)


def main(arguments: Sequence[str]) -> int:
    folder, names = Path(arguments[0]), "--names" in arguments
    outcomes = [tried(path) for path in sorted(folder.rglob("*.xls*")) if not path.name.startswith("~$")]
    if names:
        for each in outcomes:
            said = ", ".join(each.refused) or each.failed or f"accepted: {each.asked} answers, {each.warned} warnings"
            print(f"{each.path.relative_to(folder)}: {said} ({each.seconds:.1f} s)")
    accepted = [each for each in outcomes if not each.refused]
    ended = [each for each in accepted if not each.failed]
    print(f"{len(accepted)} of {len(outcomes)} accepted, {len(ended)} of them filled in to the end and exported")
    reasons = Counter(reason for each in outcomes for reason in each.refused)
    for reason, count in reasons.most_common():
        print(f"{count:4} {reason}")
    for each in accepted:
        if each.failed:
            print(f"   ! {each.path.name}: {each.failed}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
