"""Mergers, splits and renames as a table: on, old, new, name, kind, parent, aliases, people; a line for each old and new unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.csv_rows import read_rows
from reporting.errors import Refused, by_row, refuse_all
from reporting.unit_list import aliases_in, day_in
from reporting.units import Unit, UnitTree

COLUMNS = ("on", "old", "new", "name", "kind", "parent", "aliases", "people")
PEOPLE = ("", "move", "stay")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MergerLine:
    """That from the day `on` the unit with the code `old` is, or is part of, the one with the code `new`.

    What the new one is called stands in one of its lines; «» elsewhere. `moves`: the people of the old one go on for the new one.
    """

    row: int
    on: date
    old: str
    new: str
    name: str
    kind: str
    parent: str
    aliases: tuple[str, ...]
    people: str
    moves: bool = False


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as it begins; `standing`: the unit that stood already, to which others come."""

    row: int
    on: date
    code: str
    name: str
    kind: str
    parent: str
    aliases: tuple[str, ...]
    standing: Unit | None = None


def read_mergers(text: str) -> list[MergerLine]:
    """The lines in their order. Without a word people go on where one unit became one other.

    Raises Refused with every line that cannot be taken.
    """
    found: list[Refused] = []
    lines = list[MergerLine]()
    for number, cells in read_rows(text, COLUMNS, ("on", "old", "new", "name", "kind"), "merge_columns"):
        line = _line(number, cells, found)
        if line is None:
            continue
        if any((line.on, line.old, line.new) == (each.on, each.old, each.new) for each in lines):
            found.append(Refused("merge_twice", row=str(number), old=line.old, new=line.new))
        lines.append(line)
    refuse_all(sorted(found, key=by_row))
    return [replace(line, moves=_moves(line, lines)) for line in lines]


def _moves(line: MergerLine, lines: Sequence[MergerLine]) -> bool:
    if line.people:
        return line.people == "move"
    same_day = [each for each in lines if each.on == line.on]
    return sum(each.new == line.new for each in same_day) == sum(each.old == line.old for each in same_day) == 1


def _line(number: int, cells: Mapping[str, str], found: list[Refused]) -> MergerLine | None:
    wrong = [
        Refused("units_empty", row=str(number), column=column) for column in ("on", "old", "new") if not cells[column]
    ]
    on = day_in(number, "on", cells["on"], wrong)
    if cells["people"] not in PEOPLE:
        wrong.append(Refused("merge_people", row=str(number), cell=cells["people"]))
    found += wrong
    if wrong or on is None:
        return None
    named = (cells["name"], cells["kind"], cells["parent"], aliases_in(cells["aliases"]))
    return MergerLine(number, on, cells["old"], cells["new"], *named, cells["people"])


def news_of(lines: Sequence[MergerLine], olds: Mapping[int, Unit], tree: UnitTree) -> list[NewUnit]:
    """The units that begin, each with the names of those that it is made of. `olds`: the old unit of each row.

    Raises Refused where nobody says what one is called, or two lines say it otherwise.
    """
    found, refusals = list[NewUnit](), list[Refused]()
    of_new: dict[tuple[str, date], list[MergerLine]] = {}
    for line in lines:
        of_new.setdefault((line.new, line.on), []).append(line)
    for (code, on), theirs in of_new.items():
        stood = tree.find(code, on - DAY)
        standing = stood if stood is not None and stood.id not in {each.id for each in olds.values()} else None
        names, kinds, parents = (
            list(dict.fromkeys(filter(None, (getattr(each, column) for each in theirs))))
            for column in ("name", "kind", "parent")
        )
        first = theirs[0]
        if standing is None and not (names and kinds):
            refusals.append(Refused("merge_unnamed", row=str(first.row), new=code))
        elif len(names) > 1 or len(kinds) > 1 or len(parents) > 1:
            refusals.append(Refused("merge_called", row=str(first.row), new=code))
        else:
            name, kind = (standing.name, standing.kind) if standing else (names[0], kinds[0])
            parent = parents[0] if parents else _parent_of(olds[first.row], lines, tree)
            given = [alias for line in theirs for alias in line.aliases]
            aliases = tuple(dict.fromkeys((*_former(name, kind, [olds[each.row] for each in theirs]), *given)))
            found.append(NewUnit(first.row, on, code, name, kind, parent, aliases, standing))
    refuse_all(sorted(refusals, key=by_row))
    return found


def _former(name: str, kind: str, olds: Sequence[Unit]) -> list[str]:
    """What the old units were called, where the new one is not called so anyway; with the kind, where only that was otherwise."""
    called = name.casefold()
    names = [old.name for old in olds if old.name.casefold() != called]
    return names + [old.title for old in olds if old.name.casefold() == called and old.kind != kind]


def _parent_of(old: Unit, lines: Sequence[MergerLine], tree: UnitTree) -> str:
    """The code of what the new unit stands under, where the file does not say: as the old one did, or what became of that."""
    if old.parent_id is None:
        return ""
    above = tree.unit(old.parent_id).code
    became = [line.new for line in lines if line.old == above]
    return became[0] if len(became) == 1 else above
