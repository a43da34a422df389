"""Export figures by the units of today: what former units reported is added up for what they have become."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from reporting.figures.areas import Areas
from reporting.figures.figure import Figure
from reporting.forms import Form, Question
from reporting.rounds.periods import check_days
from reporting.units import Unit, UnitTree
from reporting.units_as_now import UnitsAsNow
from services.export_figures import ExportedFigure, indicators_by_form, named_at, periods_with_figures
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from understanding.units_now import units_as_now


@dataclass(frozen=True, slots=True)
class ExportedAsNow:
    """Figures by the units of today. When all `rows` have been read the rest is known: `not_added`, the states of several former
    units, which nobody can add up, by indicator; `divided`, by id the former units whose figures stand there as their own, as it is
    not known which part is whose.
    """

    rows: Iterator[ExportedFigure]
    not_added: Mapping[str, int]
    divided: Mapping[int, Unit]


def export_figures_as_now(
    connection: Connection, first_on: date, last_on: date, today: date, unit_code: str = ""
) -> ExportedAsNow:
    """The same by the units of today: flows, stocks and totals of former units are added up for what they are part of now.

    An opening balance is left out: it stands in the figures of the former units already.
    """
    check_days(first_on, last_on)
    was = units.tree(connection)
    tree = units_as_now(was, today)
    top = tree.unit(was.known(unit_code, today).id) if unit_code else None
    divided, not_added = dict[int, Unit](), Counter[str]()
    known = indicators_by_form(connection)
    newest = {form.key: form for form in forms.in_force(connection, date.max, since=date.min)}

    def rows() -> Iterator[ExportedFigure]:
        for on, of_day in periods_with_figures(connection, known, (first_on, last_on)):
            found = [
                each
                for key in of_day
                for each in _as_now(connection, newest[key], known[key], on, was, tree, top, divided, not_added)
            ]
            yield from sorted(found, key=lambda each: each.unit)

    return ExportedAsNow(rows(), not_added, divided)


def _as_now(
    connection: Connection,
    newest: Form,
    known: Mapping[str, Question],
    on: date,
    was: UnitTree,
    tree: UnitsAsNow,
    top: Unit | None,
    divided: dict[int, Unit],
    not_added: Counter[str],
) -> Iterator[ExportedFigure]:
    of_place: dict[tuple[str, Unit], list[Figure]] = {}
    for each in figures.export(connection, newest.key, list(known), on, on):
        unit = tree.unit(each.unit_id)
        if not was.unit(each.unit_id).exists(each.period) or (top is not None and not tree.is_within(unit, top)):
            continue
        now = tree.place_of(unit)
        if len(now) > 1:
            divided[unit.id] = unit
        of_place.setdefault((each.indicator, now[0] if len(now) == 1 else unit), []).append(each)
    areas, form = Areas(tree), forms.published(connection, newest.key, on) or newest
    for (name, unit), found in of_place.items():
        expected = [one for one in areas.members(form, unit, on) if tree.place_of(tree.unit(one)) == (unit,)]
        counts = (len(found), max(len(expected), len(found)))
        question = known[name]
        if counts[1] > 1 and (question.kind == "state" or not question.adds_up):
            not_added[name] += 1
            continue
        yield ExportedFigure(on, named_at(was.unit(unit.id), on), name, _sum([each.value for each in found]), counts)


def _sum(values: Sequence[int | Decimal | str | None]) -> int | Decimal | str | None:
    """Numbers added up; one value alone as it is."""
    return values[0] if len(values) == 1 else sum(each for each in values if isinstance(each, int | Decimal))
