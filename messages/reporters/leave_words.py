"""Who is away and who stands in: what deputies and the chair are told, and the days of leave as buttons."""

from datetime import date, timedelta

from reporting.events.duties import LeaveEnded, LeaveTaken
from reporting.presses.reporters import EndLeave, TakeLeave
from reporting.say import Button, Rank, Say
from reporting.translator import Translator, translator


def leave_say(event: LeaveTaken) -> Say:
    """That the reporter is away, and who reports for him; the chair is told where nobody does."""
    words, names = translator(event.to.language), ", ".join(each.name for each in event.deputies)
    if event.role != "reporter":
        return _approvers_leave(event, words)
    if event.to == event.by:
        return Say(
            event.to.address, words("leave_yours", first=event.first_on, last=event.last_on, unit=event.unit.title)
        )
    key = "leave_deputy" if not event.to_chair else "leave_chair" if event.deputies else "leave_chair_alone"
    values = {"first": event.first_on, "last": event.last_on, "unit": event.unit.title}
    return Say(event.to.address, words(key, **values, name=event.by.name, names=names), rank=Rank.REMINDER)


def _approvers_leave(event: LeaveTaken, words: Translator) -> Say:
    key = "leave_approver_yours" if event.to == event.by else "leave_approver_deputy"
    values = {"first": event.first_on, "last": event.last_on, "unit": event.unit.title, "name": event.by.name}
    return Say(event.to.address, words(key, **values), rank=Rank.REMINDER)


def leave_ended_say(event: LeaveEnded) -> Say:
    """That the reporter, or who approves, is back: whoever stood in for him need not any more."""
    words = translator(event.to.language)
    if event.role != "reporter":
        key = "leave_approver_ended" if event.to == event.by else "leave_approver_over"
        return Say(event.to.address, words(key, name=event.by.name, unit=event.unit.title), rank=Rank.REMINDER)
    if event.to == event.by:
        return Say(event.to.address, words("leave_ended", unit=event.unit.title), rank=Rank.REMINDER)
    said = words("leave_over", name=event.by.name, unit=event.unit.title)
    return Say(event.to.address, said, rank=Rank.REMINDER)


def leave_buttons(today: date, words: Translator) -> tuple[tuple[Button, ...], ...]:
    """The days that people are mostly away: today, tomorrow, or the next few."""
    tomorrow = today + timedelta(days=1)
    few = [(n, tomorrow + timedelta(days=n - 1)) for n in (3, 7)]
    rows = [
        Button(words.plain("leave_today"), TakeLeave(today, today)),
        Button(words.plain("leave_tomorrow", first=tomorrow), TakeLeave(tomorrow, tomorrow)),
        *(Button(words.plain("leave_days", n=n, last=last), TakeLeave(tomorrow, last)) for n, last in few),
    ]
    return tuple((each,) for each in rows)


def back_button(words: Translator) -> tuple[tuple[Button, ...], ...]:
    """The leave just taken is ended by a tap, as by «tôi đi làm lại»."""
    return ((Button(words.plain("leave_end"), EndLeave()),),)
