"""A resident doubts a figure: equal doubts become one question to the unit's reporter; nothing changes but by a correction."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.common.filters import Pressed
from handlers.common.reply_language import words_pressed
from handlers.residents.public_answer import answer_to, slowed, view_of
from messages.leaders.data_query_words import asked_say, written
from messages.residents.answering import settle, wants
from messages.residents.flags import FLAG, Doubted, doubtful, named, read, taken
from messages.residents.view import View
from reporting.figures.flag import Flag
from reporting.people import Address
from reporting.rounds.data_query import AskedBack, answer_due
from reporting.say import Say
from services.context import Context
from storage.figures import public
from storage.organisation import people
from storage.reports import data_queries, reports
from storage.residents import flags
from understanding import Inquiry

router = Router(name="flag")


@router.callback_query(Pressed(FLAG))
async def flag(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Số này chưa đúng?»"""
    view = view_of(context, to, words_pressed(context, query, to))
    try:
        doubted = read(arguments, view)
    except (ValueError, KeyError):
        return [Say(to, view.words("button_unknown_to_us"))]
    if to.address.startswith("-") or doubted.period > context.today:
        return [Say(to, view.words("button_unknown_to_us"))]
    if (held := slowed(context, view, query.from_user)) is not None:
        return held
    return _flagged(context, view, doubted)


def flag_asked(context: Context, view: View, inquiry: Inquiry) -> list[Say]:
    """«Số ca mới xã Thọ Dân hôm nay sai rồi»: where just one figure is named, that one; else how it is done."""
    if len(inquiry.units) == 1 and len(inquiry.indicators) == 1 and not inquiry.doubts:
        value = settle(replace(inquiry, intent="value", wanted="value"), view)
        known = [public.known(context.connection, wanted, view.areas) for wanted in wants(value, view)]
        if (doubted := doubtful(value, view, known)) is not None:
            return _flagged(context, view, doubted)
    return answer_to(context, view, inquiry)


def _flagged(context: Context, view: View, doubted: Doubted) -> list[Say]:
    """Joins the open question about this figure, or asks it; of what the unit has confirmed as it stands, that is said."""
    form, question = view.public[doubted.indicator]
    report = reports.newest(context.connection, form.key, doubted.unit.id, doubted.period)
    theirs = people.with_duty(context.connection, doubted.unit.id, ("reporter", "deputy"), context.today)
    asked_about = question.name
    if report is None or report.provisional or asked_about not in report.answers or not theirs:
        return answer_to(context, view, Inquiry("flag", "flag"))
    before = data_queries.of_report(context.connection, form.key, doubted.unit.id, doubted.period)
    same = [each for each in before if each.indicator == asked_about]
    if any(each.state in ("confirmed", "answered") and each.revision == report.revision for each in same):
        contact = view.said("authority") or view.words.plain("contact_desk")
        return [Say(view.to, view.words("flag_confirmed", contact=contact, **named(view, doubted)))]
    open_now, says = next((each for each in same if each.is_open), None), list[Say]()
    if open_now is None:
        due_at, value = answer_due(context.now, context.zone), written(report.answers[asked_about].value)
        place = (0, form.key, doubted.unit.id, doubted.period, asked_about, value, report.revision)
        open_now = data_queries.ask(context.connection, AskedBack(*place, "", None, context.now, due_at))
        assert open_now is not None, "this transaction has just seen that none is open"
        says = [asked_say(open_now, form, doubted.unit, None, each, context.zone) for each in theirs]
    flags.put(context.connection, open_now.id, Flag(view.to, view.words.language))
    return [taken(view, doubted), *says]
