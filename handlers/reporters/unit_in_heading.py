"""The unit that a message of figures says that it is of: another unit's figures are never put into one's own report."""

from collections.abc import Collection, Iterator, Sequence

from handlers.residents.public_answer import vocabulary_of
from reporting.errors import Refused
from reporting.filling.heading import heading_apart, heading_of
from reporting.filling.tasks import Task
from reporting.forms import Form
from reporting.questions.names import Names
from reporting.units import Unit
from services.context import Context
from understanding.typed_requests import part_day
from understanding.units_named import units_named


def of_unit_named(context: Context, text: str, found: Sequence[Task]) -> list[Task]:
    """Of these reports those of the unit that stands before the message's first figure; all of them where none stands there.

    Refused where what stands there is the unit of none of them, nor what one of them lies in.
    """
    named = [
        units
        for form in {task.form.key: task.form for task in found}.values()
        for units in _named(context, text, Names.of(form))
    ]
    own = [task for task in found if any(task.unit in units for units in named)]
    if own:
        return own
    around = {each.id for task in found for each in context.tree.above(task.unit)}
    others = [
        units[0] for units in named if not any(each.id in around or context.tree.is_group(each) for each in units)
    ]
    if others:
        raise Refused("lines_other_unit", unit=others[0].title, own=found[0].unit.title)
    return list(found)


def check_unit(context: Context, text: str, task: Task) -> None:
    """Refused where the message says that it is of another unit than this report."""
    of_unit_named(context, text, [task])


def on_lines_of_its_own(context: Context, text: str, form: Form, units: Collection[Unit]) -> str:
    """With a line's end between the name of one of these units and the first figure behind it: «xã Thọ Dân: F0 3, khỏi 2»."""
    lines, figures = heading_apart(text, Names.of(form))
    if not lines or not figures or any(map(str.isdigit, part_day(" ".join(lines), context.today)[0])):
        return text
    named = {unit for places in _named(context, text, Names.of(form)) for unit in places}
    return "\n".join([*lines, figures]) if named.intersection(units) else text


def _named(context: Context, text: str, names: Names) -> Iterator[tuple[Unit, ...]]:
    """The units that may be meant by each place that is named before the first figure."""
    for line in heading_of(text, names):
        yield from units_named(line, vocabulary_of(context), context.today)
