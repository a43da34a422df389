"""The unit that a message of figures says that it is of: another unit's figures are never put into one's own report."""

from collections.abc import Iterator, Sequence

from handlers.residents.public_answer import vocabulary_of
from reporting.errors import Refused
from reporting.filling.heading import heading_apart, heading_of
from reporting.filling.line_results import Lines
from reporting.filling.lines import read_lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.forms import Form
from reporting.questions.names import Names
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from understanding.mergers import goes_on_as
from understanding.units_named import Heading, read_heading


def of_unit_named(context: Context, text: str, found: Sequence[Task]) -> list[Task]:
    """Of these reports those of the unit that the message's heading says; all of them where it says none.

    Refused where a line of the heading has nothing but the name of a unit that is of none of them, nor what one of them lies in:
    beside other words it may be anybody's name, or where somebody comes from («đ/c Thái Hòa», «chợ Nưa»).
    """
    headings = [
        each
        for form in {task.form.key: task.form for task in found}.values()
        for each in _headings(context, form, heading_of(text, Names.of(form)))
    ]
    named = [units for each in headings if each.is_bare for units in each.units]
    own = [task for task in found if any(_is_own(context, task.unit, units) for units in named)]
    if own:
        return own
    by_the_way = [units for each in headings for units in each.units]
    if any(_is_own(context, task.unit, units) for task in found for units in by_the_way):
        return list(found)
    others = [units[0] for units in named if not any(_is_around(context, task.unit, units) for task in found)]
    if others:
        raise Refused("lines_other_unit", unit=others[0].title, own=found[0].unit.title)
    return list(found)


def check_unit(context: Context, text: str, task: Task) -> None:
    """Refused where the message says that it is of another unit than this report."""
    of_unit_named(context, text, [task])


def read_of_unit(context: Context, filling: Filling, text: str, words: Translator) -> Lines:
    """What a message says for a report, also right behind its own unit's name."""
    unit = context.unit(filling.draft.unit_id)
    return read_lines(filling, on_lines_of_its_own(context, text, filling.form, unit), words)


def on_lines_of_its_own(context: Context, text: str, form: Form, unit: Unit) -> str:
    """With a line's end between the name of this unit and the first figure behind it: «xã Thọ Dân: F0 3, khỏi 2».

    As it is where anything else is said, which may be of the figure: «Thọ Dân thêm: F0 3», «Thọ Dân lũy kế: F0 3».
    """
    lines, figures = heading_apart(text, Names.of(form))
    if not lines or not figures:
        return text
    headings = list(_headings(context, form, lines))
    if any(each.is_ended or not each.is_addressed for each in headings):
        return text
    named = [units for each in headings for units in each.units]
    is_own = any(_is_own(context, unit, units) for units in named)
    is_others = any(not _is_own(context, unit, units) and not _is_around(context, unit, units) for units in named)
    return "\n".join([*lines, figures]) if is_own and not is_others else text


def _headings(context: Context, form: Form, lines: Sequence[str]) -> Iterator[Heading]:
    """The lines of a heading, up to one in which a number follows."""
    about = (*form.title.values(), *form.topic.values())
    for line in lines:
        heading = read_heading(line, vocabulary_of(context), context.today, about)
        yield heading
        if heading.is_ended:
            return


def _is_own(context: Context, unit: Unit, units: Sequence[Unit]) -> bool:
    """Whether a name may mean this unit, or what it goes on as under another name."""
    return unit in units or goes_on_as(unit, context.tree, context.today) in units


def _is_around(context: Context, unit: Unit, units: Sequence[Unit]) -> bool:
    """Whether a name may mean what this unit lies in, or a group."""
    above = {each.id for each in context.tree.above(unit)}
    return any(each.id in above or context.tree.is_group(each) for each in units)
