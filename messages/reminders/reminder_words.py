"""The sentences of reminders: from «đề nghị» over «khẩn trương» to the superior's letter, all values from form, tree and person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from messages.reminders.receiver_words import entry
from reporting.forms import Form
from reporting.period_types import Period
from reporting.receivers import Receiver
from reporting.rounds.late_reason import LateReason
from reporting.rounds.periods import MINUTE
from reporting.rounds.reminder_plan import Reminder
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

MOST_NAMED = 40
"""So many units, or groups of them, are named in one message."""

MOST_LISTED = 20
"""So many reports are listed in one message."""


def office(unit: Unit, words: Translator) -> Html:
    """The body that answers for a unit: «UBND xã Thọ Dân»; a unit of another kind than the state's tiers is its own."""
    if unit.kind in words.plain("round_office_kinds").split(";"):
        return words("round_office", unit=unit.title)
    return Html(words.format(unit.title))


def report_named(form: Form, period: date, words: Translator) -> Html:
    """«báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021», by the form's topic, or else its title."""
    topic = in_language(form.topic, words.language)
    title = in_language(form.title, words.language) or form.key
    return _report_named(topic, title, form.period(period), words)


@lru_cache(maxsize=256)
def _report_named(topic: str, title: str, period: Period, words: Translator) -> Html:
    report = words("round_report", topic=topic) if topic else words("round_report_titled", title=title)
    return Html(f"{report} {words('round_period', period=period)}")


@lru_cache(maxsize=256)
def span(length: timedelta, words: Translator) -> Html:
    """A length of time in its one fitting unit: «45 phút», «2 giờ», «3 ngày»."""
    minutes = max(1, round(length / MINUTE))
    if minutes < 100:
        return words("round_minutes", n=minutes)
    if minutes < 36 * 60:
        return words("round_hours", n=round(minutes / 60))
    return words("round_days", n=round(minutes / (24 * 60)))


@lru_cache(maxsize=256)
def clock(at: datetime, beside: datetime, zone: ZoneInfo, words: Translator) -> Html:
    """A moment as a person near `beside` reads it: the time alone if it is the same day."""
    local = at.astimezone(zone)
    if local.date() == beside.astimezone(zone).date():
        return Html(words.format(local.time()))
    return Html(words.format(local))


def reason_said(reason: str, typed: str, words: Translator) -> str:
    """A reason for being late as people read it."""
    return typed if reason == "other" and typed else words.plain(f"late_{reason}")


def late_reason_said(given: LateReason | None, words: Translator) -> str:
    """The same of a reason as it was given; «» where none was."""
    return reason_said(given.reason, given.words, words) if given is not None else ""


