"""Retire a form: from a day on nobody owes its reports; its figures stay."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.events.drafts import DraftNotWanted
from reporting.form_version import FormVersion
from reporting.forms import Form
from services.carry_drafts import drop_drafts
from storage.database import audit
from storage.reports import forms, reports


@dataclass(frozen=True, slots=True)
class RetiredForm:
    """`is_new`: whether that is new. `received`: how many reports for periods from the day on have come already, and stay.

    `dropped`: the drafts that are no more, whose people are to be told.
    """

    form: Form
    until_on: date
    is_new: bool
    received: int = 0
    dropped: tuple[DraftNotWanted, ...] = ()


def retire_form(connection: Connection, key: str, until_on: date, now: datetime, by: int | None = None) -> RetiredForm:
    """No report of the form is owed for periods that end on `until_on` or later. `by`: a person's id, None for the command line.

    Refused for a form that there is not; and from a day before it was taken up again after a rest, which would be forgotten when it is
    taken up once more.
    """
    known = known_form(connection, key)
    form = forms.version(connection, key, known.version)
    if known.until_on == until_on:
        return RetiredForm(form, until_on, is_new=False)
    for stopped, again in forms.rests_of(connection, key)[-1:]:
        if until_on < again:
            raise Refused("form_rested", form=key, until=stopped, again=again)
    forms.retire(connection, key, until_on)
    dropped = drop_drafts(connection, form, until_on)
    received = reports.count_from(connection, key, until_on)
    audit.write(
        connection, now, by, "form retired", form=key, since=str(until_on), received=received, drafts=len(dropped)
    )
    return RetiredForm(form, until_on, True, received, tuple(dropped))


def known_form(connection: Connection, key: str) -> FormVersion:
    """The newest version of a form. Refused, with the forms that there are, where there is none."""
    found = forms.versions(connection, key)
    if not found:
        keys = dict.fromkeys(each.key for each in forms.versions(connection))
        raise Refused("form_not_published", form=key, known=", ".join(keys) or "—")
    return found[-1]
