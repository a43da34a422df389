"""Turns of indicators: whoever answers for a unit is told of each once, of many units in one message."""

from functools import partial

from messages.notices import notices_of
from reminders.context import Tick
from reporting.events.indicators import TurnsSeen
from reporting.figures.turns import KnownTurn
from reporting.people import Person
from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey
from reporting.rounds.recipients import Recipients
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.indicator_turns import due_turns
from storage.organisation import people
from storage.schedule import reminder_log, rounds


def due_turns_told(tick: Tick) -> list[Say]:
    """Looks at the periods that have closed since it was looked last; in quiet hours not at all, so that nothing is lost then."""
    if tick.is_quiet:
        return []
    found = due_turns(tick.connection, tick.tree, tick.now, tick.zone, apart=tick.apart)
    if not found:
        return []
    recipients = rounds.recipients_of(tick.connection, tick.tree, tick.today, tick.channels)
    wanted = {_record(tick, each, person_id): each for each in found for person_id in _who(recipients, each)}
    new = {each._replace(at=tick.now) for each in reminder_log.record(tick.connection, list(wanted))}
    of_person: dict[int, list[KnownTurn]] = {}
    for record, each in wanted.items():
        if record in new:
            of_person.setdefault(record.person_id, []).append(each)
    known = people.people_of(tick.connection, set(of_person))
    told = ((known[one], turns) for one, turns in of_person.items() if one in known)
    says = (tick.says(TickPart(person_id=to.id), partial(_told, tick, to, turns)) for to, turns in told)
    return [say for of_one in says for say in of_one]


def _told(tick: Tick, to: Person, turns: list[KnownTurn]) -> list[Say]:
    return notices_of([_seen(to, turns)], tick.zone)


def _who(recipients: Recipients, of: KnownTurn) -> list[int]:
    """The unit's chair, and the leader who is nearest above it."""
    seats = [*recipients.at(of.unit.id, "chair"), *recipients.hear(Receiver.LEADER, of.unit.id, of.form)]
    return list(dict.fromkeys(person_id for person_id, _ in seats))


def _record(tick: Tick, of: KnownTurn, person_id: int) -> ReminderRecord:
    key = ReminderKey.turn(of.turn.target.id, of.turn.kind.number)
    return ReminderRecord(key, of.form.key, of.unit.id, of.turn.period, person_id, tick.now)


def _seen(to: Person, turns: list[KnownTurn]) -> TurnsSeen:
    return TurnsSeen(to, sorted(turns, key=lambda each: (not each.turn.is_bad, each.unit.name_order)))
