"""Leaders look: one unit's page with its history, the units one by one, rates by month, units beside each other."""

from collections.abc import Sequence
from datetime import date

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import Pressed
from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    asker_pressed,
    form_meant,
    inquired,
    number_in,
    periods_meant,
    place,
    pressed,
    told,
    units_meant,
)
from messages.leaders.comparing import ranked, side_by_side
from messages.leaders.leader_buttons import PAGE, unit_rows
from messages.leaders.rates_words import months_text
from messages.leaders.unit_page import unit_page
from reporting.digests.evidence import headlines, numeric
from reporting.errors import Refused
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.units import Unit
from services.compare_units import ranked_units, units_side_by_side
from services.context import Context
from services.look_at_unit import look_at_unit, units_below
from services.reporting_rates import monthly_rates
from understanding import Inquiry

router = Router(name="look")


@router.message(Command("donvi", "unit"))
async def show_unit(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/donvi [unit] [day]: the page of a unit that reports; of one above it the list of those below."""
    asker = asker_of(context, message, "look")
    inquiry = inquired(context, command.args)
    says: list[Say] = []
    for unit in units_meant(context, asker, inquiry, "look"):
        form = form_meant(context, unit, inquiry)
        says += _page_or_list(context, asker, form, unit, periods_meant(context, form, inquiry)[-1], 0)
    return told(asker, says)


@router.callback_query(Pressed("unit", "units"))
async def unit_pressed(
    query: CallbackQuery, context: Context, to: Address, verb: str, arguments: tuple[str, ...]
) -> list[Say]:
    """A unit among others, another day of it, or another page of the list."""
    asker = asker_pressed(context, query, to, "look")
    form, unit, period = pressed(context, arguments)
    page = number_in(arguments, 3, 10**5) if verb == "units" else 0
    return told(asker, _page_or_list(context, asker, form, unit, period, page))


@router.message(Command("tyle", "rates"))
async def show_rates(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/tyle [unit] [month]: rates of reporting by month."""
    asker = asker_of(context, message, "digest")
    inquiry = inquired(context, command.args)
    says = []
    for unit in units_meant(context, asker, inquiry, "digest"):
        form = form_meant(context, unit, inquiry)
        says.append(_rates(context, asker, form, unit, periods_meant(context, form, inquiry)[-1]))
    return told(asker, says)


@router.message(Command("sosanh", "compare"))
async def compare(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/sosanh [figure] [units] [day]: units beside each other, or all of them ranked."""
    asker = asker_of(context, message, "digest")
    inquiry = inquired(context, command.args)
    units = units_meant(context, asker, inquiry, "digest")
    form = form_meant(context, units[0], inquiry)
    period = periods_meant(context, form, inquiry)[-1]
    figures_named = _figures_named(form, inquiry, asker.words)
    if len(units) > 1 and inquiry is not None and inquiry.units:
        return told(asker, _beside(context, asker, form, units, period, figures_named))
    return told(asker, _ranked(context, asker, form, units[0], period, figures_named[0] if figures_named else None))


def _figures_named(form: Form, inquiry: Inquiry | None, words: Translator) -> list[Question]:
    """The figures that were named, or may be meant; none named: none. Refused where the form has none of them."""
    named = (*inquiry.indicators, *inquiry.indicator_choices) if inquiry is not None else ()
    found = [each for each in numeric(form) if (form.key, each.name) in named]
    if named and not found:
        labels = [in_language(each.alone, words.language) for each in headlines(form)]
        raise Refused("compare_not_of_form", labels="; ".join(labels))
    return found


@router.callback_query(Pressed("rank"))
async def rank_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«So sánh», by another figure."""
    asker = asker_pressed(context, query, to, "digest")
    form, unit, period = pressed(context, arguments)
    question = headlines(form)[number_in(arguments, 3, len(headlines(form)))]
    return told(asker, _ranked(context, asker, form, unit, period, question))


def _page_or_list(context: Context, asker: Asker, form: Form, unit: Unit, period: date, page: int) -> list[Say]:
    to, below = place(context, asker, unit), units_below(context, asker.actor, form, unit, period)
    if below:
        page = min(page, (len(below) - 1) // PAGE)
        rows = unit_rows(below, page, form.key, unit, period, asker.words)
        return [Say(to, asker.words("look_units", unit=unit.title, n=len(below), date=period), rows)]
    made = look_at_unit(context, asker.actor, form, unit, period)
    return [unit_page(made, to, asker.words) if made else Say(to, asker.words("look_not_expected", date=period))]


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
