"""What a digest says of parts that are greater than their wholes, and of those whose whole is not known."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from messages.digests.reading import Found, Reading, Room
from reporting.questions.parts import Beside
from reporting.translator import Html
from reporting.units import Unit


def parts(reading: Reading, room: Room) -> Html | None:
    """Which units' figures contradict each other, and which could not be compared: they are summed as they came."""
    by_unit = {unit: reading.beside[unit.id] for unit in reading.evidence.units if unit.id in reading.beside}
    greater = [(unit, *each) for unit, found in by_unit.items() for each in found if each[1].most is not None]
    lines = []
    if greater:
        lines.append(reading.words("digest_parts"))
        lines += [_line(reading, unit, on, each) for unit, on, each in greater[: room.lines]]
    if len(greater) > room.lines:
        lines.append(reading.words("digest_parts_more", n=len(greater) - room.lines))
    return Html("\n".join([*lines, *_alone(reading, by_unit, room)])) or None


def remarks_on_parts(reading: Reading, unit: Unit) -> list[str]:
    """The same in a few words each, for a unit's row."""
    said = []
    for on, each in reading.beside.get(unit.id, ()):
        values = {"part": reading.label(each.part), "whole": reading.label(each.whole), "value": each.value}
        if each.most is None:
            said.append(reading.words.plain("workbook_part_alone", **values) + _dated(reading, on))
        else:
            said.append(reading.words.plain("workbook_part", most=each.most, **values) + _dated(reading, on))
    return said


def _line(reading: Reading, unit: Unit, on: date, found: Beside) -> Html:
    most = found.most if found.most is not None else 0
    said = reading.words(
        "digest_part",
        unit=unit.title,
        part=reading.label(found.part),
        value=_counted(reading, found.value, found),
        whole=reading.label(found.whole),
        most=_counted(reading, most, found),
    )
    return Html(said + _dated(reading, on))


def _counted(reading: Reading, value: int | Decimal, found: Beside) -> Html:
    return reading.counted(value, found.part)


def _dated(reading: Reading, on: date) -> str:
    """« (09/11/2021)», where the digest is of more than one period."""
    return f" ({reading.words.show(on)})" if len(reading.evidence.periods) > 1 else ""


def _alone(reading: Reading, by_unit: Mapping[Unit, Sequence[Found]], room: Room) -> Iterator[Html]:
    """A line for each part of which some units have no whole, with these units."""
    units: dict[tuple[str, str], dict[Unit, None]] = {}
    for unit, found in by_unit.items():
        for _, each in found:
            if each.most is None:
                units.setdefault((reading.label(each.part), reading.label(each.whole)), {})[unit] = None
    for (part, whole), found_in in units.items():
        names = reading.names(list(found_in), room)
        yield reading.words("digest_part_alone", part=part, whole=whole, names=names)
