"""/thongbao: a leader or the desk writes an announcement: for whom, what it says, when it leaves; he looks at it and sends it."""

from handlers.leaders.announcement_receivers import put_notices, receivers_apart
from handlers.leaders.follow_announcement import follow_command, followed_pressed
from handlers.leaders.leader_access import Asker, asker_of, inquired, units_meant
from messages.leaders.announcement_words import ask_text_say, control_say
from messages.leaders.follow_announcement_words import announcement_sent_say
from messages.reporters.announced_words import announced_say
from reporting.announcement import Announcement, Audience, Whom
from reporting.answers import GeoPoint
from reporting.errors import NotUnderstood, Refused
from reporting.events.announcements import Announced
from reporting.incoming import Message, Tap
from reporting.presses.leaders import AnnouncementPress
from reporting.say import ChannelFile, Rank, Say
from reporting.typed_buttons import phrase_said
from services.announce import (
    ASKED,
    address_announcement,
    ask_announcement,
    departure,
    drop_draft,
    send_announcement,
    set_deadline,
    set_hour,
    start_announcement,
    stop_announcing,
    write_announcement_text,
)
from services.context import Context
from services.named_periods import scheduled
from services.send_announcement import SentOut, put_to_each, reach_of
from understanding.hours_ahead import moment_ahead

OF_WHOM: dict[str, Whom] = {
    "typed_announcement_reporters": "reporters",
    "typed_announcement_chairs": "chairs",
    "typed_announcement_all": "all",
    "typed_announcement_missing": "missing",
}
_MOVES = {
    "typed_announcement_send": "send",
    "typed_announcement_hour": "hour",
    "typed_announcement_due": "due",
    "typed_announcement_anew": "anew",
    "typed_announcement_drop": "drop",
    "typed_announcement_for": "for",
}
WRITING_MOVES = ("send", "hour", "due", "anew", "drop", *OF_WHOM.values())
_NONE = ("typed_announcement_none",)


def announce_command(message: Message, context: Context) -> list[Say]:
    """/thongbao [for whom][: what]: begins one; with a number it tells of that one; «danh sách» lists them."""
    asker = asker_of(context, message, "announce")
    told = follow_command(message, asker, context)
    if told is not None:
        return told
    head, text = _head_and_text(message.arguments)
    audience = _audience(context, asker, head)
    made = start_announcement(context, asker.actor, message.chat, audience)
    if text:
        return _written(context, asker, text, None)
    return [_asked(context, asker, made)]


def announcement_typed(message: Message, context: Context) -> list[Say] | None:
    """What is typed while one is being written: its text, its hour or deadline, or what a button says; None where none is."""
    person = context.person(message.chat)
    if person is None or not person.asked.startswith(ASKED):
        return None
    step = person.asked.removeprefix(ASKED)
    if step.startswith("edit"):
        return None
    asker = asker_of(context, message, "announce")
    file, text = _file_of(message)
    if file is None and not text:
        return None
    found = phrase_said(text, tuple(_MOVES)) if file is None else None
    move, rest = (_MOVES[found[0]], found[1]) if found is not None else ("", "")
    if move == "drop" and not rest:
        return _moved(context, asker, "drop", None)
    if step in ("hour", "due"):
        return _timed(context, asker, step, rest if move == step else text)
    if step == "text" and not (move == "for" and _whom_of(rest)[0] is not None):
        return _written(context, asker, text, file)
    if move and (move in ("hour", "due", "for") or not rest):
        return _said(context, asker, move, rest)
    return None


def announcement_interrupted(message: Message, context: Context) -> None:
    """A command came between: what is typed after it is for no announcement."""
    person = context.person(message.chat)
    if person is not None:
        stop_announcing(context, person, message.chat)


def announcement_pressed(tap: Tap, press: AnnouncementPress, context: Context) -> list[Say]:
    """The buttons under what is being written, and under what was sent."""
    if press.move not in WRITING_MOVES:
        return followed_pressed(tap, press, context)
    asker = asker_of(context, tap, "announce")
    return _moved(context, asker, press.move, press.announcement_id, press.form)


def _head_and_text(arguments: str) -> tuple[str, str]:
    """For whom, and what stands behind a colon or on the next lines."""
    first, _, more = arguments.partition("\n")
    head, colon, rest = first.partition(":")
    return head.strip(), (rest.strip() + "\n" + more.strip()).strip() if colon or more else ""


def _whom_of(text: str) -> tuple[Whom | None, str]:
    """Which people are named, and what is said behind: the units."""
    found = phrase_said(text, tuple(OF_WHOM))
    return (OF_WHOM[found[0]], found[1]) if found is not None else (None, text)


