"""A draft with all that its form's expressions read."""

from datetime import datetime

from sqlalchemy import Connection

from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.forms import Form
from storage import figures, last_saved


def filling(connection: Connection, draft: Draft, form: Form, local: datetime) -> Filling:
    """The filling of a draft. `local`: the moment where the units are."""
    last = last_saved.last_values(connection, form, draft.unit_id, draft.period)
    stands = {}
    if draft.correcting:
        found = figures.of_period(connection, form.key, draft.unit_id, draft.period)
        stands = {name: each.value for name, each in found.items() if each.value is not None}
    if last is None:
        return Filling(form, draft, {}, None, local, stands)
    return Filling(form, draft, last[1], last[0], local, stands, last[2])
