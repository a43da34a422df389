"""A resident doubts a figure: equal doubts become one question to the unit's reporter; nothing changes but by a correction."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.common.addresses import person_address
from handlers.common.filters import Pressed
from handlers.common.reply_language import words_pressed
from handlers.residents.public_answer import answer_to, slowed, view_of
from messages.notices import notices_of
from messages.residents.flags import FLAG, confirmed, read, taken
from messages.residents.view import View
from reporting.figures.flag import Doubted
from reporting.people import Address
from reporting.say import Say
from services.context import Context
from services.flag import doubted_in, flag_figure
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
    if (held := slowed(context, view, person_address(query.from_user))) is not None:
        return held
    return _flagged(context, view, doubted)


def flag_asked(context: Context, view: View, inquiry: Inquiry) -> list[Say]:
    """«Số ca mới xã Thọ Dân hôm nay sai rồi»: where just one figure is named, that one; else how it is done."""
    doubted = doubted_in(context, inquiry)
    return _flagged(context, view, doubted) if doubted is not None else answer_to(context, view, inquiry)


def _flagged(context: Context, view: View, doubted: Doubted) -> list[Say]:
    """That the unit is asked; of what it has confirmed as it stands, that; of what cannot be asked, whom to turn to."""
    flagged = flag_figure(context, doubted, view.to, view.words.language)
    if flagged is None:
        return answer_to(context, view, Inquiry("flag", "flag"))
    if flagged.state == "confirmed":
        return [confirmed(view, doubted)]
    return [taken(view, doubted), *notices_of(flagged.events, context.zone)]
