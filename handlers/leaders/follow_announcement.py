"""What its sender does with an announcement that is out: he sees who has acknowledged, reminds, edits, recalls, takes the evidence."""

from handlers.leaders.announcement_receivers import put_notices, receivers_apart
from handlers.leaders.leader_access import Asker, asker_of
from messages.leaders.follow_announcement_words import (
    announcements_list,
    evidence_say,
    recall_sure_say,
    standing_of_announcement,
)
from reporting.announcement import Announcement, not_acknowledged
from reporting.incoming import Message, Tap
from reporting.presses.leaders import AnnouncementPress
from reporting.say import Say
from reporting.typed_buttons import phrase_said
from services.announce import ASKED
from services.context import Context
from services.follow_announcement import (
    announcement_known,
    announcements_known,
    bring_each_up_to_date,
    edit_announcement,
    recall_announcement,
    remind_each,
    with_receipts,
)
from storage.messages import receipts
from storage.organisation import people

LIST = "typed_announcement_list"
MOST_LISTED = 10
MOST_DIGITS = 9
OF_NUMBER = {
    "typed_announcement_remind": "remind",
    "typed_announcement_edit": "edit",
    "typed_announcement_recall": "recall",
    "typed_announcement_evidence": "evidence",
}
_SURE = "typed_announcement_sure"


def follow_command(message: Message, asker: Asker, context: Context) -> list[Say] | None:
    """/thongbao danh sách, /thongbao 12 [nhắc, sửa …, thu hồi, bằng chứng]; None where a new one is to be written."""
    text = message.arguments.strip()
    if phrase_said(text, (LIST,)) == (LIST, ""):
        return [_listed(context, asker)]
    number, _, rest = text.lstrip("#").partition(" ")
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return None
    found = phrase_said(rest, tuple(OF_NUMBER))
    if rest.strip() and found is None:
        return None
    move, behind = (OF_NUMBER[found[0]], found[1]) if found is not None else ("who", "")
    return _done(context, asker, int(number), move, behind)


def followed_pressed(tap: Tap, press: AnnouncementPress, context: Context) -> list[Say]:
    """The buttons under one that was set or sent."""
    asker = asker_of(context, tap, "announce")
    return _done(context, asker, press.announcement_id, press.move, "")


def edit_typed(message: Message, context: Context) -> list[Say] | None:
    """What it is to say instead, after «Sửa»; None where that is not asked."""
    person = context.person(message.chat)
    if person is None or not person.asked.startswith(f"{ASKED}edit ") or not message.said.strip():
        return None
    asker = asker_of(context, message, "announce")
    number = int(person.asked.rpartition(" ")[2])
    if phrase_said(message.said, ("typed_announcement_drop",)) == ("typed_announcement_drop", ""):
        people.ask(context.connection, message.chat, "")
        return [Say(asker.home, asker.words("announcement_edit_dropped", number=str(number)))]
    return _done(context, asker, number, "edit", message.said.strip())


def _done(context: Context, asker: Asker, number: int, move: str, typed: str) -> list[Say]:
    found = announcement_known(context, asker.actor, number)
    match move:
        case "remind":
            return _reminded(context, asker, found)
        case "edit":
            return _edited(context, asker, found, typed)
        case "recall" if not typed:
            return [recall_sure_say(found, asker.home, asker.words)]
        case "recall" if phrase_said(typed, (_SURE,)) is None:
            return [_shown(context, asker, found)]
        case "recall" | "sure":
            return _recalled(context, asker, found)
        case "evidence":
            return [_evidence(context, asker, found)]
    return [_shown(context, asker, found)]


def _shown(context: Context, asker: Asker, of: Announcement) -> Say:
    told = with_receipts(context.connection, context.tree, of)
    return standing_of_announcement(of, told.receipts, told.units, context.now, context.zone, asker.home, asker.words)


def _evidence(context: Context, asker: Asker, of: Announcement) -> Say:
    told = with_receipts(context.connection, context.tree, of)
    return evidence_say(of, told.receipts, told.units, context.now, context.zone, asker.home, asker.words)


def _listed(context: Context, asker: Asker) -> Say:
    found = []
    for each in announcements_known(context, asker.actor)[:MOST_LISTED]:
        went = receipts.receipts_of(context.connection, each.id)
        found.append((each, len(went) - len(not_acknowledged(went)), len(went)))
    return announcements_list(found, asker.home, asker.words)


def _reminded(context: Context, asker: Asker, of: Announcement) -> list[Say]:
    put, parts = put_notices(context), receivers_apart()
    told = remind_each(context.connection, context.tree, of, context.now, context.today, put, parts, asker.person.id)
    key = "announcement_reminded" if told else "announcement_reminded_nobody"
    return [Say(asker.home, asker.words(key, n=told, number=str(of.id)))]


def _edited(context: Context, asker: Asker, of: Announcement, typed: str) -> list[Say]:
    if not typed:
        people.ask(context.connection, asker.home, f"{ASKED}edit {of.id}")
        return [Say(asker.home, asker.words("announcement_ask_edit", number=str(of.id)))]
    made = edit_announcement(context, asker.actor, of.id, typed)
    people.ask(context.connection, asker.home, "")
    told = _brought_up_to_date(context, made)
    return [Say(asker.home, asker.words("announcement_edited", number=str(of.id), n=told))]


def _recalled(context: Context, asker: Asker, of: Announcement) -> list[Say]:
    made = recall_announcement(context, asker.actor, of.id)
    told = _brought_up_to_date(context, made)
    return [Say(asker.home, asker.words("announcement_recalled", number=str(of.id), n=told))]


def _brought_up_to_date(context: Context, of: Announcement) -> int:
    """Whoever has another edition is given this one; how many."""
    put, parts = put_notices(context), receivers_apart()
    return bring_each_up_to_date(context.connection, context.tree, of, context.today, put, parts)
