"""What a digest says of totals that are carried forward: who stands in them with an earlier value, and which cannot be told."""

from messages.digests.reading import Reading, Room
from reporting.digests.tallies import Tally
from reporting.translator import Html


def grown(reading: Reading, flow: str) -> list[Html]:
    """«lũy kế: 15*» beside what is new; that it cannot be told, where it cannot."""
    of = reading.grown.get(flow)
    if of is None or (of.value is None and not of.withheld):
        return []
    if of.value is None:
        return [reading.words("digest_grown_untold")]
    value = Html(reading.words.format(of.value) + reading.marks.get(of.question.name, ""))
    return [reading.words("digest_grown", value=value)]


def carried_notes(reading: Reading, room: Room) -> list[Html]:
    """«* Gồm số kỳ trước của xã Dân Lực (10/11).», and of what cannot be told which it is and where it is not known."""
    with_sign: dict[str, str] = {}
    for name, sign in reading.marks.items():
        with_sign.setdefault(sign, name)
    said = [
        reading.words("digest_carried", mark=sign, names=_names(reading, reading.tallies[with_sign[sign]], room))
        for sign in with_sign
    ]
    untold: dict[tuple[int, ...], list[str]] = {}
    for each in reading.tallies.values():
        if each.withheld:
            untold.setdefault(each.withheld, []).append(reading.label(each.question))
    for ids, labels in untold.items():
        names = reading.names([reading.evidence.tree.unit(one) for one in ids], room)
        said.append(reading.words("digest_untold", labels="; ".join(labels), names=names))
    return said


def no_sum_notes(reading: Reading) -> list[Html]:
    """«Tỷ lệ tiêm chủng: không cộng chung …»: which figures have no total, beside a table of units."""
    labels = [reading.label(each.question) for each in reading.tallies.values() if each.is_no_sum]
    return [reading.words("digest_no_sum", labels="; ".join(labels))] if labels else []


def _names(reading: Reading, tally: Tally, room: Room) -> Html:
    evidence = reading.evidence
    units = [evidence.tree.unit(one) for one in tally.carried]
    dates = {
        one: (reading.words.short_period(evidence.form.period(period), evidence.period),)
        for one, period in tally.carried.items()
    }
    return reading.names(units, room, dates)
