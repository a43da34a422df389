"""What every handler of a draft needs: the draft with what its rules read, who may fill it in, saving it, what is next."""

from dataclasses import replace

from handlers.common.context import Context
from messages.reporters.draft_words import say_what_is_next
from messages.reporters.task_words import already_sent
from reporting.errors import Refused
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import is_charged
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.rounds.periods import deadline
from reporting.say import Say
from reporting.translator import Translator
from storage.organisation import people
from storage.reports import drafts, reopening, reports
from storage.reports.filling import filling


def filling_of(turn: Context, draft: Draft, form: Form) -> Filling:
    """The draft with what its rules read."""
    return filling(turn.connection, draft, form, turn.local)


def keep(turn: Context, person: Person, filling: Filling) -> Filling:
    """Saves the filling's draft."""
    saved = drafts.save(turn.connection, filling.form, filling.draft, person.id, turn.now)
    return filling.with_draft(saved)


def go_on(turn: Context, person: Person, to: Address, filling: Filling, before: str = "", head: str = "") -> list[Say]:
    """Saves the draft and says what is next; `before`, and `head` above it: what else is to be said, as HTML."""
    filling = keep(turn, person, filling)
    drafts.shown(turn.connection, to, filling.draft.turn)
    return [say_what_is_next(filling, turn.unit(filling.draft.unit_id), to, turn.words(person), before, head)]


def shown_again(turn: Context, person: Person, to: Address, filling: Filling, why: str) -> list[Say]:
    """Says what the draft wants, which is as it was, and why: it was changed meanwhile, or something was not taken."""
    if filling.draft.state == "sent":
        return [Say(to, why)]
    drafts.shown(turn.connection, to, filling.draft.turn)
    return [say_what_is_next(filling, turn.unit(filling.draft.unit_id), to, turn.words(person), why)]


def marked(turn: Context, draft: Draft, says: list[Say]) -> list[Say]:
    """Every message of a practice report says that it is one."""
    if not draft.is_practice:
        return says
    note = turn.words(people.person_of(turn.connection, draft.practice))("practice_note")
    return [each if note in each.text else replace(each, text=f"{each.text}\n\n{note}") for each in says]


def noted(filling: Filling, to: Address, message_id: int, what: str) -> Filling:
    """Remembers which question a message answered («*»: several), so that the message can be edited."""
    heard = {**filling.draft.heard, f"{to.address}/{message_id}": what}
    return filling.with_draft(replace(filling.draft, heard=heard))


def charged(turn: Context, to: Address, draft: Draft, form: Form) -> Person | None:
    """The person at this address, if the draft is his to fill in."""
    person = turn.person(to)
    held = turn.duties(person)
    if person is not None and draft.is_practice and draft.practice != person.id:
        return None
    return person if is_charged(form, turn.unit(draft.unit_id), held, turn.tree) else None


def sent_away(turn: Context, to: Address) -> list[Say]:
    """Somebody whose duty has ended, or who never had one."""
    person = turn.person(to)
    if person is not None:
        drafts.go_to(turn.connection, to, None)
    return turn.not_authorised(to, turn.words(person))


def sent_already(turn: Context, draft: Draft, to: Address, words: Translator) -> Say:
    """That the draft's report has come, and who sent it: from now on that report is on the screen, and not what was asked."""
    person = turn.person(to)
    if person is not None:
        drafts.touch(turn.connection, draft.id, person.id, turn.now)
    drafts.shown(turn.connection, to, None)
    report = reports.newest(turn.connection, draft.form, draft.unit_id, draft.period)
    name = people.person_of(turn.connection, report.sent_by).name if report and report.sent_by else ""
    return already_sent(report, draft, report.sent_at.astimezone(turn.zone) if report else None, to, words, name)


def refuse_if_closed(turn: Context, person: Person, form: Form, draft: Draft) -> None:
    """Raises Refused when the report's time is over."""
    due = deadline(form.key, form.schedule, draft.unit_id, draft.period, turn.zone)
    if turn.now < due.closes_at or draft.is_practice:
        return
    closes_at = reopening.closes_at(turn.connection, due)
    if turn.now >= closes_at:
        time = closes_at.astimezone(turn.zone)
        raise Refused("report_closed", date=draft.period, time=time, contact=turn.contact(turn.words(person)))
