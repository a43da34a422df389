"""The desk corrects a report, after closing too: /dieuchinh <number> <figures>, lý do: <why>."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.common.addresses import address_of, language_of
from handlers.reporters.draft_session import filling_of
from handlers.reporters.edits import explained, said
from handlers.reporters.submit_report import accepted
from messages.reporters.batch_words import taken
from messages.reporters.draft_words import refusal
from messages.reporters.review_words import corrections, receipt
from reporting.errors import Refusal, Refused
from reporting.filling.fast import together
from reporting.filling.moves import Filling
from reporting.people import Address, Person
from reporting.reports import Report
from reporting.say import Rank, Say
from reporting.translator import Html, translator
from services.context import Context
from storage.organisation import people
from storage.reports import drafts, forms, reports
from understanding.typed_requests import NUMBER, part_reason

router = Router(name="desk")
private = F.chat.type == "private"


@router.message(private, Command("dieuchinh", "correct"))
async def correct(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/dieuchinh: at once, with its reason; the unit's people are told who changed what and why."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    held = context.duties(person, "admin")
    if person is None or not held:
        return context.not_authorised(to, words)
    text, reason = part_reason(command.args or "")
    number = NUMBER.search(text)
    if number is None or not reason:
        return [Say(to, words("desk_correct_how"))]
    try:
        report = _report(context, person, number[0])
        return _corrected(context, person, to, report, text.replace(number[0], " ").strip(" ,;:"), reason)
    except Refusal as refused:
        return [Say(to, refusal(words, refused))]


def _report(context: Context, person: Person, number: str) -> Report:
    """The newest revision of the report with this number, if it is of a unit under the person's."""
    roots = [context.unit(duty.unit_id) for duty in context.duties(person, "admin")]
    for each in reports.numbered(context.connection, number):
        if any(context.tree.is_within(context.unit(each.unit_id), root) for root in roots):
            return reports.newest(context.connection, each.form, each.unit_id, each.period) or each
    raise Refused("number_unknown", number=number)


def _corrected(context: Context, person: Person, to: Address, report: Report, text: str, reason: str) -> list[Say]:
    form = forms.version(context.connection, report.form, report.version)
    found = drafts.of_unit(context.connection, report.form, report.unit_id, report.period)
    draft = found[0] if found else drafts.begin(context.connection, form, report.unit_id, report.period)
    opened = replace(draft, answers=report.answers, correcting=report.number, state="review", at="")
    filling = filling_of(context, opened, form)
    words, unit = context.words(person), context.unit(report.unit_id)
    lines = said(filling, text, words)
    moved = explained(together(filling, lines.answers), reason)
    if lines.doubtful or moved.draft.state != "review":
        broken = moved.broken()
        if broken is not None:
            raise Refused("answer_against_rule", rule=broken)
        return [Say(to, Html("\n".join([taken(filling, replace(lines, answers={}), words), words("desk_not_done")])))]
    if moved.results == moved.stands:
        return [Say(to, words("nothing_changed"))]
    new = accepted(context, person, moved, reason)
    told = [
        _told(context, each, moved, person, reason)
        for each in _of_unit(context, report.unit_id)
        if each.id != person.id
    ]
    done = receipt(new, form, unit, context.local, to, words)
    return [replace(done, text="\n".join([done.text, *corrections(moved, words)])), *told]


def _of_unit(context: Context, unit_id: int) -> list[Person]:
    return people.with_duty(context.connection, unit_id, ("reporter", "deputy", "chair"), context.today)


def _told(context: Context, reader: Person, moved: Filling, by: Person, reason: str) -> Say:
    words = translator(reader.language)
    unit = context.unit(moved.draft.unit_id)
    head = words("desk_corrected", date=moved.draft.period, unit=unit.title, name=by.name, reason=reason)
    return Say(reader.address, Html("\n".join([head, *corrections(moved, words)])), rank=Rank.REMINDER)
