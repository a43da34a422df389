"""Units that are called alike on the same days, and what each is told with, so that wherever one is told it is that one."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.units import Unit

_FIRST, _LAST = 0, date.max.toordinal() + 1


def told_apart(units: Sequence["Unit"]) -> tuple["Unit", ...]:
    """The units, those that are called like another of the same days with what they lie in.

    With their code, where they lie in nothing or one of the others lies there too, or in what is called so.
    """
    count = Counter((each.kind, each.name) for each in units)
    if len(count) == len(units):
        return tuple(units)
    alike = [each for each in units if count[each.kind, each.name] > 1]
    by_id = {each.id: each for each in units}
    places = {each.id: _place(each, by_id) for each in alike}
    namesakes = meeting(alike, lambda each: (each.kind, each.name))
    beside = meeting(
        [each for each in alike if each.id in namesakes], lambda each: (each.kind, each.name, places[each.id])
    )
    withins = {one: by_id[one].code if one in beside or not places[one] else places[one] for one in namesakes}
    return tuple(replace(each, within=withins[each.id]) if each.id in withins else each for each in units)


def _place(unit: "Unit", by_id: Mapping[int, "Unit"]) -> str:
    """What it lies in, as that is called."""
    above = by_id.get(unit.parent_id) if unit.parent_id is not None else None
    return above.bare_title if above is not None else ""


def meeting(units: Sequence["Unit"], called: Callable[["Unit"], Hashable]) -> set[int]:
    """The ids of units that exist on some day on which another that is called so exists too."""
    groups: dict[Hashable, list[tuple[int, int, int]]] = {}
    for each in units:
        since = each.since.toordinal() if each.since is not None else _FIRST
        until = each.until.toordinal() if each.until is not None else _LAST
        if since < until:
            groups.setdefault(called(each), []).append((since, until, each.id))
    return {one for stretches in groups.values() if len(stretches) > 1 for one in _overlapping(stretches)}


def _overlapping(stretches: list[tuple[int, int, int]]) -> set[int]:
    """Swept in the order in which they begin: each meets whatever has not ended yet, that which lasts longest at least."""
    found = set[int]()
    lasting, longest = _FIRST, 0
    for since, until, one in sorted(stretches):
        if since < lasting:
            found |= {one, longest}
        if until > lasting:
            lasting, longest = until, one
    return found
