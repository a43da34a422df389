"""What another person is told because of what somebody did: the message of each event, in that person's language."""

from messages.reporters.review_words import corrections
from reporting.events import CorrectedByDesk, DutyHandedOver, Event, LeaveTaken
from reporting.presses import press
from reporting.say import Button, Rank, Say
from reporting.translator import Html, translator


def message_of(event: Event) -> Say:
    """The message of an event to whom it is for."""
    match event:
        case LeaveTaken():
            return _leave_taken(event)
        case DutyHandedOver():
            return _duty_handed_over(event)
        case CorrectedByDesk():
            return _corrected_by_desk(event)


def _leave_taken(event: LeaveTaken) -> Say:
    words, names = translator(event.to.language), ", ".join(each.name for each in event.deputies)
    key = "leave_deputy" if not event.to_chair else "leave_chair" if event.deputies else "leave_chair_alone"
    values = {"first": event.first_on, "last": event.last_on, "unit": event.unit.title}
    return Say(event.to.address, words(key, **values, name=event.by.name, names=names), rank=Rank.REMINDER)


def _duty_handed_over(event: DutyHandedOver) -> Say:
    words, reader = translator(event.to.language), event.to
    taken = Button(words.plain("handover_taken"), press("taken", event.unit.id))
    values = {"date": event.since, "new": event.new.name, "old": event.old_names, "unit": event.unit.title}
    return Say(reader.address, words("handover_done", **values), ((taken,),) if reader == event.new else ())


def _corrected_by_desk(event: CorrectedByDesk) -> Say:
    words, on = translator(event.to.language), event.filling.draft.period
    head = words("desk_corrected", date=on, unit=event.unit.title, name=event.by.name, reason=event.reason)
    text = Html("\n".join([head, *corrections(event.filling, words)]))
    return Say(event.to.address, text, rank=Rank.REMINDER)
