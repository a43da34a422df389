"""What stands in the way of figures at portals is told once: to the desk, and a figure that is itself at fault to its reporter."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from messages.admins.portal_words import refused_told, refused_told_to_reporter, stopped_told
from reminders.context import Tick
from reporting.forms import Form
from reporting.people import Duty, Person, Role
from reporting.portal.troubles import RefusedDelivery, StoppedTarget
from reporting.reminder_key import ReminderKey
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from services.portal_troubles import refused_lately, stopped_targets
from storage.organisation import people
from storage.schedule import reminder_log

DESK: tuple[Role, ...] = ("admin",)
REPORTERS: tuple[Role, ...] = ("reporter", "deputy")


def due_portals(tick: Tick) -> list[Say]:
    """What is new, summed up for each admin by form; in quiet hours nothing, it is told after them."""
    if tick.is_quiet:
        return []
    refused, stopped = refused_lately(tick.connection, tick.now), stopped_targets(tick.connection, tick.now)
    if not refused and not stopped:
        return []
    held = people.duties(tick.connection, tick.today, roles=DESK)
    admins = people.people_of(tick.connection, {duty.person_id for duty in held})
    says = list[Say]()
    for admin in (admins[one] for one in sorted(admins)):
        duties = [duty for duty in held if duty.person_id == admin.id]
        says += tick.says(TickPart(person_id=admin.id), partial(_to_admin, tick, refused, stopped, admin, duties))
    return says + _to_reporters(tick, refused)


def _to_admin(
    tick: Tick,
    refused: Sequence[RefusedDelivery],
    stopped: Sequence[StoppedTarget],
    admin: Person,
    duties: Sequence[Duty],
) -> list[Say]:
    says = _refused(tick, refused, admin, duties)
    for each in stopped:
        record = _record(tick, each.key, each.form, duties[0].unit_id, admin)._replace(
            period=each.since.astimezone(tick.zone).date()
        )
        if reminder_log.record(tick.connection, [record]):
            says.append(stopped_told(each, tick.zone, admin.address, translator(admin.language)))
    return says


def _refused(tick: Tick, found: Sequence[RefusedDelivery], admin: Person, duties: Iterable[Duty]) -> list[Say]:
    """One message for each form whose figures were refused under the admin's units."""
    roots = [tick.tree.unit(duty.unit_id) for duty in duties]
    theirs = [each for each in found if any(tick.tree.is_within(tick.tree.unit(each.unit_id), root) for root in roots)]
    new = _new(tick, theirs, admin)
    by_form: dict[str, list[RefusedDelivery]] = {}
    for each in new:
        by_form.setdefault(each.form, []).append(each)
    words, forms = translator(admin.language), _forms(tick)
    return [refused_told(some, forms.get(key), tick.tree, admin.address, words) for key, some in by_form.items()]


def _to_reporters(tick: Tick, found: Sequence[RefusedDelivery]) -> list[Say]:
    says, forms = list[Say](), _forms(tick)
    for each in (each for each in found if each.is_of_the_figure):
        part = TickPart(form=each.form, unit_id=each.unit_id)
        says += tick.says(part, partial(_to_its_reporters, tick, each, forms.get(each.form)))
    return says


def _to_its_reporters(tick: Tick, of: RefusedDelivery, form: Form | None) -> list[Say]:
    charged = {each.id: each for each in people.with_duty(tick.connection, of.unit_id, REPORTERS, tick.today)}

    def told(person_ids: Sequence[int]) -> list[Say]:
        return [
            refused_told_to_reporter(of, form, tick.tree, person.address, translator(person.language))
            for person in (charged[one] for one in person_ids)
            if _new(tick, [of], person)
        ]

    return tick.says_to(list(charged), TickPart(form=of.form, unit_id=of.unit_id), told)


def _forms(tick: Tick) -> Mapping[str, Form]:
    return {form.key: form for form in tick.forms}


def _new(tick: Tick, found: Sequence[RefusedDelivery], to: Person) -> list[RefusedDelivery]:
    """Those that nobody has told this person of; that they are told is recorded."""
    records = {
        _record(tick, each.key, each.form, each.unit_id, to)._replace(period=each.period): each for each in found
    }
    new = {record.rule for record in reminder_log.record(tick.connection, list(records))}
    return [each for record, each in records.items() if record.rule in new]


def _record(tick: Tick, key: ReminderKey, form: str, unit_id: int, to: Person) -> ReminderRecord:
    return ReminderRecord(key, form, unit_id, tick.today, to.id, tick.now)
