"""What is kept of a person, as the desk and he himself read it."""

from zoneinfo import ZoneInfo

from reporting.events.duties import ErasureAsked
from reporting.people import Address, Duty
from reporting.person_record import PersonRecord
from reporting.presses.common import EraseMe
from reporting.say import Button, Rank, Say
from reporting.translator import Html, Translator, translator
from reporting.units import UnitTree


def record_text(of: PersonRecord, tree: UnitTree, zone: ZoneInfo, words: Translator) -> Html:
    """Chats, duties, and of every table how much there is; moments as `zone` has them."""
    lines = [words("record_head", name=of.person.name, id=str(of.person.id))]
    if of.erased_at is not None:
        lines.append(words("record_erased", at=of.erased_at.astimezone(zone)))
    else:
        chats = of.rows.get("address", ())
        lines += [words("record_chat", channel=row["channel"], address=row["address"]) for row in chats]
    lines += [_duty(duty, tree, words) for duty in of.duties]
    counted = ((words.plain(f"held_{table}"), len(rows)) for table, rows in of.rows.items())
    lines += [words("record_line", what=what[:1].upper() + what[1:], n=count) for what, count in counted]
    return Html("\n".join(lines))


def _duty(duty: Duty, tree: UnitTree, words: Translator) -> Html:
    values = {"role": words.plain(f"role_{duty.role}"), "unit": tree.unit(duty.unit_id).title, "since": duty.since}
    return (
        words("record_duty", **values) if duty.until is None else words("record_duty_over", **values, until=duty.until)
    )


def erase_sure(to: Address, words: Translator) -> Say:
    """Whether somebody wants what is kept of him erased."""
    return Say(to, words("eraseme_sure"), ((Button(words.plain("eraseme_yes"), EraseMe()),),))


def erasure_asked_say(event: ErasureAsked) -> Say:
    """That somebody with duties wants what is kept of him erased."""
    words = translator(event.to.language)
    said = words("erasure_asked", name=event.by.name, id=str(event.by.id))
    return Say(event.to.address, said, rank=Rank.REMINDER)
