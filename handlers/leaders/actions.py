"""Leaders act: they nudge the missing, open a closed report again."""

from datetime import UTC, date, datetime, timedelta

from handlers.leaders.leader_access import (
    Asker,
    asked_about,
    asker_of,
    below,
    demand_of,
    form_meant,
    inquired,
    of_button,
    periods_meant,
    place,
    told_in_place,
    with_periods,
)
from messages.leaders.acting_words import ask_until, nudge_told
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.presses.leaders import NudgePress, Reopen
from reporting.say import Say
from reporting.units import Unit
from reporting.until import MOST_HOURS, read_until
from services import nudge, reopen
from services.context import Context
from services.named_periods import scheduled
from storage.messages import outbox
from storage.organisation import people


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


def reopen_typed(message: Message, context: Context) -> list[Say]:
    """/molai <unit> [day] [until 20:00 | for 3 hours]: a closed report is open again for the unit."""
    asker = asker_of(context, message, "reopen")
    local, rest = read_until(message.arguments, context.local)
    inquiry = inquired(context, rest, asker.duties)
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("reopen_how")
    unit = inquiry.units[0]
    demand_of(context, asker, "reopen", unit)
    form = form_meant(context, unit, inquiry)
    return told_in_place(
        asker, _reopened(context, asker, form, unit, periods_meant(context, form, inquiry)[-1], local.astimezone(UTC))
    )


def reopen_pressed(tap: Tap, press: Reopen, context: Context) -> list[Say]:
    """«Mở lại»: asks for how long, then opens."""
    asker = asker_of(context, tap, "reopen")
    form, unit, period = of_button(context, press)
    demand_of(context, asker, "reopen", unit)
    if press.hours is None:
        return told_in_place(asker, [ask_until(form, unit, period, place(context, asker, unit), asker.words)])
    hours = below(press.hours, MOST_HOURS + 1)
    return told_in_place(asker, _reopened(context, asker, form, unit, period, context.now + timedelta(hours=hours)))


def _nudged(context: Context, asker: Asker, form: Form, root: Unit, period: date) -> Say:
    """Tells who owes a report under `root`; what the leader hears of it."""
    found = nudge.nudge(context, asker.actor, form, root, period)
    says = notices_of(found.events, context.zone)
    nudge.queued(context.connection, found, outbox.put(context.connection, says, context.now, context.channels))
    return nudge_told(found.nudged, form, period, place(context, asker, root), asker.words)


def _reopened(context: Context, asker: Asker, form: Form, unit: Unit, period: date, until: datetime) -> list[Say]:
    done = reopen.reopen(context, asker.actor, form, unit, period, until)
    words, to, local = asker.words, place(context, asker, unit), done.until.astimezone(context.zone)
    about = {"unit": unit.title, "period": form.period(period)}
    if done.state == "not expected":
        return [Say(to, words("report_not_expected", **about, contact=context.contact(words)))]
    if done.state == "open already":
        return [Say(to, words("reopen_open", **about, time=local))]
    names = people.names(done.people) or words.plain("nobody")
    return [*notices_of(done.events, context.zone), Say(to, words("reopen_done", **about, until=local, names=names))]
