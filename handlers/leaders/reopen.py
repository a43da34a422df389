"""/molai and «Mở lại»: a leader opens a closed report of one unit again."""

from datetime import UTC, date, datetime, timedelta

from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    below,
    demand_of,
    form_meant,
    inquired,
    of_button,
    periods_meant,
    place,
    told_in_place,
)
from messages.leaders.acting_words import ask_until
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.presses.leaders import Reopen
from reporting.say import Say
from reporting.units import Unit
from reporting.until import MOST_HOURS, read_until
from services import reopen
from services.context import Context
from storage.organisation import people


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
