"""What somebody hears who owes reports: a letter of one, a list of several, each time in graver words."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.reminders.receiver_words import foretold
from messages.reminders.reminder_words import MOST_LISTED, Case, clock, office, report_named, span
from reporting.people import Person
from reporting.rounds.periods import MINUTE
from reporting.translator import Html, Translator

MOST_ANNOUNCED = 8
"""So many superiors are announced by name in one message."""


def owed(person: Person, cases: Sequence[Case], now: datetime, zone: ZoneInfo, words: Translator) -> Html:
    """What somebody hears who owes reports: a letter for one, a list for several."""
    said = _letter(person, cases[0], now, zone, words) if len(cases) == 1 else _list(person, cases, now, zone, words)
    waiting = [_waiting(case, words) for case in cases[:MOST_LISTED] if case.draft]
    return Html("\n".join([said, *waiting, words("round_how")]))


def _waiting(case: Case, words: Translator) -> Html:
    """That the draft is there, and what alone is missing."""
    key = "round_draft_complete" if case.draft == "review" else "round_draft_reason"
    report = report_named(case.form, case.reminder.standing.deadline.period, words)
    return words(key, unit=case.unit.title, report=report)


def _letter(person: Person, case: Case, now: datetime, zone: ZoneInfo, words: Translator) -> Html:
    due_at, closes_at = case.reminder.standing.deadline.due_at, case.reminder.standing.deadline.closes_at
    values = {
        "office": office(case.unit, words),
        "report": report_named(case.form, case.reminder.standing.deadline.period, words),
        "deadline": clock(due_at, now, zone, words),
        "authority": case.authority or words.plain("round_authority"),
        "name": person.name,
        "grace": clock(case.next_at or closes_at, now, zone, words),
    }
    if now < due_at:
        return words("round_before", left=span(due_at - now, words), **values)
    if not _is_again(case, now):
        return words("round_over", **values)
    said = words("round_again", k=case.reminder.count, late=span(now - due_at, words), **values)
    return Html(" ".join([said, *_announced([case], now, zone, words)]))


def _list(person: Person, cases: Sequence[Case], now: datetime, zone: ZoneInfo, words: Translator) -> Html:
    lines = [words("round_owes", name=person.name, n=len(cases))]
    for case in cases[:MOST_LISTED]:
        deadline = case.reminder.standing.deadline
        report = report_named(case.form, deadline.period, words)
        at, state = clock(deadline.due_at, now, zone, words), _state(case, now, words)
        lines.append(words("round_owes_one", unit=case.unit.title, report=report, deadline=at, state=state))
    if len(cases) > MOST_LISTED:
        lines.append(words("round_more", n=len(cases) - MOST_LISTED))
    again = [case for case in cases if _is_again(case, now)]
    if again:
        authorities = dict.fromkeys(case.authority or words.plain("round_authority") for case in again)
        asked = words("round_owes_again", name=person.name, authority=", ".join(authorities))
        lines.append(Html(" ".join([asked, *_announced(again, now, zone, words)])))
    else:
        is_over = any(case.reminder.standing.deadline.due_at <= now for case in cases)
        lines.append(words("round_owes_over" if is_over else "round_owes_before", name=person.name))
    return Html("\n".join(lines))


def _is_again(case: Case, now: datetime) -> bool:
    """Whether it is late, and not for the first time that he hears of it."""
    return case.reminder.count > 1 and now >= case.reminder.standing.deadline.due_at + MINUTE


def _state(case: Case, now: datetime, words: Translator) -> Html:
    due_at = case.reminder.standing.deadline.due_at
    if now < due_at:
        return words("round_left", span=span(due_at - now, words))
    if now < due_at + MINUTE:
        return words("round_due")
    late = words("round_late", span=span(now - due_at, words))
    return words("round_late_again", late=late, k=case.reminder.count) if _is_again(case, now) else late


def _announced(cases: Sequence[Case], now: datetime, zone: ZoneInfo, words: Translator) -> list[Html]:
    """Who hears next, and when: a sentence for each moment, the soonest first."""
    superiors: dict[datetime, dict[Html, None]] = {}
    for case in cases:
        if case.next_at is not None and case.next_to is not None and case.next_seat is not None:
            superior = words(foretold(case.next_to), office=office(case.next_seat, words))
            superiors.setdefault(case.next_at, {})[superior] = None
    said = []
    for at, those in sorted(superiors.items()):
        named = [*those][:MOST_ANNOUNCED]
        if len(those) > MOST_ANNOUNCED:
            named.append(words("round_more", n=len(those) - MOST_ANNOUNCED))
        said.append(words("round_announced", at=clock(at, now, zone, words), superior=Html(", ".join(named))))
    return said
