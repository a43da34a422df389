"""What the database says of small counts that are held back: between what each lies, and whether it is part of a small whole."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, not_, or_

from reporting.amounts import to_amount
from reporting.forms import Form, Question
from storage.database.tables import metadata

figure = metadata.tables["figure"]
_whole = figure.alias()


def in_few(form: Form, questions: Iterable[Question]) -> ColumnElement[bool] | None:
    """That a figure of one of these is part of a told whole from 1 up to the threshold; None where none of them is part of any."""
    of_each = [(each, form.wholes[each.name]) for each in questions if form.wholes.get(each.name)]
    if not of_each:
        return None
    small = (
        and_(
            figure.c.indicator == part.name,
            _whole.c.indicator.in_(wholes),
            _whole.c.amount > 0,
            _whole.c.amount < to_amount(part.suppress_below or 0),
        )
        for part, wholes in of_each
    )
    same = (_whole.c.form == figure.c.form, _whole.c.unit_id == figure.c.unit_id, _whole.c.period == figure.c.period)
    return exists().where(*same, or_(*small)).correlate(figure)


def bounds(form: Form, question: Question) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Between what a figure is told to lie, as `told_amounts.told` has it; both its amount where it is told as it is."""
    amount, below = figure.c.amount, question.suppress_below
    if below is None:
        return amount, amount
    least, most = to_amount(1), to_amount(below - 1)
    is_small, is_part = and_(amount > 0, amount < to_amount(below)), in_few(form, (question,))
    if is_part is None:
        return case((is_small, least), else_=amount), case((is_small, most), else_=amount)
    low = case((and_(is_small, not_(is_part)), least), (is_small, 0), else_=amount)
    return low, case((is_small, most), (and_(amount == 0, is_part), most), else_=amount)
