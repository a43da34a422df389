"""What every handler of a draft needs: the draft with what its rules read, who may fill it in, saving it, what is next."""

from dataclasses import replace

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
from services.context import Context
from storage.organisation import people
from storage.reports import drafts, reopening, reports
from storage.reports.filling import filling


def filling_of(context: Context, draft: Draft, form: Form) -> Filling:
    """The draft with what its rules read."""
    return filling(context.connection, draft, form, context.local)


def keep(context: Context, person: Person, filling: Filling) -> Filling:
    """Saves the filling's draft."""
    saved = drafts.save(context.connection, filling.form, filling.draft, person.id, context.now)
    return filling.with_draft(saved)


def go_on(
    context: Context, person: Person, to: Address, filling: Filling, before: str = "", head: str = ""
) -> list[Say]:
    """Saves the draft and says what is next; `before`, and `head` above it: what else is to be said, as HTML."""
    filling = keep(context, person, filling)
    drafts.shown(context.connection, to, filling.draft.turn)
    return [say_what_is_next(filling, context.unit(filling.draft.unit_id), to, context.words(person), before, head)]


def shown_again(context: Context, person: Person, to: Address, filling: Filling, why: str) -> list[Say]:
    """Says what the draft wants, which is as it was, and why: it was changed meanwhile, or something was not taken."""
    if filling.draft.state == "sent":
        return [Say(to, why)]
    drafts.shown(context.connection, to, filling.draft.turn)
    return [say_what_is_next(filling, context.unit(filling.draft.unit_id), to, context.words(person), why)]


def marked(context: Context, draft: Draft, says: list[Say]) -> list[Say]:
    """Every message of a practice report says that it is one."""
    if not draft.is_practice:
        return says
    note = context.words(people.person_of(context.connection, draft.practice))("practice_note")
    return [each if note in each.text else replace(each, text=f"{each.text}\n\n{note}") for each in says]


def noted(filling: Filling, to: Address, message_id: int, what: str) -> Filling:
    """Remembers which question a message answered («*»: several), so that the message can be edited."""
    heard = {**filling.draft.heard, f"{to.address}/{message_id}": what}
    return filling.with_draft(replace(filling.draft, heard=heard))


def charged(context: Context, to: Address, draft: Draft, form: Form) -> Person | None:
    """The person at this address, if the draft is his to fill in."""
    person = context.person(to)
    held = context.duties(person)
    if person is not None and draft.is_practice and draft.practice != person.id:
        return None
    return person if is_charged(form, context.unit(draft.unit_id), held, context.tree) else None


def sent_away(context: Context, to: Address) -> list[Say]:
    """Somebody whose duty has ended, or who never had one."""
    person = context.person(to)
    if person is not None:
        drafts.go_to(context.connection, to, None)
    return context.not_authorised(to, context.words(person))


def sent_already(context: Context, draft: Draft, to: Address, words: Translator) -> Say:
    """That the draft's report has come, and who sent it: from now on that report is on the screen, and not what was asked."""
    person = context.person(to)
    if person is not None:
        drafts.touch(context.connection, draft.id, person.id, context.now)
    drafts.shown(context.connection, to, None)
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    name = people.person_of(context.connection, report.sent_by).name if report and report.sent_by else ""
    return already_sent(report, draft, report.sent_at.astimezone(context.zone) if report else None, to, words, name)


def refuse_if_closed(context: Context, person: Person, form: Form, draft: Draft) -> None:
    """Raises Refused when the report's time is over."""
    due = deadline(form.key, form.schedule, draft.unit_id, draft.period, context.zone)
    if context.now < due.closes_at or draft.is_practice:
        return
    closes_at = reopening.closes_at(context.connection, due)
    if context.now >= closes_at:
        time = closes_at.astimezone(context.zone)
        raise Refused("report_closed", date=draft.period, time=time, contact=context.contact(context.words(person)))
