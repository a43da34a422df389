"""The paragraph of a digest on figures far from what is usual for the unit itself."""

from textwrap import shorten

from messages.digests.reading import REASON, Reading, Room
from reporting.digests.outliers import Outlier
from reporting.filling.unusual import bounds_said, periods_said
from reporting.forms import Question
from reporting.translator import Html
from reporting.units import Unit


def standouts(reading: Reading, room: Room) -> Html | None:
    """Which units' figures are far from what is usual for the unit itself."""
    words, found = reading.words, reading.outliers
    if not found:
        return None
    lines = [words("digest_standouts")]
    for unit, question, odd in found[: room.lines]:
        lines.append(_standout(reading, unit, question, odd))
    if len(found) > room.lines:
        lines.append(words("digest_standouts_more", n=len(found) - room.lines))
    return Html("\n".join(lines))


def _standout(reading: Reading, unit: Unit, question: Question, odd: Outlier) -> Html:
    """One of them, with the reason that was given for it when it was entered."""
    words, usual, group = reading.words, odd.usual, reading.evidence.group(unit)
    key = "first" if odd.first else "high" if odd.is_high else "low"
    said = words(
        f"digest_standout_{'desk' if usual.by_desk else 'growth' if usual.base else key}",
        unit=_named(unit, group),
        label=reading.label(question),
        value=reading.counted(odd.value, question),
        growth=reading.counted(odd.above, question),
        usual=usual.middle,
        least=usual.least,
        most=usual.most,
        range=bounds_said(usual, words),
        periods=periods_said(reading.evidence.form, usual, reading.evidence.period, words),
    )
    reason = shorten(reading.evidence.reasons.get(unit.id, {}).get(question.name, ""), REASON, placeholder="…")
    return Html(said + words("look_figure_reason", reason=reason)) if reason else said


def _named(unit: Unit, group: Unit | None) -> str:
    """«xã Tân Tiến (huyện Thọ Xuân)»: once, where that tells it from another of its name too."""
    if group is None or group.id == unit.id:
        return unit.title
    is_told_apart = unit.within == f"{group.kind} {group.name}".strip()
    bare = f"{unit.kind} {unit.name}".strip()
    return f"{bare if is_told_apart else unit.title} ({group.title})"
