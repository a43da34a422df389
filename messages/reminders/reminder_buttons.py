"""The buttons under a reminder: report now, why it is late, remind me later; and how the same is typed."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from unicodedata import normalize

from messages.reminders.reminder_words import Case
from messages.reporters.own_hours_words import own_hours_button
from reporting.press import Press
from reporting.presses.reporters import LateReasonForAll, LateReasonPress, OpenReport, Snooze
from reporting.say import Button
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.typed_buttons import typed_verb

LATE_REASONS = ("power", "results", "staff", "other")
"""Reasons for being late that one tap gives; the words are the catalogue's «late_…»."""

SNOOZE_MINUTES = 30
MOST_BUTTONS = 8
LONGEST_SNOOZE = 240
LONGEST_REASON = 200
LEAST_LETTERS = 2
LAST_MINUTE = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp()) // 60

_SNOOZE = re.compile(
    r"(?:nhắc tôi sau|nhac toi sau|remind me in)\s+(\d{1,3})\s*(?:phút|phut|minutes?|min)?\.?", re.IGNORECASE
)
_REASON = re.compile(
    r"(?:lý do|lí do|ly do|reason|chậm vì|cham vi|late because)\b\s*[:,-]?\s*(.+)", re.IGNORECASE | re.DOTALL
)


@lru_cache
def _labels(words: Translator) -> dict[str, str]:
    """The words on the buttons that are the same for everybody."""
    reasons = {each: words.plain("round_button_reason", reason=words.plain(f"late_{each}")) for each in LATE_REASONS}
    snooze = words.plain("round_button_snooze", n=SNOOZE_MINUTES)
    page = words.plain("sheet_button")
    return {"report": words.plain("round_button_report"), "page": page, "snooze": snooze, **reasons}


def buttons(
    cases: Sequence[Case], now: datetime, words: Translator, link_of: Callable[[Case], str]
) -> tuple[tuple[Button, ...], ...]:
    """«Báo cáo ngay» for each report that is owed, and the way to its page where there is one (`link_of`); the reasons, if any is
    late; and «Nhắc tôi sau 30 phút», «Đổi giờ nhắc».

    Of several reports a reason is given for all that are late by now and still missing when it is tapped.
    """
    labels = _labels(words)
    rows: list[tuple[Button, ...]] = []
    for case in cases[:MOST_BUTTONS]:
        deadline = case.reminder.standing.deadline
        label = labels["report"] if len(cases) == 1 else _named(case, cases, words)
        link = link_of(case)
        page = (Button(labels["page"], url=link),) if link else ()
        rows.append((Button(label, OpenReport(deadline.form, deadline.unit_id, deadline.period)), *page))
    if any(case.reminder.standing.deadline.due_at <= now for case in cases):
        rows += _reason_rows(cases, now, labels)
    rows.append((Button(labels["snooze"], Snooze(SNOOZE_MINUTES)), own_hours_button(words)))
    return tuple(rows)


def _named(case: Case, cases: Sequence[Case], words: Translator) -> str:
    label = words.plain("round_button_report_unit", unit=case.unit.title)
    if sum(other.unit.id == case.unit.id for other in cases) > 1:
        label += f" · {in_language(case.form.title, words.language) or case.form.key}"
    return label[:60]


def _reason_rows(cases: Sequence[Case], now: datetime, labels: Mapping[str, str]) -> list[tuple[Button, ...]]:
    deadline = cases[0].reminder.standing.deadline

    def pressed(reason: str) -> Press:
        if len(cases) > 1:
            return LateReasonForAll(int(now.timestamp()) // 60, reason)
        return LateReasonPress(deadline.form, deadline.unit_id, deadline.period, reason)

    found = [Button(labels[reason], pressed(reason)) for reason in LATE_REASONS]
    return [tuple(found[at : at + 2]) for at in range(0, len(found), 2)]


def moment_of(minute: int) -> datetime:
    """The moment of a letter of several reports, from its buttons. ValueError if it is none."""
    if not 0 <= minute <= LAST_MINUTE:
        raise ValueError(minute)
    return datetime.fromtimestamp(minute * 60, UTC)


def read_snooze(text: str) -> int | None:
    """«Nhắc tôi sau 30 phút»: the minutes, 1 to 240; None if it says something else."""
    match = _SNOOZE.fullmatch(normalize("NFC", text).strip())
    minutes = int(match[1]) if match else 0
    return minutes if 1 <= minutes <= LONGEST_SNOOZE else None


def read_reason(text: str, words: Translator) -> tuple[str, str] | None:
    """«Lý do: mất điện»: one of LATE_REASONS, and for «other» the words that were typed; None if it gives no reason."""
    match = _REASON.fullmatch(normalize("NFC", text).strip())
    if match is None or not any(map(str.isalnum, match[1])):
        return None
    given = " ".join(match[1].split())[:LONGEST_REASON]
    known = {words.plain(f"late_{reason}").casefold(): reason for reason in LATE_REASONS}
    reason = next((known[label] for label in known if given.casefold() in (label, *label.split(", "))), "other")
    return (reason, given if reason == "other" else "")


def may_be_reason(text: str) -> bool:
    """Whether words alone, after «lý do khác», may be the reason: no command, question, number, or word of a button."""
    letters = sum(map(str.isalpha, text))
    return letters >= LEAST_LETTERS and "?" not in text and not text.startswith("/") and typed_verb(text) is None
