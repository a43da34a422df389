"""A resident doubts a figure: equal doubts become one question to the unit's reporter; nothing changes but by a correction."""

from handlers.residents.public_answer import answer_to, slowed, view_under
from messages.notices import notices_of
from messages.residents.flags import confirmed, doubt_taken, read_doubted
from messages.residents.view import View
from reporting.figures.flag import Doubted
from reporting.incoming import Tap
from reporting.presses.residents import FlagPress
from reporting.say import Say
from services.context import Context
from services.flag import doubted_in, flag_figure
from understanding import Inquiry


def flag(tap: Tap, press: FlagPress, context: Context) -> list[Say]:
    """«Số này chưa đúng?»"""
    view = view_under(context, tap)
    try:
        doubted = read_doubted(press.parts, view)
    except (ValueError, KeyError):
        return [Say(view.to, view.words("button_unknown_to_us"))]
    if tap.is_group or doubted.period > context.today:
        return [Say(view.to, view.words("button_unknown_to_us"))]
    if (held := slowed(context, view, tap)) is not None:
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
    return [doubt_taken(view, doubted), *notices_of(flagged.events, context.zone)]
