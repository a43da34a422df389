"""Leaders look: one unit's page with its history, the units one by one, rates by month, units beside each other."""

from collections.abc import Sequence
from datetime import date

from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    below,
    form_meant,
    inquired,
    of_button,
    periods_meant,
    place,
    told_in_place,
    units_meant,
)
from messages.leaders.comparing import ranked, side_by_side
from messages.leaders.leader_buttons import PAGE, unit_rows
from messages.leaders.rates_words import months_text
from messages.leaders.unit_page import unit_page
from reporting.errors import Refused
from reporting.figures.headlines import headlines, numeric
from reporting.forms import Form, Question
from reporting.incoming import Message, Tap
from reporting.presses.leaders import ListUnits, RankUnits, ShowUnit
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.units import Unit
from services.compare_units import ranked_units, units_side_by_side
from services.context import Context
from services.look_at_unit import look_at_unit, units_below
from services.reporting_rates import monthly_rates
from understanding import Inquiry


def show_unit(message: Message, context: Context) -> list[Say]:
    """/donvi [unit] [day]: the page of a unit that reports; of one above it the list of those below."""
    asker = asker_of(context, message, "look")
    inquiry = inquired(context, message.arguments, asker.duties)
    says: list[Say] = []
    for unit in units_meant(context, asker, inquiry, "look"):
        form = form_meant(context, unit, inquiry)
        says += _page_or_list(context, asker, form, unit, periods_meant(context, form, inquiry)[-1], 0)
    return told_in_place(asker, says)


def unit_pressed(tap: Tap, press: ShowUnit, context: Context) -> list[Say]:
    """A unit among others, or another day of it."""
    asker = asker_of(context, tap, "look")
    return told_in_place(asker, _page_or_list(context, asker, *of_button(context, press), 0))


def list_pressed(tap: Tap, press: ListUnits, context: Context) -> list[Say]:
    """A page of the units under one."""
    asker = asker_of(context, tap, "look")
    return told_in_place(asker, _page_or_list(context, asker, *of_button(context, press), below(press.page, 10**5)))


def show_rates(message: Message, context: Context) -> list[Say]:
    """/tyle [unit] [month]: rates of reporting by month."""
    asker = asker_of(context, message, "digest")
    inquiry = inquired(context, message.arguments, asker.duties)
    says = []
    for unit in units_meant(context, asker, inquiry, "digest"):
        form = form_meant(context, unit, inquiry)
        says.append(_rates(context, asker, form, unit, periods_meant(context, form, inquiry)[-1]))
    return told_in_place(asker, says)


def compare(message: Message, context: Context) -> list[Say]:
    """/sosanh [figure] [units] [day]: units beside each other, or all of them ranked."""
    asker = asker_of(context, message, "digest")
    inquiry = inquired(context, message.arguments, asker.duties)
    units = units_meant(context, asker, inquiry, "digest")
    form = form_meant(context, units[0], inquiry)
    period = periods_meant(context, form, inquiry)[-1]
    figures_named = _figures_named(form, inquiry, asker.words)
    if len(units) > 1 and inquiry is not None and inquiry.units:
        return told_in_place(asker, _beside(context, asker, form, units, period, figures_named))
    return told_in_place(
        asker, _ranked(context, asker, form, units[0], period, figures_named[0] if figures_named else None)
    )


def _figures_named(form: Form, inquiry: Inquiry | None, words: Translator) -> list[Question]:
    """The figures that were named, or may be meant; none named: none. Refused where the form has none of them."""
    named = (*inquiry.indicators, *inquiry.indicator_choices) if inquiry is not None else ()
    found = [each for each in numeric(form) if (form.key, each.name) in named]
    if named and not found:
        labels = [in_language(each.alone, words.language) for each in headlines(form)]
        raise Refused("compare_not_of_form", labels="; ".join(labels))
    return found


def rank_pressed(tap: Tap, press: RankUnits, context: Context) -> list[Say]:
    """«So sánh», by another figure."""
    asker = asker_of(context, tap, "digest")
    form, unit, period = of_button(context, press)
    question = headlines(form)[below(press.place, len(headlines(form)))]
    return told_in_place(asker, _ranked(context, asker, form, unit, period, question))


def _page_or_list(context: Context, asker: Asker, form: Form, unit: Unit, period: date, page: int) -> list[Say]:
    to, below = place(context, asker, unit), units_below(context, asker.actor, form, unit, period)
    if below:
        page = min(page, (len(below) - 1) // PAGE)
        rows = unit_rows(below, page, form.key, unit, period, asker.words)
        return [Say(to, asker.words("look_units", unit=unit.title, n=len(below), period=form.period(period)), rows)]
    made = look_at_unit(context, asker.actor, form, unit, period)
    return [
        unit_page(made, to, asker.words)
        if made
        else Say(to, asker.words("look_not_expected", period=asker.words.brief(form.period(period))))
    ]


def _rates(context: Context, asker: Asker, form: Form, unit: Unit, last: date) -> Say:
    found = monthly_rates(context.connection, form, unit, last, context.tree, context.now, context.zone)
    title = in_language(form.title, asker.words.language)
    return months_text(unit, title, found.months, found.of_units, place(context, asker, unit), asker.words)


def _ranked(
    context: Context, asker: Asker, form: Form, unit: Unit, period: date, question: Question | None
) -> list[Say]:
    facts, chosen = ranked_units(context, asker.actor, form, unit, period, question)
    return [ranked(facts, chosen, place(context, asker, unit), asker.words)]


def _beside(
    context: Context, asker: Asker, form: Form, units: Sequence[Unit], period: date, questions: Sequence[Question]
) -> list[Say]:
    """By these figures, or the first ones."""
    facts, some = units_side_by_side(context, asker.actor, form, units, period)
    where = [place(context, asker, unit) for unit in some]
    to = asker.to if all(each == asker.to for each in where) else asker.home
    return [side_by_side(facts, some, questions or headlines(facts.form), to, asker.words)]
