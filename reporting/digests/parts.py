"""What a digest says of parts that are greater than their wholes, and of those whose whole is not known."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from reporting.digests.reading import Reading, Room
from reporting.digests.totals import brought
from reporting.questions.parts import Beside, beside
from reporting.units import Unit
from reporting.words import Html

Found = tuple[date, Beside]
"""What a unit's figures of one period come to."""


def parts(reading: Reading, room: Room) -> Html | None:
    """Which units' figures contradict each other, and which could not be compared: they are summed as they came."""
    by_unit = {unit: found for unit in reading.evidence.units if (found := _of_unit(reading, unit))}
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
    for on, each in _of_unit(reading, unit):
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


def _of_unit(reading: Reading, unit: Unit) -> list[Found]:
    """By period; at the span's end as the unit stands in totals, be it with values of an earlier period."""
    evidence, found = reading.evidence, list[Found]()
    names = {name for part, wholes in evidence.form.parts.items() for name in (part, *wholes)}
    for on in evidence.periods:
        values = {name: of[on] for name in names if on in (of := evidence.history.get(name, {}).get(unit.id, {}))}
        if on == evidence.period:
            shares = {name: brought(evidence, evidence.form.by_name[name], unit) for name in names}
            values |= {name: each.value for name, each in shares.items() if each.value is not None}
        found += [(on, each) for each in beside(evidence.form, values)]
    return found
