"""Merge, split and rename units on a day: the old ones end, the new ones begin and bear their names, people go with them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from reporting.errors import Refused, by_row, refuse_all
from reporting.merger_list import MergerLine, NewUnit, news_of, read_mergers
from reporting.people import Duty
from reporting.unit_list import UnitLine, parents_first, refuse_orphans
from reporting.units import GroupMember, Unit, UnitTree
from storage.organisation import leaves, people, unit_groups, units
from understanding.mergers import successors

DAY = timedelta(days=1)
LAST_REPORTS = timedelta(days=7)
"""For so long whoever goes on for the new unit can still send what the old one owes."""


def merge_units(connection: Connection, text: str, before: UnitTree) -> tuple[int, dict[int, set[int]]]:
    """Takes in the text of the file: how many lines it has, and by id of the old unit the ids of people whose duties move.

    Refused with every line that cannot be taken, and where the names would not lead from an old unit to its new ones.
    """
    lines = read_mergers(text)
    became = _became(lines, before)
    news = news_of(lines, {line.row: old for line, old in became}, before)
    below = list(_below(became, before))
    put = [*_new_lines(news, before), *_ended_lines(became, before)]
    put += [new for _, new in below]
    put += [_line(old, before, until=new.since) for old, new in below]
    units.put(connection, put)
    after = units.tree(connection)
    refuse_orphans(put, after)
    _refuse_unlike(became, after)
    pairs = [(old, _began(line.new, line.on, after), line.moves) for line, old in became]
    pairs += [(old, _began(new.code, new.since, after), True) for old, new in below]
    _count_on(connection, pairs, before)
    return len(lines), _move(connection, pairs)


def _became(lines: Sequence[MergerLine], tree: UnitTree) -> list[tuple[MergerLine, Unit]]:
    """The lines with the old unit of each. Refused where there was none on the day before."""
    found, refusals = list[tuple[MergerLine, Unit]](), list[Refused]()
    for line in lines:
        old = tree.find(line.old, line.on - DAY)
        if old is None or tree.is_group(old):
            refusals.append(Refused("merge_old", row=str(line.row), code=line.old, day=line.on - DAY))
        elif old.until is not None and old.until != line.on:
            refusals.append(Refused("merge_ended", row=str(line.row), unit=old.title_with_code, day=old.until))
        else:
            found.append((line, old))
    refuse_all(sorted(refusals, key=by_row))
    return found


def _new_lines(news: Sequence[NewUnit], tree: UnitTree) -> list[UnitLine]:
    """A line for each unit that begins, and for each that stood already and gets names."""
    made = list[UnitLine]()
    for new in news:
        if new.standing is not None:
            made.append(_line(new.standing, tree, aliases=tuple(dict.fromkeys((*new.standing.aliases, *new.aliases)))))
        else:
            made.append(UnitLine(new.row, new.code, new.name, new.kind, new.parent, new.aliases, new.on))
    return parents_first(made, frozenset(unit.code for unit in tree), [])


def _ended_lines(became: Sequence[tuple[MergerLine, Unit]], tree: UnitTree) -> list[UnitLine]:
    return [_line(old, tree, until=line.on, row=line.row) for line, old in became]


def _below(became: Sequence[tuple[MergerLine, Unit]], tree: UnitTree) -> Iterator[tuple[Unit, UnitLine]]:
    """What stood under a unit that became just one other stands under that from the day on, as a unit of the same code and name."""
    counts: dict[int, list[MergerLine]] = {}
    for line, old in became:
        counts.setdefault(old.id, []).append(line)
    for line, old in became:
        theirs = counts[old.id]
        for child in [each for each in tree.under(old, line.on - DAY) if each.id != old.id and each.id not in counts]:
            if len(theirs) > 1:
                raise Refused(
                    "merge_below", row=str(line.row), unit=child.title_with_code, code=child.code, old=old.title
                )
            parent = tree.unit(child.parent_id).code if child.parent_id not in (None, old.id) else line.new
            yield child, UnitLine(line.row, child.code, child.name, child.kind, parent, child.aliases, line.on)


def _line(
    unit: Unit, tree: UnitTree, until: date | None = None, aliases: tuple[str, ...] | None = None, row: int = 0
) -> UnitLine:
    """A unit as it is, as a line of the list; or with this end, or these names."""
    parent = tree.unit(unit.parent_id).code if unit.parent_id is not None else ""
    names = unit.aliases if aliases is None else aliases
    return UnitLine(row, unit.code, unit.name, unit.kind, parent, names, unit.since, until or unit.until)


def _began(code: str, on: date | None, tree: UnitTree) -> Unit:
    assert on is not None, "a merger has a day"
    return tree.known(code, on)


def _refuse_unlike(became: Sequence[tuple[MergerLine, Unit]], after: UnitTree) -> None:
    """Everywhere else what a unit became is read off the names: they must say what the file says."""
    meant: dict[int, set[int]] = {}
    for line, old in became:
        meant.setdefault(old.id, set()).add(_began(line.new, line.on, after).id)
    found = list[Refused]()
    for line, old in became:
        said = successors(after.unit(old.id), after)
        if {each.id for each in said} != meant[old.id]:
            names = ", ".join(each.title_with_code for each in said) or "—"
            found.append(Refused("merge_names", row=str(line.row), unit=old.title_with_code, names=names))
    refuse_all(found)


def _count_on(connection: Connection, pairs: Sequence[tuple[Unit, Unit, bool]], before: UnitTree) -> None:
    """A new unit is counted to the groups to which all were that it is made of; the old ones are from the day on no longer."""
    made_of: dict[int, list[tuple[Unit, Unit]]] = {}
    for old, new, _ in pairs:
        made_of.setdefault(new.id, []).append((old, new))
    ended = {old.id: new.since for old, new, _ in pairs if new.since is not None}
    for group in {each.group_id for each in before.memberships if each.unit_id in ended and each.until is None}:
        members = [each for each in before.memberships if each.group_id == group]
        counted = {each.unit_id for each in members if each.until is None}
        stay = [
            GroupMember(group, each.unit_id, each.since, ended.get(each.unit_id) if each.until is None else each.until)
            for each in members
        ]
        known = {each.unit_id for each in stay}
        come = [
            GroupMember(group, new_id, theirs[0][1].since)
            for new_id, theirs in made_of.items()
            if new_id not in known and all(old.id in counted for old, _ in theirs)
        ]
        unit_groups.put_members(connection, [*stay, *come], group)


def _move(connection: Connection, pairs: Sequence[tuple[Unit, Unit, bool]]) -> dict[int, set[int]]:
    """The duties at each old unit whose people go on are duties at the new one from the day on."""
    moved: dict[int, set[int]] = {}
    for old, new, goes_on in pairs:
        since = new.since
        if not goes_on or since is None:
            continue
        for duty in people.duties(connection, since, [old.id]):
            moved.setdefault(old.id, set()).add(duty.person_id)
            people.charge(connection, Duty(duty.person_id, new.id, duty.role, since, duty.until))
            leaves.ends_with(connection, duty, since + LAST_REPORTS)
    return moved
