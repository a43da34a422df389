"""Turns of indicators: whoever answers for a unit is told of each once, of many units in one message."""

from collections.abc import Sequence
from functools import partial

from messages.notices import notices_in_parts
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
from storage.figures.indicator_targets import set_looked_on
from storage.organisation import people
from storage.schedule import reminder_log, rounds


def due_turns_told(tick: Tick) -> list[Say]:
    """Looks at the periods that have closed since it was looked last; in quiet hours not at all, so that nothing is lost then.

    A target of whose turns somebody could not be told is looked at again with the next tick; who was told is not told again.
    """
    if tick.is_quiet:
        return []
    found, looked = due_turns(tick.connection, tick.tree, tick.now, tick.zone, apart=tick.apart)
    says, untold = _say(tick, found) if found else ([], set[int]())
    set_looked_on(tick.connection, [(target_id, period) for target_id, period in looked if target_id not in untold])
    return says


def _say(tick: Tick, found: Sequence[KnownTurn]) -> tuple[list[Say], set[int]]:
    """What is said of these, and the targets (by id) of whose turns somebody could not be told."""
    recipients = rounds.recipients_of(tick.connection, tick.tree, tick.today, tick.channels)
    of_person: dict[int, list[KnownTurn]] = {}
    for each in found:
        for person_id in _who(recipients, each):
            of_person.setdefault(person_id, []).append(each)
    known = people.people_of(tick.connection, set(of_person))
    says, untold = list[Say](), set[int]()
    for to, turns in ((known[one], turns) for one, turns in of_person.items() if one in known):
        part = TickPart(person_id=to.id)
        says += tick.says(part, partial(_told, tick, to, turns))
        untold |= {each.turn.target.id for each in turns} if part in tick.parts.troubled else set()
    return says, untold


def _told(tick: Tick, to: Person, turns: Sequence[KnownTurn]) -> list[Say]:
    wanted = {_record(tick, each, to.id): each for each in turns}
    new = {each._replace(at=tick.now) for each in reminder_log.record(tick.connection, list(wanted))}
    news = [each for record, each in wanted.items() if record in new]
    return notices_in_parts([_seen(to, news)], tick.zone) if news else []


def _who(recipients: Recipients, of: KnownTurn) -> list[int]:
    """The unit's chair, and the leader who is nearest above it."""
    seats = [*recipients.at(of.unit.id, "chair"), *recipients.hear(Receiver.LEADER, of.unit.id, of.form)]
    return list(dict.fromkeys(person_id for person_id, _ in seats))


def _record(tick: Tick, of: KnownTurn, person_id: int) -> ReminderRecord:
    key = ReminderKey.turn(of.turn.target.id, of.turn.kind.number)
    return ReminderRecord(key, of.form.key, of.unit.id, of.turn.period, person_id, tick.now)


def _seen(to: Person, turns: Sequence[KnownTurn]) -> TurnsSeen:
    return TurnsSeen(to, sorted(turns, key=lambda each: (not each.turn.is_bad, each.unit.name_order)))
