"""Leaders ask for the page before a meeting, print it, and open what waits on it: /giaoban."""

from collections.abc import Callable, Mapping

from handlers.admins import undelivered
from handlers.common import propose_indicator
from handlers.leaders.approve import approvals_waiting
from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    inquired,
    place,
    told_in_place,
    units_meant,
    without_ending,
)
from messages.briefings.briefing_page import briefing_page, briefing_say, printed_page
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.presses.leaders import OpenList, PrintBriefing, ShowBriefing
from reporting.say import Say
from reporting.units import Unit
from services.context import Context
from services.read_briefing import keep_briefing, kept_briefing, read_briefing


def show_briefing(message: Message, context: Context) -> list[Say]:
    """/giaoban [unit] [«in»]: the page of everybody's own subtree, or of the unit that is named; «in» is the page to print."""
    asker = asker_of(context, message, "digest")
    typed, to_print = without_ending(message.arguments, asker.words.plain("briefing_typed_print").split(";"))
    units = units_meant(context, asker, inquired(context, typed, asker.duties), "digest")
    return told_in_place(asker, [_page(context, asker, unit, to_print=to_print) for unit in units])


def briefing_pressed(tap: Tap, press: ShowBriefing, context: Context) -> list[Say]:
    """«Giao ban» under a digest."""
    asker = asker_of(context, tap, "digest")
    if not context.tree.has(press.unit_id):
        raise Refused("button_unknown_to_us")
    return told_in_place(asker, [_page(context, asker, context.unit(press.unit_id))])


def print_pressed(tap: Tap, press: PrintBriefing, context: Context) -> list[Say]:
    """«Bản in (PDF)»: the page as it was kept."""
    asker = asker_of(context, tap, "digest")
    kept = kept_briefing(context, asker.actor, press.briefing_id)
    return told_in_place(asker, [printed_page(kept, place(context, asker, context.unit(kept.unit_id)), asker.words)])


def _page(context: Context, asker: Asker, unit: Unit, *, to_print: bool = False) -> Say:
    """The page as things are now, kept as it is shown."""
    made = briefing_page(read_briefing(context, asker.actor, unit), asker.words)
    kept, to = keep_briefing(context, asker.actor, made.content), place(context, asker, unit)
    return printed_page(made.content, to, asker.words) if to_print else briefing_say(made, kept, to, asker.words)


LISTS: Mapping[str, Callable[[Context, Asker], list[Say]]] = {
    "approvals": approvals_waiting,
    "proposals": lambda context, asker: propose_indicator.proposals_waiting(context, asker.person, asker.to),
    "undelivered": lambda context, asker: undelivered.list_undelivered(context, asker.to),
}


def list_pressed(tap: Tap, press: OpenList, context: Context) -> list[Say]:
    """What waits for whoever taps."""
    asker = asker_of(context, tap, press.of)
    if press.of not in LISTS:
        raise Refused("button_unknown_to_us")
    return told_in_place(asker, LISTS[press.of](context, asker))
