"""The buttons under a reminder: report now, why it is late, remind me later. Each is typed as well (`read_typed`)."""

from collections.abc import Sequence
from datetime import date, datetime

from reporting.presses import press
from reporting.reminder_words import Case
from reporting.say import Button
from reporting.texts import in_language
from reporting.words import Words

LATE_REASONS = ("power", "results", "staff", "other")
"""Reasons for being late that one tap gives; the words are the catalogue's «late_…»."""

SNOOZE_MINUTES = 30
MOST_BUTTONS = 8


def report_press(form: str, unit_id: int, period: date, verb: str = "report", *more: str) -> str:
    """The press «report:form:unit:yymmdd»; with an empty form where the form's key is too long for a button."""
    try:
        return press(verb, form, unit_id, period, *more)
    except ValueError:
        return press(verb, "", unit_id, period, *more)


def buttons(cases: Sequence[Case], now: datetime, words: Words) -> tuple[tuple[Button, ...], ...]:
    """«Báo cáo ngay» for each report that is owed; for a single one that is late also the reasons; and «Nhắc tôi sau 30 phút»."""
    rows: list[tuple[Button, ...]] = []
    for case in cases[:MOST_BUTTONS]:
        deadline = case.reminder.standing.deadline
        label = words.plain("round_button_report")
        if len(cases) > 1:
            label = words.plain("round_button_report_unit", unit=case.unit.title)
            if sum(other.unit.id == case.unit.id for other in cases) > 1:
                label += f" · {in_language(case.form.title, words.language) or case.form.key}"
        rows.append((Button(label[:60], report_press(deadline.form, deadline.unit_id, deadline.period)),))
    if len(cases) == 1 and cases[0].reminder.standing.deadline.due_at <= now:
        rows += _reason_rows(cases[0], words)
    snooze = words.plain("round_button_snooze", n=SNOOZE_MINUTES)
    rows.append((Button(snooze, press("snooze", SNOOZE_MINUTES)),))
    return tuple(rows)


def _reason_rows(case: Case, words: Words) -> list[tuple[Button, ...]]:
    deadline = case.reminder.standing.deadline
    found = [
        Button(
            words.plain("round_button_reason", reason=words.plain(f"late_{reason}")),
            report_press(deadline.form, deadline.unit_id, deadline.period, "late", reason),
        )
        for reason in LATE_REASONS
    ]
    return [tuple(found[at : at + 2]) for at in range(0, len(found), 2)]
