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
    demand,
    form_meant,
    inquired,
    number_in,
    periods_meant,
    place,
    pressed,
    reasons_said,
    told,
    units_meant,
)
from handlers.leaders.overview import facts_of
from messages.leaders.comparing import ranked, side_by_side
from messages.leaders.leader_buttons import PAGE, unit_rows
from messages.leaders.rates_words import months_text
from messages.leaders.unit_page import UnitPage, unit_page
from reporting.access import ACTIONS, may, may_approve
from reporting.digests.evidence import headlines, numeric
from reporting.errors import Refused
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.rounds.rates import rates
from reporting.rounds.standings import expected_units
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from services.reporting_rates import monthly_rates
from storage.figures import figures
from storage.organisation import people
from storage.reports import data_queries, reports
from storage.schedule import reminder_log, rounds
from understanding import Inquiry

router = Router(name="look")
MOST_COMPARED = 6
MOST_LISTED = 60
"""With more units than this the tier right below is listed, to go down by."""


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
    demand(context, asker, "look", unit)
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
        return told(asker, _beside(context, asker, form, units[:MOST_COMPARED], period, figures_named))
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
    demand(context, asker, "digest", unit)
    question = headlines(form)[number_in(arguments, 3, len(headlines(form)))]
    return told(asker, _ranked(context, asker, form, unit, period, question))


def _page_or_list(context: Context, asker: Asker, form: Form, unit: Unit, period: date, page: int) -> list[Say]:
    to = place(context, asker, unit)
    below = expected_units(form, context.tree, period, unit)
    if below and below != [unit]:
        if len(below) > MOST_LISTED:
            below = context.tree.children(unit, period)
        page = min(page, (len(below) - 1) // PAGE)
        rows = unit_rows(below, page, form.key, unit, period, asker.words)
        return [Say(to, asker.words("look_units", unit=unit.title, n=len(below), date=period), rows)]
    made = _page(context, asker, form, unit, period)
    return [unit_page(made, to, asker.words) if made else Say(to, asker.words("look_not_expected", date=period))]


def _page(context: Context, asker: Asker, form: Form, unit: Unit, period: date) -> UnitPage | None:
    evidence = facts_of(context, form, unit, [period])
    if evidence is None:
        return None
    form = evidence.form
    revisions = reports.revisions(context.connection, form.key, unit.id, period)
    senders = people.people_of(context.connection, {each.sent_by for each in revisions if each.sent_by is not None})
    month = rounds.standings_between(
        context.connection, form, period.replace(day=1), period, context.tree, context.now, context.zone, unit
    )
    return UnitPage(
        evidence=evidence,
        standing=evidence.standings[0] if evidence.standings else None,
        figures=figures.of_period(context.connection, form.key, unit.id, period),
        revisions=revisions,
        asked=data_queries.of_report(context.connection, form.key, unit.id, period),
        names={person_id: person.name for person_id, person in senders.items()},
        reason=reasons_said(context, form, period, asker.words).get(unit.id, ""),
        told=reminder_log.words_about(context.connection, form.key, period, [unit.id]),
        rates=rates(month, context.now),
        contacts=[
            each.name for each in people.with_duty(context.connection, unit.id, ("reporter", "deputy"), context.today)
        ],
        may=_allowed(context, asker, form, unit),
    )


def _allowed(context: Context, asker: Asker, form: Form, unit: Unit) -> frozenset[str]:
    allowed: set[str] = {action for action in ACTIONS if may(action, unit, asker.duties, context.tree)}
    if may_approve(form, unit, asker.duties, context.tree):
        allowed.add("approve")
    return frozenset(allowed)


def _rates(context: Context, asker: Asker, form: Form, unit: Unit, last: date) -> Say:
    found = monthly_rates(context.connection, form, unit, last, context.tree, context.now, context.zone)
    title = in_language(form.title, asker.words.language)
    return months_text(unit, title, found.months, found.of_units, place(context, asker, unit), asker.words)


def _ranked(
    context: Context, asker: Asker, form: Form, unit: Unit, period: date, question: Question | None
) -> list[Say]:
    """All units under one by a figure; by the first that a leader reads where none was named, or it is not of those days."""
    facts = facts_of(context, form, unit, [period])
    if facts is None or not headlines(facts.form):
        raise Refused("task_nothing_open")
    same = [each for each in numeric(facts.form) if question is not None and each.name == question.name]
    return [ranked(facts, (same or headlines(facts.form))[0], place(context, asker, unit), asker.words)]


def _beside(
    context: Context, asker: Asker, form: Form, units: list[Unit], period: date, questions: Sequence[Question]
) -> list[Say]:
    """By these figures, or the first ones; each unit is a row of the evidence of the nearest unit above all of them."""
    above = [unit for unit in context.tree.above(units[0]) if all(context.tree.is_within(each, unit) for each in units)]
    facts = facts_of(context, form, above[0], [period]) if above else None
    if facts is None:
        raise Refused("task_nothing_open")
    where = [place(context, asker, unit) for unit in units]
    to = asker.to if all(each == asker.to for each in where) else asker.home
    return [side_by_side(facts, units, questions or headlines(facts.form), to, asker.words)]
