"""An admin sends a list of units, groups or mergers: he sees what it does, and confirms by a button or a typed word."""

from collections.abc import Sequence

from handlers.reporters.excel import MEGABYTES, NOT_FETCHED, awaits_file
from messages.admins.unit_words import mistakes_say, units_say
from messages.notices import notices_of
from reporting.access import Actor
from reporting.effects import Effect, FetchFile
from reporting.errors import Refused
from reporting.filling.workbooks import LARGEST
from reporting.incoming import Incoming, Message, SharedFile, Tap
from reporting.presses.admins import ChangeUnits
from reporting.say import Say
from reporting.typed_buttons import fold_typed, keys_typed
from reporting.unit_tables import MOST_ROWS_IN_CHAT, last_row, table_kind, table_of_cells
from services import unit_files
from services.context import Context
from services.unit_files import ShownFile

ENDINGS = (".xlsx", ".csv")


def take(message: Message, context: Context) -> Sequence[Effect] | None:
    """A table from an admin is fetched first; one that is no list of units is left to others."""
    sent, actor = message.shared, _admin(message, context)
    if actor is None or not isinstance(sent, SharedFile) or sent.kind != "document":
        return None
    name = sent.file.file_name
    if not name.lower().endswith(ENDINGS) or message.is_forwarded or awaits_file(context, message.chat):
        return None
    words = context.words(actor.person)
    why_not = "too big" if sent.file.size > LARGEST else sent.not_fetched
    if why_not and not name.lower().endswith(".xlsx"):
        return [Say(message.chat, words(NOT_FETCHED.get(why_not, "excel_not_fetched"), n=MEGABYTES))]
    if not why_not and not sent.is_read and sent.again is not None:
        return [FetchFile(message.chat, sent.file.file_id, sent.again, whole=True)]  # it may be a form
    text = table_of_cells(sent.cells or {})
    if table_kind(text) is None:
        return None
    if last_row(sent.cells or {}) >= MOST_ROWS_IN_CHAT:
        return [Say(message.chat, words("units_file_long", n=MOST_ROWS_IN_CHAT - 1))]
    try:
        return _said(unit_files.show_file(context, actor, message.chat, name, text), message, context)
    except Refused as refused:
        return [mistakes_say(refused, message.chat, words)]


def answer_typed(message: Message, context: Context) -> Sequence[Effect] | None:
    """«thực hiện», «thôi», where a file waits for it."""
    language = context.words_for(message).language
    said = keys_typed(language, "units_typed_do", "units_typed_do_not").get(fold_typed(message.said))
    if said is None or not unit_files.is_waiting(context, message.chat):
        return None
    actor = _admin(message, context)
    return _answer(message, actor, context, is_wanted=said == "units_typed_do") if actor is not None else None


def answer_pressed(tap: Tap, press: ChangeUnits, context: Context) -> Sequence[Effect]:
    """«Thực hiện», «Thôi, không ghi»."""
    actor = _admin(tap, context)
    if actor is None:
        return context.not_authorised(tap.chat, context.words_for(tap), "units")
    return _answer(tap, actor, context, is_wanted=bool(press.is_wanted), file_id=press.file_id)


def _answer(
    incoming: Incoming, actor: Actor, context: Context, *, is_wanted: bool, file_id: int | None = None
) -> Sequence[Effect]:
    words = context.words(actor.person)
    if not is_wanted:
        unit_files.drop_file(context, incoming.chat)
        return [Say(incoming.chat, words("units_left"))]
    try:
        shown = unit_files.confirm_file(context, actor, incoming.chat, file_id)
    except Refused as refused:
        return [mistakes_say(refused, incoming.chat, words)]
    return _said(shown, incoming, context)


def _said(shown: ShownFile, incoming: Incoming, context: Context) -> list[Effect]:
    """The differences; and where they are written, the words for everybody whom they concern."""
    words, to = context.words_for(incoming), incoming.chat
    said: list[Effect] = [Say(to, words("units_changed_meanwhile"))] if shown.is_otherwise else []
    said.append(units_say(shown.done, to, words, context.today, file_id=shown.file_id, file=shown.name))
    if shown.file_id is None:
        said += notices_of(shown.done.events, context.zone)
    return said


def _admin(incoming: Incoming, context: Context) -> Actor | None:
    """Whoever sends it, if he is an admin of anything, in his own chat."""
    person = context.person(incoming.chat) if incoming.is_private else None
    duties = context.duties(person, "admin")
    return Actor(person, tuple(duties)) if person is not None and duties else None
