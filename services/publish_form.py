"""Publish a form: from a day on reports are asked for by it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused, refuse_all
from reporting.events.drafts import DraftCarriedOver
from reporting.form_changes import FormChange, HistoryBreak, form_changes
from reporting.form_version import FormVersion
from reporting.forms import Form
from reporting.xlsforms.reading import read_form
from services import approve
from services.carry_drafts import carry_drafts
from services.check_form import broken_history, followed
from storage.database import audit
from storage.reports import approvals, forms


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """The form, the day from which it is in force, and whether that is new: it may have been published just so before.

    `changes`: to the version that it follows; `carried`: the drafts that go on in it, whose people are to be told. `next`: another
    version that was published for a later day, and will take its place then.
    """

    form: Form
    from_on: date
    is_new: bool
    changes: tuple[FormChange, ...] = ()
    carried: tuple[DraftCarriedOver, ...] = ()
    next: FormVersion | None = None


def publish_form(
    connection: Connection,
    source: bytes,
    file_name: str,
    from_on: date,
    now: datetime,
    zone: ZoneInfo,
    language: str = "vi",
    by: int | None = None,
) -> PublishedForm:
    """Puts the form of a file in force for periods from `from_on`. `by`: a person's id, None for the desk's command line.

    Drafts of these periods go on in it with the answers that still fit; where it asks for no approval, none that waits for it does any
    more. Raises BadForm with every problem of the file; Refused
    where its version stands with another content; Several where an indicator that has history would become another.
    """
    form = read_form(source, file_name)
    refuse_all([break_refusal(each) for each in broken_history(connection, form, language)])
    before = followed(forms.versions(connection, form.key), from_on)
    old = forms.version(connection, form.key, before.version) if before is not None else None
    form, is_new = forms.publish(connection, source, file_name, from_on, now)
    known = forms.versions(connection, form.key)
    stands = next(each for each in known if each.version == form.version)
    if not is_new:
        return PublishedForm(form, stands.from_on, is_new)
    audit.write(connection, now, by, "form", form=form.key, version=form.version, since=str(stands.from_on))
    later = next((each for each in known if each.from_on > stands.from_on and each.until_on is None), None)
    carried = carry_drafts(connection, form, stands.from_on, later.from_on if later else None, now, zone)
    _accept_unasked(connection, form, stands.from_on, later.from_on if later else None, by, now, zone)
    changes = form_changes(old, form, language) if old is not None and old.version != form.version else []
    return PublishedForm(form, stands.from_on, is_new, tuple(changes), tuple(carried), later)


def _accept_unasked(
    connection: Connection,
    form: Form,
    first_on: date,
    before_on: date | None,
    by: int | None,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Reports of these periods that wait for an approval that nobody is asked for any more; not what was returned to its unit."""
    for report in approvals.waiting(connection, form.key, first_on) if not form.approval else ():
        sent_in = forms.version(connection, form.key, report.version)
        if (before_on is None or report.period < before_on) and approve.state_of(
            connection, sent_in, report
        ).awaits_approval:
            approve.accept(connection, report, by, now, zone)


def break_refusal(broken: HistoryBreak) -> Refused:
    """Which indicator would become another, and what to do."""
    values = {"name": broken.question, "label": broken.label, "before": broken.before, "after": broken.after}
    return Refused(f"form_history_{broken.why}", **values)
