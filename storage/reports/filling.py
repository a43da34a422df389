"""A draft with all that its form's expressions read."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from reporting.answers import Values
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.questions.checks import published
from storage.figures import figures
from storage.reports import last_saved, reports
from storage.reports.last_saved import EarlierRow


def filling(
    connection: Connection, draft: Draft, form: Form, local: datetime, earlier: EarlierRow | None = None
) -> Filling:
    """The filling of a draft. `local`: the moment where the units are; `earlier`: the latest earlier period if it has been read."""
    earlier = earlier or last_saved.earlier_row(connection, form, draft.unit_id, draft.period)
    last = last_saved.values_in(connection, form, draft.unit_id, earlier)
    last_on, values, held = last or (None, {}, frozenset())
    empty = Filling(form, draft, values, last_on, local, unknown_last=held)
    return replace(empty, stands=_stands(connection, empty)) if draft.correcting else empty


def _stands(connection: Connection, filling: Filling) -> Values:
    """What a correction would replace: the figures, and of what is no figure (a text, a place) what the report says."""
    draft = filling.draft
    found = figures.of_period(connection, draft.form, draft.unit_id, draft.period)
    stands = {name: each.value for name, each in found.items() if each.value is not None}
    report = reports.newest(connection, draft.form, draft.unit_id, draft.period)
    if report is None:
        return stands
    at = report.sent_at.astimezone(filling.now.tzinfo)
    said = published(filling.form, report.answers, filling.last, at, filling.unknown_last, seed=filling.seed)
    return {name: value for name, value in said.items() if filling.form.by_name[name].kind is None} | stands
