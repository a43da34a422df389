"""What somebody does on a report's page, and what he is shown then: each is the use case that a chat calls too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from json import dumps
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from bot.web.desk_page.visit import as_read
from bot.web.report_page.content import Shown
from bot.web.report_page.left_over import fields_left, stands_of
from bot.web.report_page.sent_fields import fields_gone
from handlers.reporters.draft_session import cannot_open, who_else
from messages.notices import notices_of
from messages.reporters.page_words import with_page
from messages.reporters.reasons import reason_in
from messages.reporters.receipt_words import receipt
from messages.reporters.review_words import WHYS, corrections
from reporting.errors import NotUnderstood, Refusal
from reporting.filling import fast
from reporting.filling.moves import Filling
from reporting.filling.opening import OpeningWanted
from reporting.filling.sheet import Entered, Field, enter_fields
from reporting.forms import Form
from reporting.say import Say
from reporting.translator import Html, Translator, translator
from services.draft_session import SentMeanwhile, other_hand
from services.open_report import NotOpened
from services.report_page import (
    AtPage,
    correct_on_page,
    form_link,
    open_page,
    report_standing,
    returned_here,
    save_page,
    send_page,
)
from services.submit_report import Accepted, AskWhetherSame, NeedsReason, Overtaken, Practised, StillOpen
from storage.organisation.report_page_sessions import FormSession

FAST: Mapping[str, Callable[[Filling], Filling]] = {"same": fast.keep_all, "zeros": fast.zeros, "quiet": fast.quiet}
Read = Callable[[Form], Mapping[str, Field]]


@dataclass(frozen=True, slots=True)
class Acted:
    """What is shown. `state`: «open», «saved», «wrong» where something was not taken, «sent»; `effects`: what others are told."""

    template: str
    state: str
    content: Mapping[str, Any]
    status: int = 200
    effects: Sequence[Say] = field(default=())


def look_at_page(at: AtPage, session: FormSession) -> Acted:
    """The page as it stands."""
    opened = open_page(at)
    if not isinstance(opened, Filling):
        return _closed(at, session, opened)
    return _sheet(at, Shown(opened, _words(at), other=_other(at, opened)), "open")


def _other(at: AtPage, filling: Filling) -> Markup | None:
    """Who else was at it just now."""
    said = who_else(at.context, other_hand(at.context, filling.draft, at.person), _words(at))
    return as_read(said) if said else None


def act_on_page(at: AtPage, session: FormSession, held: str, read: Read, asked: Mapping[str, str]) -> Acted:
    """What was typed is taken, and what the button says is done."""
    wanted, words = asked.get("do", ""), _words(at)
    if wanted == "correct" and not session.sent:
        return _correct(at, session)
    opened = open_page(at)
    if session.sent or not isinstance(opened, Filling):
        return _closed(at, session, opened, typed=read(at.task.form))
    fields, filling, other = read(opened.form), opened, _other(at, opened)
    gone = fields_gone(opened.form, asked)
    entered = enter_fields(opened, fields, words, reason_in)
    try:
        filling = save_page(at, entered)
        if wanted in FAST:
            filling = save_page(at, Entered(FAST[wanted](filling), {}, {}, {}, is_changed=True))
        shown = Shown(filling, words, entered, fields, other=other, is_sending=wanted in ("send", "sure"))
        if gone:
            return _sheet(at, shown, "wrong", words("sheet_gone", n=gone))
        if not shown.is_sending or not entered.is_clear:
            return _sheet(at, shown, "saved" if entered.is_clear else "wrong")
        return _send(at, session, held, shown, asked)
    except Refusal as refused:
        return _sheet(at, Shown(filling, words, entered, fields, other=other), "wrong", words.refusal(refused))


def _send(at: AtPage, session: FormSession, held: str, shown: Shown, asked: Mapping[str, str]) -> Acted:
    words, filling = shown.words, shown.filling
    typed, reason = asked.get("reason", "").strip(), ""
    if filling.draft.correcting and typed:
        try:
            reason = reason_in(typed, filling.awaiting_reason())
        except NotUnderstood as why:
            return _sheet(at, shown, "wrong", words.refusal(why), reason=typed)
    outcome = send_page(at, filling, held, reason, asked["do"] == "sure")
    match outcome:
        case Accepted(report=report, filling=sent):
            of = (report, sent, at.task.unit, at.context.local, at.person.address)
            told, in_chat = receipt(*of, words), translator(words.language)
            link = form_link(at.context, at.person, report.form, report.unit_id, report.period)
            others = notices_of(outcome.events, at.context.zone)
            said = with_page(receipt(*of, in_chat), link, in_chat, is_sent=True)
            return replace(_shut(at, as_read(told.text), {}), effects=(said, *others))
        case AskWhetherSame(filling=same, periods=periods):
            ask = words("sheet_same", n=periods)
            return _sheet(at, replace(shown, filling=same), "wrong", ask, is_same=True)
        case NeedsReason(filling=waits):
            return _sheet(at, replace(shown, filling=waits), "wrong", words("sheet_reason_needed"))
        case Overtaken(by=other):
            return _closed(at, session, other)
        case StillOpen(filling=still):
            return _sheet(at, replace(shown, filling=still), "wrong")
        case Practised():
            raise ValueError("nobody practises on a page")


def _correct(at: AtPage, session: FormSession) -> Acted:
    words = _words(at)
    try:
        return _sheet(at, Shown(correct_on_page(at), words), "open")
    except Refusal as refused:
        return _closed(at, session, open_page(at), words.refusal(refused))


def _sheet(
    at: AtPage, shown: Shown, state: str, said: Html | str = "", *, reason: str = "", is_same: bool = False
) -> Acted:
    """The page with its fields."""
    filling, words = shown.filling, shown.words
    returned = returned_here(at) if filling.draft.correcting else None
    if returned is not None and not filling.judging.open:
        shown = replace(shown, only=_asked_of(filling, returned.figures))
    items = list(shown.items())
    wrong = [each for each in items if each["kind"] == "question" and (each["wrong"] or each["clash"])]
    wrong += [
        each
        for each in items
        if each["kind"] == "question"
        and each not in wrong
        and each["doubt"]
        and not each["reason_knew"]
        and shown.is_sending
    ]
    content = {
        "items": items,
        "wrong": wrong if shown.is_sending or state == "wrong" else [],
        "said": as_read(said) if said else None,
        "other": shown.other,
        "state": state,
        "saved_at": words.show(at.context.local.time().replace(second=0, microsecond=0)),
        "ways": shown.ways(),
        "is_same": is_same,
        "correcting": filling.draft.correcting,
        "changes": [as_read(each) for each in corrections(filling, words)] if filling.draft.correcting else [],
        "reason": reason,
        "whys": [words.plain(key) for key in WHYS],
        "comments": [each.comment for each in returned.returns] if returned is not None else [],
        "left": len(filling.judging.open),
    }
    return Acted("sheet.html", state, content, 200 if state != "wrong" else 422)


def _asked_of(filling: Filling, figures: Sequence[str]) -> tuple[str, ...]:
    asked = {question.name for question in filling.asked}
    return tuple(each for each in figures if each in asked)


def _closed(
    at: AtPage,
    session: FormSession,
    found: Filling | SentMeanwhile | NotOpened | OpeningWanted,
    said: Html | str = "",
    typed: Mapping[str, Field] = MappingProxyType({}),
) -> Acted:
    """It is not open: sent already, or not yet, or closed; or this link has sent its report. `typed`: what came all the same."""
    words, is_sent = _words(at), isinstance(found, SentMeanwhile)
    told = said or _receipt_again(at, session)
    if not told and isinstance(found, Filling):
        told = words("sheet_sent_once")
    elif not told and not isinstance(found, Filling):
        told = cannot_open(at.context, found, at.to, words).text
    may_correct = is_sent and not said and not session.sent
    return _shut(at, as_read(told), typed, may_correct=may_correct)


def _shut(at: AtPage, told: Markup, typed: Mapping[str, Field], *, may_correct: bool = False) -> Acted:
    """What was typed and is not in the report is named: nobody is to believe that it was taken."""
    words = _words(at)
    stands = stands_of(report_standing(at)[0], words)
    left = [stands[name][1] for name in fields_left(stands, typed)]
    content = {"told": told, "may_correct": may_correct, "left": ", ".join(left), "stands": dumps(stands)}
    return Acted("closed.html", "sent", content)


def _receipt_again(at: AtPage, session: FormSession) -> Html | str:
    """What this link has sent, as long as it stands: an answer may have been lost on its way."""
    if not session.sent:
        return ""
    stands, report = report_standing(at)
    if report is None or report.number != session.sent:
        return ""
    sent_at = report.sent_at.astimezone(at.context.zone)
    return Html(receipt(report, stands, at.task.unit, sent_at, at.to, _words(at)).text)


def _words(at: AtPage) -> Translator:
    return translator(at.person.language).on_sheet
