"""Who reports no more and who has taken over: what the new holder of a duty and all whom it concerns are told."""

from reporting.events.duties import DutyEnded, DutyHandedOver
from reporting.presses.reporters import HandOverTaken
from reporting.say import Button, Rank, Say
from reporting.translator import translator


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
