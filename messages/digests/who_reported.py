"""The paragraphs of a digest that name units: who is missing, late, counted though not approved, or has its report back."""

from collections import Counter

from messages.digests.reading import Reading, Room
from reporting.reviews import Review
from reporting.translator import Html
from reporting.units import Unit


def not_reported_yet(reading: Reading, room: Room) -> Html | None:
    """Who has not reported, by name, for how long, and why: no report is not zero. Over a span the other reports are counted."""
    words, evidence = reading.words, reading.evidence
    if not evidence.missing or evidence.is_own:
        return None
    units = [unit for unit in evidence.units if unit.id in evidence.missing]
    notes = {unit.id: (*_how_long(reading, unit), *_reason(reading, unit.id)) for unit in units}
    is_carried = any(evidence.missing.keys() & each.carried.keys() for each in reading.tallies.values())
    key = "digest_missing_carried" if is_carried else "digest_missing"
    key = key if len(evidence.periods) == 1 else "digest_missing_span"
    said = words(key, n=len(units), names=reading.names(units, room, notes))
    return Html(f"{said} {words('digest_missing_partly', n=len(evidence.partly))}") if evidence.partly else said


def _how_long(reading: Reading, unit: Unit) -> tuple[Html, ...]:
    evidence = reading.evidence
    if len(evidence.periods) > 1:
        count = evidence.missing[unit.id]
        return (reading.words("digest_missing_of", n=count, periods=reading.periods(len(evidence.periods))),)
    count = evidence.streaks.get(unit.id, 0)
    return (reading.words("digest_missing_row", periods=reading.periods(count)),) if count > 1 else ()


def _reason(reading: Reading, unit_id: int) -> tuple[str, ...]:
    """Why it has not reported: reasons are of the last period, so a span that is longer has none."""
    return (reading.late_reason(unit_id),) if len(reading.evidence.periods) == 1 else ()


def late(reading: Reading, room: Room) -> Html | None:
    """Who reported late, when, and why."""
    words, evidence = reading.words, reading.evidence
    if not evidence.late:
        return None
    units = list(dict.fromkeys(evidence.tree.unit(each.deadline.unit_id) for each in evidence.late))
    if len(evidence.periods) > 1:
        counts = Counter(each.deadline.unit_id for each in evidence.late)
        notes: dict[int, tuple[Html, ...]] = {key: (words("digest_late_times", n=n),) for key, n in counts.items()}
    else:
        notes = {each.deadline.unit_id: _when(reading, each.deadline.unit_id) for each in evidence.late}
    return words("digest_late", n=len(units), names=reading.names(units, room, notes))


def _when(reading: Reading, unit_id: int) -> tuple[Html, ...]:
    words, evidence = reading.words, reading.evidence
    sent = next(each.sent for each in evidence.late if each.deadline.unit_id == unit_id)
    if sent is None:
        return ()
    at = sent.first_sent_at.astimezone(evidence.zone)
    shown = at.time() if at.date() == evidence.period else at
    reason = reading.late_reason(unit_id)
    return (words("digest_late_because", at=shown, reason=reason) if reason else Html(words.format(shown)),)


def provisional(reading: Reading, room: Room) -> Html | None:
    """Whose figures are counted though they wait for approval."""
    units = [unit for unit in reading.evidence.units if unit.id in reading.evidence.provisional]
    if not units:
        return None
    return reading.words("digest_provisional", n=len(units), names=reading.names(units, room))


def returned(reading: Reading, room: Room) -> Html | None:
    """Which units have been given their reports back and have not corrected them yet, and since when."""
    words, evidence = reading.words, reading.evidence
    first: dict[int, Review] = {}
    for each in evidence.returned:
        first.setdefault(each.unit_id, each)
    units = [unit for unit in evidence.units if unit.id in first]
    if not units:
        return None
    notes: dict[int, tuple[Html, ...]] = {}
    for unit in units:
        since, period = first[unit.id].at.astimezone(evidence.zone), first[unit.id].period
        key = "digest_returned_since" if period in evidence.periods else "digest_returned_of"
        notes[unit.id] = (words(key, at=since, period=evidence.form.period(period)),)
    return words("digest_returned", n=len(units), names=reading.names(units, room, notes))
