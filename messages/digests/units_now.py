"""The paragraph of a digest read by the units of today: what each has that stands for former ones."""

from messages.digests.reading import Reading, Room
from reporting.digests.totals import total
from reporting.translator import Html
from reporting.units import Unit
from reporting.units_as_now import divided_units, is_as_now


def units_now(reading: Reading, room: Room) -> Html | None:
    """By the units of today, what each has that stands for former ones; and what cannot be told so."""
    words, evidence = reading.words, reading.evidence
    if not is_as_now(evidence.tree):
        return None
    below: dict[int, list[Unit]] = {}
    for unit in evidence.units:
        if (group := evidence.group(unit)) is not None:
            below.setdefault(group.id, []).append(unit)
    lines = [_of_now(reading, evidence.tree.unit(one), units) for one, units in below.items()]
    said = [words("digest_units_now"), *lines[: room.names]] if lines else []
    if len(lines) > room.names:
        said.append(words("digest_standouts_more", n=len(lines) - room.names))
    if evidence.states and lines:
        names = ", ".join(reading.label(each.question) for each in evidence.states)
        said.append(words("digest_states_not_added", names=names))
    divided = [unit.title for unit in evidence.units if unit in divided_units(evidence.tree)]
    if divided:
        said.append(words("digest_divided", names=", ".join(divided)))
    return Html("\n".join(said)) or None


MOST_OF_NOW = 3
"""So many headlines are told of each."""


def _of_now(reading: Reading, now: Unit, units: list[Unit]) -> Html:
    """«• xã Thọ Phú (5/7 đơn vị cũ): Số ca mắc mới 9 ca»."""
    words, evidence = reading.words, reading.evidence
    ids = {unit.id for unit in units}
    owed = [each for each in evidence.owed if each.deadline.unit_id in ids]
    values = [(question, total(evidence, question, units, evidence.periods).value) for question in reading.headlines]
    figures = [
        words("digest_unit_figure", label=reading.label(question), value=reading.counted(value, question))
        for question, value in values
        if value is not None
    ][:MOST_OF_NOW] or [words("digest_unit_no_figure")]
    came = sum(each.has_come for each in owed)
    return words("digest_unit_now", unit=now.title, done=came, all=len(owed), figures=Html("; ".join(figures)))