def _audience(context: Context, asker: Asker, head: str) -> Audience:
    """For whom, as typed: the reporters of his units where nothing is."""
    named = phrase_said(head, ("typed_announcement_for",))
    whom, rest = _whom_of(named[1] if named is not None else head)
    behind = phrase_said(rest, ("typed_announcement_of",))
    form = ""
    if whom == "missing":
        form, rest = _form_of(context, behind[1] if behind is not None else rest)
    inquiry = inquired(context, behind[1] if behind is not None and form == "" else rest, asker.duties)
    units = units_meant(context, asker, inquiry, "announce")
    return Audience(whom or "reporters", tuple(each.id for each in units), form)


def _form_of(context: Context, text: str) -> tuple[str, str]:
    """The key of the form whose reports are missing, the first where none is named by its key, and the text without it."""
    forms = scheduled(context)
    named = next((each for each in forms if each.key in text.split()), None)
    if not forms:
        raise Refused("announcement_no_form")
    rest = " ".join(word for word in text.split() if named is None or word != named.key)
    return (named or forms[0]).key, rest


def _file_of(message: Message) -> tuple[ChannelFile | None, str]:
    """The file that was sent, if one was, and the words."""
    shared = message.shared
    if shared is None or isinstance(shared, GeoPoint):
        return None, (message.text or "").strip()
    file = shared.file
    return ChannelFile(shared.kind, message.chat.channel, file.file_id, file.file_name), shared.caption.strip()


def _asked(context: Context, asker: Asker, made: Announcement) -> Say:
    reach = reach_of(context.connection, context.tree, made, context.now, context.zone)
    units = [context.unit(each) for each in made.audience.unit_ids]
    return ask_text_say(made, units, reach.reached, scheduled(context), asker.home, asker.words)


def _written(context: Context, asker: Asker, text: str, file: ChannelFile | None) -> list[Say]:
    return _preview(context, asker, write_announcement_text(context, asker.person, asker.home, text, file))


def _preview(context: Context, asker: Asker, made: Announcement) -> list[Say]:
    """As its receivers will see it, and under it what can be done."""
    seat = context.unit(made.seat_id)
    seen = announced_say(Announced(asker.person, asker.person, seat, made), context.zone, Rank.REPLY)
    reach = reach_of(context.connection, context.tree, made, context.now, context.zone)
    units = [context.unit(each) for each in made.audience.unit_ids]
    reached = (reach.reached, reach.unreachable, reach.nobody)
    leaves = (departure(context, made), context.now)
    control = control_say(made, units, reached, leaves, scheduled(context), context.zone, asker.home, asker.words)
    return [seen, control]


def _said(context: Context, asker: Asker, move: str, rest: str) -> list[Say]:
    """What was typed under the preview."""
    if move == "for":
        whom, behind = _whom_of(rest)
        if whom is None:
            raise NotUnderstood("announcement_whom_how")
        form = _form_of(context, behind)[0] if whom == "missing" else ""
        return _addressed(context, asker, whom, form, None)
    return _timed(context, asker, move, rest) if rest else _moved(context, asker, move, None)


def _timed(context: Context, asker: Asker, step: str, text: str) -> list[Say]:
    """Its hour or its deadline, as typed."""
    is_none = phrase_said(text, _NONE) == (_NONE[0], "")
    at = moment_ahead(text, context.local)
    if at is None and not is_none:
        raise NotUnderstood("announcement_when_how")
    put = set_hour if step == "hour" else set_deadline
    return _preview(context, asker, put(context, asker.person, asker.home, None if is_none else at))


def _moved(context: Context, asker: Asker, move: str, number: int | None, form: str = "") -> list[Say]:
    words, to = asker.words, asker.home
    whom = next((each for each in OF_WHOM.values() if each == move), None)
    if whom is not None:
        return _addressed(context, asker, whom, form, number)
    match move:
        case "send":
            return _sent(context, asker, number)
        case "hour":
            ask_announcement(context, asker.person, to, "hour", number)
            return [Say(to, words("announcement_ask_hour"))]
        case "due":
            ask_announcement(context, asker.person, to, "due", number)
            return [Say(to, words("announcement_ask_due"))]
        case "anew":
            ask_announcement(context, asker.person, to, "text", number)
            return [Say(to, words("announcement_ask_text"))]
        case _:
            drop_draft(context, asker.person, to, number)
            return [Say(to, words("announcement_dropped"))]


def _addressed(context: Context, asker: Asker, whom: Whom, form: str, number: int | None) -> list[Say]:
    made = address_announcement(context, asker.actor, asker.home, whom, form, number)
    return _preview(context, asker, made) if made.text else [_asked(context, asker, made)]


def _sent(context: Context, asker: Asker, number: int | None) -> list[Say]:
    """It leaves; or is set for its hour."""
    found = send_announcement(context, asker.actor, asker.home, number)
    if not isinstance(found, SentOut):
        return [announcement_sent_say(found, 0, context.zone, asker.home, asker.words)]
    made, parts = found.announcement, receivers_apart()
    put = put_to_each(context.connection, made, found.events, put_notices(context), parts)
    lacking = len(found.events) - put
    return [announcement_sent_say(made, put, context.zone, asker.home, asker.words, lacking=lacking)]
