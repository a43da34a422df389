"""How often a form's questions were asked, said to be unknown and left empty, by unit: counted by the database."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Label, and_, func, select

from reporting.rounds.completeness import AnswerCounts
from storage.database.tables import metadata

report = metadata.tables["report"]

AT_ONCE = 60
"""So many questions are counted by one statement."""
FEW = 500
"""So many units at most are asked for by their ids."""


def answers_counted(
    connection: Connection, form: str, names: Sequence[str], unit_ids: Collection[int], first_on: date, last_on: date
) -> dict[int, dict[str, AnswerCounts]]:
    """By unit id and question, of the newest revisions for the periods from `first_on` to `last_on`.

    A question that was not asked is not in a report's answers; what was asked of nobody is not counted here.
    """
    found: dict[int, dict[str, AnswerCounts]] = {}
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        for unit_id, *counts in connection.execute(_statement(form, some, unit_ids, first_on, last_on)):
            of_unit = found.setdefault(unit_id, {})
            for place, name in enumerate(some):
                asked, unknown, empty = counts[3 * place : 3 * place + 3]
                if asked:
                    of_unit[name] = AnswerCounts(asked, unknown, empty)
    among = frozenset(unit_ids)
    return {unit_id: counts for unit_id, counts in found.items() if unit_id in among}


def _statement(form: str, names: Sequence[str], unit_ids: Collection[int], first_on: date, last_on: date) -> Any:
    within = [report.c.form == form, report.c.period.between(first_on, last_on)]
    if len(unit_ids) <= FEW:
        within.append(report.c.unit_id.in_(unit_ids))
    newest = (
        select(report.c.unit_id, report.c.period, func.max(report.c.revision).label("revision"))
        .where(*within)
        .group_by(report.c.unit_id, report.c.period)
        .subquery()
    )
    same = and_(*(report.c[name] == newest.c[name] for name in ("unit_id", "period", "revision")))
    counted = [column for name in names for column in _counts(name)]
    return select(report.c.unit_id, *counted).join(newest, same).where(*within).group_by(report.c.unit_id)


def _counts(name: str) -> list[Label[int]]:
    """Columns of statements have numbers of their own: names of questions may be long."""
    answer, state = report.c.answers[name].as_string(), report.c.answers[(name, "state")].as_string()
    return [
        func.count(answer).label(None),
        func.count().filter(state == "unknown").label(None),
        func.count().filter(state == "empty").label(None),
    ]
