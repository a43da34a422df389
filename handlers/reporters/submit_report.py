"""A draft becomes a report, or a correction of one."""

from dataclasses import replace
from datetime import timedelta

from handlers.reporters.draft_session import filling_of, go_on, refuse_if_closed, sent_already
from messages.reporters.review_words import ask_whether_same, receipt
from reporting.answers import Value
from reporting.errors import Refused
from reporting.filling import sameness
from reporting.filling.moves import Filling, relevant_answers
from reporting.people import Address, Person
from reporting.reports import Report, number_of
from reporting.rounds.periods import period_before
from reporting.say import Say
from services.context import Context
from storage.database import audit
from storage.figures import figures
from storage.organisation import people
from storage.reports import accepting, drafts, reports


def send(
    context: Context, person: Person, to: Address, filling: Filling, reason: str = "", is_sure: bool = False
) -> list[Say]:
    """«Gửi»: the draft becomes a report, if nothing is open in it; one that replaces another wants a reason.

    `is_sure`: that nothing has changed for several periods has been confirmed.
    """
    draft, form = filling.draft, filling.form
    if draft.state != "review" and not reason:
        raise Refused("not_in_review")
    settled = filling.settled()
    if settled.draft.state != "review":
        return go_on(context, person, to, settled)
    if draft.is_practice:
        return [practised(context, person, to, filling)]
    if draft.correcting and not reason:
        return go_on(context, person, to, filling.awaiting_reason())
    refuse_if_closed(context, person, form, draft)
    overtaken = _overtaken(context, person, to, filling)
    if overtaken is not None:
        return overtaken
    same = _same(context, filling) if not draft.correcting else 0
    if sameness.is_asked_about(same) and not is_sure:
        return [ask_whether_same(filling, same, to, context.words(person))]
    new = accepted(context, person, filling, reason)
    if is_sure:
        audit.write(
            context.connection,
            context.now,
            person.id,
            "same confirmed",
            form=form.key,
            unit_id=draft.unit_id,
            period=draft.period,
            periods=same,
        )
    drafts.go_to(context.connection, to, None)
    return [receipt(new, form, context.unit(draft.unit_id), context.local, to, context.words(person))]


def accepted(context: Context, person: Person, filling: Filling, reason: str) -> Report:
    """The report that came of it, which stands now; the draft is sent."""
    draft, form, unit = filling.draft, filling.form, context.unit(filling.draft.unit_id)
    old = reports.newest(context.connection, form.key, unit.id, draft.period)
    new = Report(
        number=number_of(form, unit, draft.period, old.revision + 1 if old else 1),
        form=form.key,
        version=form.version,
        unit_id=unit.id,
        period=draft.period,
        revision=old.revision + 1 if old else 1,
        answers=relevant_answers(filling),
        sent_by=person.id,
        sent_at=context.now,
        first_sent_at=old.first_sent_at if old else context.now,
        replaces=old.number if old else None,
        reason=reason,
        provisional=form.approval != "none",
    )
    if not accepting.accept(context.connection, form, new, context.zone):
        new = reports.newest(context.connection, form.key, unit.id, draft.period) or new
    drafts.save(context.connection, form, draft.ended(), person.id, context.now)
    return new


def _overtaken(context: Context, person: Person, to: Address, filling: Filling) -> list[Say] | None:
    """Two at once: somebody else's revision came first. What has happened is shown, and nothing is sent over it."""
    draft = filling.draft
    old = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    if old is None or old.number == draft.correcting:
        return None
    sent = draft.ended()
    drafts.save(context.connection, filling.form, sent, person.id, context.now)
    drafts.go_to(context.connection, to, None)
    return [sent_already(context, sent, to, context.words(person))]


def _same(context: Context, filling: Filling) -> int:
    """How many periods before were just like this report."""
    draft, names = filling.draft, sameness.compared(filling)
    periods = [draft.period]
    for _ in range(sameness.LOOK_BACK):
        periods.append(period_before(filling.form.schedule.period, periods[-1]))
    today = {name: filling.results[name] for name in names if name in filling.results}
    if filling.last_on != periods[1] or any(filling.last.get(name) != value for name, value in today.items()):
        return 0
    found = figures.of_units(
        context.connection, draft.form, names, [draft.unit_id], periods[-1], draft.period - timedelta(days=1)
    )
    earlier: dict[object, dict[str, Value]] = {period: {} for period in periods[1:]}
    for each in found:
        if each.period in earlier and each.value is not None:
            earlier[each.period][each.indicator] = each.value
    return sameness.run(today, list(earlier.values()))


def correcting(context: Context, person: Person, filling: Filling) -> Filling:
    """A draft that was sent, opened again with the newest revision's answers. Refused when it is not, or too late."""
    draft = filling.draft
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    if report is None or draft.state != "sent":
        raise Refused("button_stale")
    refuse_if_closed(context, person, filling.form, draft)
    opened = replace(draft, answers=report.answers, correcting=report.number)
    return filling_of(context, opened, filling.form).settled()


def dropped(context: Context, person: Person, to: Address, filling: Filling) -> list[Say]:
    """«Bỏ»: a correction that was begun is given up, and what was sent stands. Refused where there is none."""
    draft, words = filling.draft, context.words(person)
    if not draft.correcting:
        raise Refused("nothing_to_drop")
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    drafts.save(
        context.connection, filling.form, draft.ended(report.answers if report else None), person.id, context.now
    )
    drafts.go_to(context.connection, to, None)
    number = report.number if report else draft.correcting
    return [Say(to, words("correction_dropped", date=draft.period, number=number))]


def practised(context: Context, person: Person, to: Address, filling: Filling) -> Say:
    """The end of a practice report: it counts nowhere, and its draft is emptied."""
    draft = replace(
        filling.draft, answers={}, state="asking", at="", turn=filling.draft.turn + 1, heard={}, pending=""
    )
    drafts.save(context.connection, filling.form, draft, person.id, context.now)
    drafts.go_to(context.connection, to, None)
    name = people.person_of(context.connection, person.id).name
    return Say(to, context.words(person)("practice_done", name=name, date=draft.period))
