"""An admin sends a form's file in chat: it is checked and kept, tried out, published from a day on, or put aside."""

from datetime import date
from typing import Literal

from reporting.errors import Refused
from reporting.filling.moves import Filling
from reporting.filling.tasks import expects
from reporting.form_version import FormCandidate
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.rounds.periods import current_period
from reporting.units import Unit
from services.check_form import FormCheck, check_file
from services.context import Context
from services.draft_session import filling_of, go_to_draft, save_and_show
from services.publish_form import PublishedForm, publish_form
from services.retire_form import RetiredForm, retire_form
from storage.database import audit
from storage.organisation import people
from storage.reports import drafts, form_candidates, forms, many_drafts

Asked = Literal["", "form", "form day"]
"""What the chat of an admin is asked: what to do with the form that he sent, or from which day it is to be published."""


def may_keep_forms(context: Context, person: Person | None) -> bool:
    """Whether somebody keeps the forms: an admin of a unit at the top, for every unit reports by them."""
    top = {unit.id for unit in context.tree.roots(context.today)}
    return any(duty.unit_id in top for duty in context.duties(person, "admin"))


def receive_form(context: Context, person: Person, to: Address, source: bytes, file_name: str) -> FormCheck:
    """Checks the file; a good one waits in the chat until it is published or put aside, in the place of one before."""
    check = check_file(context.connection, source, file_name, context.today, person.language)
    key = check.form.key if check.form is not None else ""
    audit.write(
        context.connection,
        context.now,
        person.id,
        "form sent",
        form=key,
        file=file_name,
        problems=len(check.problems) + len(check.breaks) + check.is_taken,
    )
    if check.is_good and not check.is_same:
        form_candidates.put(context.connection, to, person.id, key, file_name, source, context.now)
        ask_about_form(context, to, "form")
    return check


def ask_about_form(context: Context, to: Address, asked: Asked) -> None:
    """What is typed next is about the form that waits in the chat; «»: no more."""
    people.ask(context.connection, to, asked)


def candidate_at(context: Context, to: Address, number: int | None = None) -> tuple[FormCandidate, Form]:
    """The form that waits in the chat, as it would be published. Refused where there is none, or another than with this number."""
    found = form_candidates.at(context.connection, to)
    if found is None or number not in (None, found.id):
        raise Refused("form_none_waits")
    return found, forms.as_published(found.source, found.file_name)


def try_form(context: Context, person: Person, to: Address, number: int | None = None) -> Filling:
    """Takes the chat to a report by the form that waits there, as a unit would fill it in; it counts nowhere.

    Refused where none waits, or no unit would report by it.
    """
    found, _ = candidate_at(context, to, number)
    form = forms.version(context.connection, found.key, found.version)
    period = current_period(form.schedule, context.now, context.zone)
    unit = _unit_to_try(context, person, form, period)
    standing = drafts.of_unit(context.connection, form.key, unit.id, period, person.id)
    if standing is not None and standing[0].version != found.version:
        many_drafts.remove(context.connection, [standing[0].id])
        standing = None
    draft = standing[0] if standing else drafts.begin(context.connection, form, unit.id, period, person.id)
    go_to_draft(context, to, draft, draft.turn)
    return save_and_show(context, person, to, filling_of(context, draft, form).settled())


def publish_candidate(
    context: Context, person: Person, to: Address, from_on: date, number: int | None = None
) -> PublishedForm:
    """Publishes the form that waits in the chat. Refused for a day that is over, and for what the check refuses."""
    found, _ = candidate_at(context, to, number)
    if from_on < context.today:
        raise Refused("form_day_over", date=from_on, today=context.today)
    done = publish_form(
        context.connection,
        found.source,
        found.file_name,
        from_on,
        context.now,
        context.zone,
        person.language,
        person.id,
    )
    form_candidates.drop(context.connection, to)
    ask_about_form(context, to, "")
    return done


def drop_candidate(context: Context, to: Address, number: int | None = None) -> Form:
    """Puts the form that waits in the chat aside. Refused where there is none."""
    _, form = candidate_at(context, to, number)
    form_candidates.drop(context.connection, to)
    ask_about_form(context, to, "")
    return form


def retire_by_admin(context: Context, person: Person, key: str, until_on: date) -> RetiredForm:
    """Retires a form. Refused for one that there is not, and for a day that is over."""
    if until_on < context.today:
        raise Refused("form_day_over", date=until_on, today=context.today)
    return retire_form(context.connection, key, until_on, context.now, person.id)


def _unit_to_try(context: Context, person: Person, form: Form, period: date) -> Unit:
    """The first unit under the admin's that would report."""
    for duty in context.duties(person, "admin"):
        under = context.tree.under(context.unit(duty.unit_id), period)
        for unit in under:
            if expects(form, unit, context.tree, period):
                return unit
    raise Refused("form_no_unit", kinds=", ".join(form.reports))
