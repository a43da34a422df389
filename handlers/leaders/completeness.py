"""Leaders look which figures are left unknown or skipped, and who is late often or has got better: /daydu."""

from datetime import date, timedelta

from handlers.leaders.leader_access import (
    Asker,
    asked_about,
    asker_of,
    below,
    days_named,
    demand_of,
    form_meant,
    of_button,
    periods_meant,
    place,
    told_in_place,
)
from messages.leaders.completeness_words import completeness_says
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.presses.leaders import ShowAnswers
from reporting.say import Say
from reporting.units import Unit
from services.context import Context
from services.read_completeness import completeness_of, days_looked_at

LONGEST = 400
"""So many days at most are looked at."""


def show_completeness(message: Message, context: Context) -> list[Say]:
    """/daydu [unit] [days]: the last thirty days if none are named."""
    asker, inquiry, units = asked_about(context, message, message.arguments, "digest")
    named, says = days_named(context, inquiry), list[Say]()
    for unit in units:
        form = form_meant(context, unit, inquiry)
        days = days_looked_at(form, unit, context.tree, named.last_on if named is not None else context.today)
        if named is not None and named.first_on < named.last_on:
            days = (max(named.first_on, named.last_on - timedelta(days=LONGEST)), named.last_on)
        elif named is not None:
            last = periods_meant(context, form, inquiry)[-1]
            days = (last, last)
        says += _told(context, asker, form, unit, days, 0)
    return told_in_place(asker, says)


def completeness_pressed(tap: Tap, press: ShowAnswers, context: Context) -> list[Say]:
    """«Đầy đủ theo câu hỏi» under a standing, or more questions."""
    asker = asker_of(context, tap, "digest")
    form, unit, last = of_button(context, press)
    demand_of(context, asker, "digest", unit)
    first = last - timedelta(days=below(press.days, LONGEST + 1))
    days = (first, last) if press.days or press.page else days_looked_at(form, unit, context.tree, last)
    return told_in_place(asker, _told(context, asker, form, unit, days, below(press.page, 100)))


def _told(context: Context, asker: Asker, form: Form, unit: Unit, days: tuple[date, date], page: int) -> list[Say]:
    found = completeness_of(context.connection, form, unit, *days, context.tree, context.now, context.zone)
    to = place(context, asker, unit)
    return completeness_says(found, context.local, to, asker.words, page=page, demonstration=context.demonstration)
