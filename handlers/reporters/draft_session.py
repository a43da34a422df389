"""What every handler of a draft says: what is next in it, that it is as it was, that it is another's, sent, or cannot be opened."""

from dataclasses import replace

from messages.reporters.draft_words import practice_note, refused_at, say_what_is_next
from messages.reporters.opening_words import opening_say
from messages.reporters.page_words import with_page
from messages.reporters.task_words import already_sent
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.opening import OpeningWanted
from reporting.people import Address, Person
from reporting.say import Say
from reporting.translator import Html, Translator
from services.context import Context
from services.draft_session import OtherHand, SentMeanwhile, leave_draft, put_on_screen, save_and_show
from services.open_report import NotOpened
from services.report_page import form_link
from storage.organisation import people


def go_on(
    context: Context, person: Person, to: Address, filling: Filling, before: str = "", head: str = ""
) -> list[Say]:
    """Saves the draft and says what is next; `before`, and `head` above it: what else is to be said, as HTML."""
    return [next_in(context, person, to, save_and_show(context, person, to, filling), before, head)]


def next_in(context: Context, person: Person, to: Address, filling: Filling, before: str = "", head: str = "") -> Say:
    """What is next in a draft as it stands; at its beginning with the way to its page, where there is one."""
    draft, words = filling.draft, context.words(person)
    said = say_what_is_next(filling, context.unit(draft.unit_id), to, words, before, head)
    if draft.answers or draft.is_practice or context.site is None:
        return said
    return with_page(said, form_link(context, person, draft.form, draft.unit_id, draft.period), words)


def shown_again(context: Context, person: Person, to: Address, filling: Filling, why: str) -> list[Say]:
    """Says what the draft wants, which is as it was, and why: it was changed meanwhile, or something was not taken."""
    if filling.draft.state == "sent":
        return [Say(to, why)]
    put_on_screen(context, to, filling)
    return [next_in(context, person, to, filling, why)]


def refused_again(context: Context, person: Person, to: Address, filling: Filling, why: str) -> list[Say]:
    """Why what was just said was not taken, with the open question in short."""
    full = shown_again(context, person, to, filling, why)
    return [refused_at(filling, each, why, context.words(person)) for each in full]


def marked(context: Context, draft: Draft, says: list[Say]) -> list[Say]:
    """Every message of a practice report says that it is one."""
    if not draft.is_practice:
        return says
    note = practice_note(draft, context.words(people.person_of(context.connection, draft.practice)))
    mark = note.partition(" – ")[0] if draft.is_trial else note
    return [each if mark in each.text else replace(each, text=f"{each.text}\n\n{note}") for each in says]


def sent_away(context: Context, to: Address) -> list[Say]:
    """Somebody whose duty has ended, or who never had one."""
    person = context.person(to)
    if person is not None:
        leave_draft(context, to)
    return context.not_authorised(to, context.words(person))


def sent_already(context: Context, sent: SentMeanwhile, to: Address, words: Translator) -> Say:
    """That the draft's report has come, and who sent it."""
    at = sent.report.sent_at.astimezone(context.zone) if sent.report is not None else None
    return already_sent(sent.report, sent.period, sent.draft, at, to, words, sent.sent_by)


def cannot_open(
    context: Context, found: SentMeanwhile | NotOpened | OpeningWanted, to: Address, words: Translator
) -> Say:
    """Why a report is not opened, or what is to be confirmed before."""
    if isinstance(found, OpeningWanted):
        return opening_say(found, to, words)
    if isinstance(found, SentMeanwhile):
        return sent_already(context, found, to, words)
    period, time = (
        found.task.form.period(found.task.period),
        found.at.astimezone(context.zone) if found.at is not None else None,
    )
    if found.why == "not expected":
        contact = context.contact(words)
        return Say(to, words("report_not_expected", unit=found.task.unit.title, period=period, contact=contact))
    if found.why == "not open yet":
        return Say(to, words("report_not_open", period=period, time=time))
    return Say(to, words("report_closed", period=period, time=time, contact=context.contact(words)))


def who_else(context: Context, other: OtherHand | None, words: Translator) -> Html | str:
    """That somebody else has just been at the same draft."""
    if other is None:
        return ""
    return words("draft_shared", name=other.person.name, time=other.touched_at.astimezone(context.zone).time())


def moved_meanwhile(context: Context, other: OtherHand | None, words: Translator) -> Html:
    """That the draft has been changed, and by whom."""
    return Html(f"{words('draft_moved')} {who_else(context, other, words)}")
