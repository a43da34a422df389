"""The evidence of what was said of a report, in a sentence: «Đã nhắc cán bộ đầu mối 3 lần, lần thứ 3 lúc 17 giờ 30; …»."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.reminders.receiver_words import told_as, was_told
from messages.reminders.reminder_words import clock
from reporting.receivers import Receiver
from reporting.rounds.reminder_evidence import SentReminder, State
from reporting.translator import Html, Translator

SUPERIORS = tuple(each for each in Receiver if each.level > 0)
OTHER_STATES: Mapping[State, str] = {
    "new": "waits",
    "sending": "waits",
    "unknown": "unknown",
    "dead": "dead",
    "moot": "moot",
}


def reminded_said(told: Sequence[SentReminder], beside: datetime, zone: ZoneInfo, words: Translator) -> Html:
    """How often the person in trouble was reminded of one report, when last, who else was told, and what did not come.

    Of several people who are in trouble the one who was reminded most counts. «» where nothing was to be said.
    """
    said = [word for word in told if word.state == "said"]
    parts = [*_reminders(said, beside, zone, words), *_nudges(said, beside, zone, words)]
    for receiver in SUPERIORS:
        heard = [word for word in said if word.to == receiver and not word.is_nudge]
        if heard:
            parts.append(words(was_told(receiver), at=_times(heard, beside, zone, words)))
    parts += _others(told, words)
    sentence = "; ".join(parts)
    return Html(f"{sentence[0].upper()}{sentence[1:]}.") if sentence else Html("")


def word_said(word: SentReminder, words: Translator) -> Html:
    """What one message was: «lần nhắc thứ 3», «đôn đốc», «báo Chủ tịch»."""
    if word.is_nudge:
        return words("reminded_as_nudge")
    if word.to in SUPERIORS:
        return words(told_as(word.to))
    return words("reminded_as_number", k=word.count) if word.count else words("reminded_as_reminder")


def _reminders(said: Sequence[SentReminder], beside: datetime, zone: ZoneInfo, words: Translator) -> list[Html]:
    by_person: dict[int, list[SentReminder]] = {}
    for word in said:
        if not word.is_nudge and word.to not in SUPERIORS:
            by_person.setdefault(word.person_id, []).append(word)
    if not by_person:
        return []
    most = max(by_person.values(), key=lambda theirs: (len(theirs), theirs[-1].heard_at))
    last = most[-1]
    at = clock(last.heard_at, beside, zone, words)
    if last.count == 1:
        return [words("reminded_once", name=last.name, at=at)]
    return [words("reminded_reporter", name=last.name, n=len(most), k=last.count, at=at)]


def _nudges(said: Sequence[SentReminder], beside: datetime, zone: ZoneInfo, words: Translator) -> list[Html]:
    nudges = [word for word in said if word.is_nudge]
    return [words("reminded_nudged", at=_times(nudges, beside, zone, words))] if nudges else []


def _times(heard: Sequence[SentReminder], beside: datetime, zone: ZoneInfo, words: Translator) -> Html:
    return Html(", ".join(dict.fromkeys(clock(word.heard_at, beside, zone, words) for word in heard)))


def _others(told: Sequence[SentReminder], words: Translator) -> list[Html]:
    """How many messages wait, did not come, or nobody knows of."""
    found = [OTHER_STATES[word.state] for word in told if word.state in OTHER_STATES]
    return [
        words(f"reminded_{each}", n=found.count(each)) for each in dict.fromkeys(OTHER_STATES.values()) if each in found
    ]
