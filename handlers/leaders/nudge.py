"""/donduc and «Đôn đốc»: a leader nudges whoever has not reported."""

from datetime import date

from handlers.leaders.leader_access import (
    Asker,
    asked_about,
    asker_of,
    of_button,
    place,
    told_in_place,
    with_periods,
)
from messages.leaders.acting_words import nudge_told
from messages.notices import notices_of
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.presses.leaders import NudgePress
from reporting.say import Say
from reporting.units import Unit
from services import nudge
from services.context import Context
from services.named_periods import scheduled
from storage.messages import outbox


def nudge_typed(message: Message, context: Context) -> list[Say]:
    """/donduc [unit]: who has not reported is reminded at once."""
    asker, inquiry, units = asked_about(context, message, message.arguments, "nudge")
    says: list[Say] = []
    for unit in units:
        for form, periods in with_periods(context, scheduled(context), inquiry):
            period = periods[-1]
            if context.tree.reporting(unit, form.reports_on(period), period):
                says.append(_nudged(context, asker, form, unit, period))
    return told_in_place(asker, says or [Say(asker.to, asker.words("nudge_nothing"))])


def nudge_pressed(tap: Tap, press: NudgePress, context: Context) -> list[Say]:
    """«Đôn đốc»: one unit, or all that are missing under one."""
    asker = asker_of(context, tap, "nudge")
    form, unit, period = of_button(context, press)
    return told_in_place(asker, [_nudged(context, asker, form, unit, period)])


def _nudged(context: Context, asker: Asker, form: Form, root: Unit, period: date) -> Say:
    """Tells who owes a report under `root`; what the leader hears of it."""
    found = nudge.nudge(context, asker.actor, form, root, period)
    says = notices_of(found.events, context.zone)
    nudge.queued(context.connection, found, outbox.put(context.connection, says, context.now, context.channels))
    return nudge_told(found.nudged, form, period, place(context, asker, root), asker.words)
