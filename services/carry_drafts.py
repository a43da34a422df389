"""Carry drafts over: a half-filled report goes on in the version of its form that has come into force for its period.

What is for an earlier period, and every correction, goes on in the version in which it was begun.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.events.drafts import DraftCarriedOver, DraftNotWanted
from reporting.filling.drafts import Draft
from reporting.form_changes import still_fits
from reporting.form_version import is_candidate
from reporting.forms import Form
from storage.organisation import people, units
from storage.reports import drafts, many_drafts
from storage.reports.filling import filling


def carry_drafts(
    connection: Connection, new: Form, first_on: date, before_on: date | None, now: datetime, zone: ZoneInfo
) -> list[DraftCarriedOver]:
    """The drafts for periods from `first_on` up to and without `before_on` keep the answers that still fit; their people are told."""
    found = many_drafts.begun(connection, new.key, first_on, before_on)
    others = [each for each in found if each[0].version != new.version and not is_candidate(each[0].version)]
    return [event for draft, old in others for event in _carried(connection, draft, old, new, now.astimezone(zone))]


def _carried(connection: Connection, draft: Draft, old: Form, new: Form, local: datetime) -> Iterator[DraftCarriedOver]:
    if draft.holder_id is None:
        many_drafts.remove(connection, [draft.id])
        return
    fitting = {name for name in draft.answers if still_fits(old.by_name.get(name), new.by_name.get(name))}
    kept = {name: answer for name, answer in draft.answers.items() if name in fitting}
    moved = replace(
        draft, version=new.version, answers=kept, state="asking", at="", turn=draft.turn + 1, pending="", heard={}
    )
    settled = filling(connection, moved, new, local).settled()
    drafts.save(connection, new, settled.draft, draft.holder_id, local)
    person, unit = people.person_of(connection, draft.holder_id), units.tree(connection).unit(draft.unit_id)
    asked_again = tuple(old.by_name[name] for name in draft.answers if name not in fitting)
    yield DraftCarriedOver(person, new, unit, draft.period, len(kept), asked_again, draft.is_practice)


def drop_drafts(connection: Connection, form: Form, first_on: date) -> list[DraftNotWanted]:
    """The drafts for periods from `first_on` are no more, since the form is retired from then on; their people are told."""
    found = [
        draft for draft, _ in many_drafts.begun(connection, form.key, first_on, None) if not is_candidate(draft.version)
    ]
    many_drafts.remove(connection, [draft.id for draft in found])
    tree = units.tree(connection)
    return [
        DraftNotWanted(people.person_of(connection, draft.holder_id), form, tree.unit(draft.unit_id), draft.period)
        for draft in found
        if draft.holder_id is not None and not draft.is_practice
    ]
