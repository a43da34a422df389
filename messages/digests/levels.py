"""The paragraph of a digest on levels that the desk has set: how many units are at each, never computed."""

from collections import Counter
from datetime import date

from messages.digests.reading import Reading, Room
from reporting.digests.evidence import States
from reporting.texts import in_language
from reporting.translator import Html


def states(reading: Reading, room: Room) -> Html | None:
    """How many units are at each level, the few by name with the decision, as set; never computed."""
    paragraphs = [_states(reading, room, each) for each in reading.evidence.states]
    return Html("\n".join(said for said in paragraphs if said)) or None


def _states(reading: Reading, room: Room, of: States) -> Html | None:
    words, units = reading.words, reading.evidence.units
    at = {unit.id: of.of_unit[unit.id] for unit in units if unit.id in of.of_unit}
    if not at:
        return None
    counts = Counter(state.choice for state in at.values())
    usual = counts.most_common(1)[0][0]
    lines = [words("digest_states", label=reading.label(of.question))]
    for choice in of.question.choices:
        here = [unit for unit in units if unit.id in at and at[unit.id].choice == choice.name]
        if not here:
            continue
        name = in_language(choice.label, words.language)
        if choice.name == usual and len(here) > 1:
            lines.append(words("digest_state", state=name, n=len(here)))
        else:
            notes = {unit.id: (_since(reading, at[unit.id].since, at[unit.id].ground),) for unit in here}
            lines.append(words("digest_state_named", state=name, n=len(here), names=reading.names(here, room, notes)))
    if len(at) < len(units):
        lines.append(words("digest_state_unset", n=len(units) - len(at)))
    return Html("\n".join(lines))


def _since(reading: Reading, since: date, ground: str) -> Html:
    if ground:
        return reading.words("digest_state_ground", date=since, ground=ground)
    return reading.words("digest_state_since", date=since)
