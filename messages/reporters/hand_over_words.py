"""Who is away, who reports instead, who has taken over: what deputies, the chair and the new holder of a duty are told."""

from datetime import date, timedelta

from reporting.events.duties import DutyEnded, DutyHandedOver, LeaveEnded, LeaveTaken
from reporting.presses.reporters import EndLeave, HandOverTaken, TakeLeave
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


def duty_ended_say(event: DutyEnded) -> Say:
    """That somebody has a duty no more; of whoever reports, who does now. He himself is thanked."""
    words = translator(event.to.language)
    values = {"name": event.person.name, "role": words.plain(f"role_{event.role}"), "unit": event.unit.title}
    if event.to == event.person:
        return Say(event.to.address, words("duty_ended_yours", **values), rank=Rank.REMINDER)
    names = ", ".join(each.name for each in event.reporting)
    said = words("duty_ended" if names else "duty_ended_alone", **values, names=names)
    return Say(event.to.address, said, rank=Rank.REMINDER)


def handover_say(event: DutyHandedOver) -> Say:
    """That somebody else reports from a day on; whoever it is says that he knows."""
    words = translator(event.to.language)
    known = ((Button(words.plain("handover_taken"), HandOverTaken(event.unit.id)),),) if event.to == event.new else ()
    values = {"date": event.since, "new": event.new.name, "old": event.old_names, "unit": event.unit.title}
    key = "handover_done" if event.old_names else "handover_done_first"
    return Say(event.to.address, words(key, **values), known)


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
