"""Publish a form: from a day on reports are asked for by it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.forms import Form
from storage.database import audit
from storage.reports import forms


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """The form, the day from which it is in force, and whether that is new: it may have been published just so before."""

    form: Form
    from_on: date
    is_new: bool


def publish_form(
    connection: Connection, source: bytes, file_name: str, from_on: date, now: datetime, by: int | None = None
) -> PublishedForm:
    """Puts the form of a file in force for periods from `from_on`. `by`: a person's id, None for the desk's command line.

    Raises BadForm with every problem of the file; Refused where its version stands with another content.
    """
    form, is_new = forms.publish(connection, source, file_name, from_on, now)
    if is_new:
        audit.write(connection, now, by, "form", form=form.key, version=form.version, since=str(from_on))
    return PublishedForm(form, from_on, is_new)