@dataclass(frozen=True, slots=True)
class Case:
    """One reminder with all that its sentences name.

    `contacts` report for the unit and were told `times`. `next_at`, `next_to`, `next_seat`: who above hears next, when and where.
    `reason`: why it is late, as given. `draft`: «review» where the report only waits to be sent, «awaiting a reason» likewise.
    """

    reminder: Reminder
    form: Form
    unit: Unit
    authority: str = ""
    contacts: tuple[str, ...] = ()
    times: int = 0
    next_at: datetime | None = None
    next_to: Receiver | None = None
    next_seat: Unit | None = None
    reason: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a leader hears of a round: those of the missing `units` of his subtree that he is to be told of now.

    `streaks`: for how many periods in a row, this one included, a unit has had nothing (by unit id, from 2 on). `groups`: instead
    of the units, the tier between and how many are missing in each, where the list would be too long.
    """

    form: Form
    period: date
    seat: Unit
    to: Receiver
    due_at: datetime
    received: int
    expected: int
    units: tuple[Unit, ...]
    groups: tuple[tuple[Unit, int], ...] = ()
    streaks: dict[int, int] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)


def of_one_unit(case: Case, now: datetime, zone: ZoneInfo, words: Translator) -> Html:
    """What who answers for the unit hears, such as its chair."""
    to, deadline = case.reminder.rule.to, case.reminder.standing.deadline
    values = {
        "office": office(case.unit, words),
        "report": report_named(case.form, deadline.period, words),
        "deadline": clock(deadline.due_at, now, zone, words),
        "now": clock(now, deadline.due_at, zone, words),
        "grace": clock(case.next_at or deadline.closes_at, now, zone, words),
    }
    if now < deadline.due_at:
        opening = words(entry(to, "before"), left=span(deadline.due_at - now, words), **values)
    else:
        opening = words(entry(to, ""), **values)
    if not case.contacts:
        known = words(entry(to, "nobody"))
    elif not case.times:
        known = words(entry(to, "untold"), names=", ".join(case.contacts))
    else:
        known = words(entry(to, "told"), names=", ".join(case.contacts), n=case.times)
    sentences = [opening, known]
    if case.reason:
        sentences.append(words(entry(to, "reason"), reason=case.reason))
    sentences.append(words(entry(to, "asked"), **values))
    return Html(" ".join(sentences))


def of_subtree(missing: Missing, now: datetime, zone: ZoneInfo, words: Translator) -> Html:
    """What a leader, or the desk, hears of all the units of a subtree at once."""
    opening = words(
        entry(missing.to, ""),
        office=office(missing.seat, words),
        now=clock(now, missing.due_at, zone, words),
        received=missing.received,
        expected=missing.expected,
        report=report_named(missing.form, missing.period, words),
        deadline=clock(missing.due_at, now, zone, words),
    )
    count = len(missing.units)
    lines = [opening, words("round_missing", n=count, list=_listed(missing, words))]
    if (others := missing.expected - missing.received - count) > 0:
        lines.append(words("round_missing_others", n=others))
    again = [unit for unit in missing.units if missing.streaks.get(unit.id, 0) > 1]
    if again:
        again.sort(key=lambda unit: -missing.streaks[unit.id])
        named = [
            words("round_repeated_one", unit=unit.title, n=missing.streaks[unit.id]) for unit in again[:MOST_LISTED]
        ]
        if len(again) > MOST_LISTED:
            named.append(words("round_more", n=len(again) - MOST_LISTED))
        lines.append(words("round_repeated", n=len(again), list=Html(", ".join(named))))
    lines.append(words(entry(missing.to, "asked")))
    return Html("\n".join(lines))


def _listed(missing: Missing, words: Translator) -> Html:
    if missing.groups:
        names = [words("round_group", unit=unit.title, n=count) for unit, count in missing.groups[:MOST_NAMED]]
        left = len(missing.groups) - MOST_NAMED
    else:
        names = [named(unit, words, missing.notes.get(unit.id, "")) for unit in missing.units[:MOST_NAMED]]
        left = len(missing.units) - MOST_NAMED
    if left > 0:
        names.append(words("round_more", n=left))
    return Html(", ".join(names))


def named(unit: Unit, words: Translator, *notes: str) -> Html:
    """A unit as staff read it in a list: «xã Thọ Dân (3 kỳ; mất điện, mất mạng)», with what is to be noted, such as its reason.

    Wherever units are listed that are late or missing they are named so; residents are told no reasons.
    """
    return noted(unit.title, words, *notes)


def noted(name: str, words: Translator, *notes: str) -> Html:
    """The same of a unit of which only the name is kept."""
    said = Html("; ".join(words.format(note) for note in notes if note))
    return words("round_noted", unit=name, note=said) if said else Html(words.format(name))


def by_level(cases: Sequence[Case]) -> list[Case]:
    """Cases in the order in which they are said: the oldest deadline first, then by the unit's code."""
    return sorted(
        cases,
        key=lambda case: (
            case.reminder.rule.to.place,
            case.reminder.standing.deadline.due_at,
            case.unit.code_order,
        ),
    )
