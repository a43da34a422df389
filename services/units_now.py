"""Everything that is read of units, by those of today: a context in which former units are counted to what they have become."""

from collections.abc import Iterable
from dataclasses import replace

from reporting.units import Unit
from reporting.units_as_now import UnitsAsNow
from services.context import Context
from understanding.units_now import units_as_now


def by_units_of_today(context: Context) -> Context:
    """The same turn, with the units of today."""
    return replace(context, tree=units_as_now(context.tree, context.today))


def units_of_today(context: Context, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """What these are now, each once; of a context that has the units of today."""
    tree = context.tree
    assert isinstance(tree, UnitsAsNow), "it has the units of today"
    return tuple(dict.fromkeys(now for unit in units for now in tree.place_of(unit)))
