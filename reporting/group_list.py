"""Groups of units as a table: group, name, kind, aliases, member, since, until; a line for each member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.csv_rows import read_rows
from reporting.errors import Refused, by_row, refuse_all
from reporting.unit_list import aliases_in, day_in
from reporting.units import Unit, UnitTree

COLUMNS = ("group", "name", "kind", "aliases", "member", "since", "until")


@dataclass(frozen=True, slots=True)
class MemberLine:
    """That the unit with the code `member` is counted to the group with the code `group`; the dates are the membership's."""

    row: int
    group: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    member: str
    since: date | None = None
    until: date | None = None


def read_groups(text: str) -> list[MemberLine]:
    """The lines in their order; what a group is called stands in its first line and may be left out in the others.

    Raises Refused with every line that cannot be taken.
    """
    found: list[Refused] = []
    first: dict[str, MemberLine] = {}
    lines: list[MemberLine] = []
    for number, cells in read_rows(text, COLUMNS, ("group", "name", "kind", "member"), "groups_columns"):
        line = _line(number, cells, first, found)
        if line is None:
            continue
        if any((line.group, line.member, line.since) == (each.group, each.member, each.since) for each in lines):
            found.append(Refused("groups_twice", row=str(number), member=line.member, group=line.group))
        first.setdefault(line.group, line)
        lines.append(line)
    refuse_all(sorted(found, key=by_row))
    return lines


def _line(
    number: int, cells: Mapping[str, str], first: Mapping[str, MemberLine], found: list[Refused]
) -> MemberLine | None:
    known = first.get(cells["group"])
    name = cells["name"] or (known.name if known else "")
    kind = cells["kind"] or (known.kind if known else "")
    given = {"group": cells["group"], "name": name, "kind": kind, "member": cells["member"]}
    empty = [Refused("units_empty", row=str(number), column=column) for column, text in given.items() if not text]
    if known is not None and (name, kind) != (known.name, known.kind):
        empty.append(Refused("groups_called", row=str(number), group=cells["group"], first=str(known.row)))
    since, until = (day_in(number, column, cells[column], found) for column in ("since", "until"))
    if since and until and until <= since:
        empty.append(Refused("units_dates", row=str(number), code=cells["member"]))
    found += empty
    if empty:
        return None
    aliases = aliases_in(cells["aliases"]) or (known.aliases if known else ())
    return MemberLine(number, cells["group"], name, kind, aliases, cells["member"], since, until)


def member_of(line: MemberLine, tree: UnitTree, today: date) -> Unit:
    """The unit that a line counts to its group: of several that had its code the one of the line's days, else today's.

    Refused where there is none, or where it is a group itself.
    """
    days = [day for day in (line.since, today, line.until) if day is not None]
    unit = next((found for day in days if (found := tree.find(line.member, day)) is not None), None)
    if unit is None:
        unit = next((each for each in tree if each.code == line.member), None)
    if unit is None:
        raise Refused("groups_member", row=str(line.row), member=line.member)
    if tree.is_group(unit):
        raise Refused("groups_of_groups", row=str(line.row), member=line.member)
    return unit


def above_all(units: Sequence[Unit], tree: UnitTree) -> Unit | None:
    """The lowest unit that stands above all of these; None where there is none."""
    shared = list(tree.above(units[0]))[1:]
    for unit in units[1:]:
        theirs = {each.id for each in tree.above(unit) if each.id != unit.id}
        shared = [each for each in shared if each.id in theirs]
    return next(iter(shared), None)
