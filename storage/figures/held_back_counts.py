"""What the database says of small counts that are held back: between what each lies, and whether it is part of a small whole."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, not_, or_

from reporting.amounts import to_amount
from reporting.forms import Form, Question
from storage.database.tables import metadata

figure = metadata.tables["figure"]
_whole = figure.alias()

SmallParts = tuple[tuple[str, tuple[str, ...], int], ...]
"""Indicators that are told only as what follows from their wholes: of each its name, the wholes' names, and the threshold."""


def small_parts(form: Form, questions: Iterable[Question]) -> SmallParts:
    """Those of these that are part of any whole that is told."""
    of_each = ((each, form.wholes.get(each.name)) for each in questions)
    return tuple((part.name, tuple(wholes), part.suppress_below or 0) for part, wholes in of_each if wholes)


def in_few(parts: SmallParts) -> ColumnElement[bool] | None:
    """That a figure of one of these is part of a told whole from 1 up to the threshold; None where there are none of these."""
    if not parts:
        return None
    small = (
        and_(
            figure.c.indicator == name,
            or_(*(_whole.c.indicator == each for each in wholes)),
            _whole.c.amount > 0,
            _whole.c.amount < to_amount(below),
        )
        for name, wholes, below in parts
    )
    same = (_whole.c.form == figure.c.form, _whole.c.unit_id == figure.c.unit_id, _whole.c.period == figure.c.period)
    return exists().where(*same, or_(*small)).correlate(figure)


def bounds(below: int | None, parts: SmallParts) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Between what a figure is told to lie, as `told_amounts.amount_told` has it; both its amount where it is told as it is.

    `below`: under which it is held back; `parts`: itself, if it is part of any whole.
    """
    amount = figure.c.amount
    if below is None:
        return amount, amount
    least, most = to_amount(1), to_amount(below - 1)
    is_small, is_part = and_(amount > 0, amount < to_amount(below)), in_few(parts)
    if is_part is None:
        return case((is_small, least), else_=amount), case((is_small, most), else_=amount)
    low = case((and_(is_small, not_(is_part)), least), (is_small, 0), else_=amount)
    return low, case((is_small, most), (and_(amount == 0, is_part), most), else_=amount)
