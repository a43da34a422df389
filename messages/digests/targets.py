"""What a digest says of targets: only who is behind, has missed one or has just reached one."""

from messages.digests.reading import Reading, Room
from messages.leaders.target_words import progress_of_unit
from reporting.translator import Html


def targets(reading: Reading, room: Room) -> Html | None:
    """A line for each such target, the worst first, with the units that have reported it; what goes as it should is left out."""
    words, evidence = reading.words, reading.evidence
    first_on = evidence.form.period(evidence.periods[0]).first_on
    told = [each for each in evidence.targets if each.is_news(first_on)]
    if not told:
        return None
    lines = [words("digest_targets")]
    lines += [
        progress_of_unit(each, evidence.tree.unit(each.target.unit_id), evidence.form, words)
        for each in told[: room.lines]
    ]
    if len(told) > room.lines:
        lines.append(words("digest_targets_more", n=len(told) - room.lines))
    return Html("\n".join(lines))
