"""The figures of a digest: the headline indicators a line each, what their arrows mean, and the other indicators."""

from messages.digests.carried_words import carried_notes, grown
from messages.digests.reading import Reading, Room, rounded
from reporting.digests.look_back import PAST
from reporting.digests.tallies import Compared, Tally
from reporting.digests.totals import is_carried
from reporting.translator import Html, Translator


def totals(reading: Reading, room: Room) -> Html | None:
    """The headline indicators, a line each, and on how many units the comparison rests."""
    tallies = [reading.tallies[question.name] for question in reading.headlines]
    if not any(each.value is not None or each.is_untold for each in (*tallies, *reading.grown.values())):
        return reading.words("digest_no_figures")
    lines = [*(_line(reading, each) for each in tallies), *carried_notes(reading, room)]
    said = legend(reading)
    if said is None:
        return Html("\n".join(lines))
    if any(each.mean is not None for each in tallies):
        past = reading.periods(PAST[reading.evidence.of.kind])
        said = Html(f"{said} {reading.words('digest_legend_mean', periods=past)}")
    return Html("\n".join([*lines, reading.words("digest_small", text=said)]))


def _line(reading: Reading, of: Tally) -> Html:
    words, label, remarks = reading.words, reading.label(of.question), list[Html]()
    if of.value is None:
        key = "digest_line_no_sum" if of.is_no_sum else "digest_line_untold" if of.withheld else "digest_line_none"
        line = words(key, label=label)
    else:
        value = Html(reading.counted(of.value, of.question) + reading.marks.get(of.question.name, ""))
        line = words("digest_line", label=label, value=value, change=_change(words, of.before))
        remarks += _partly(reading, of)
        if of.mean is not None and (of.value or of.mean.then):
            past = reading.periods(PAST[reading.evidence.of.kind])
            remarks.append(words("digest_mean", periods=past, value=rounded(of.mean.then)))
    remarks += grown(reading, of.question.name)
    return Html(line + (f" ({'; '.join(remarks)})" if remarks else ""))


def _partly(reading: Reading, of: Tally) -> list[Html]:
    """How many units have a figure, where fewer do than have reported; of a span, of what stands at its end, than there are then."""
    evidence, words = reading.evidence, reading.words
    if len(evidence.periods) == 1:
        return [words("digest_partly", n=of.units)] if of.units < evidence.coverage.received else []
    if of.question.kind == "flow" or is_carried(evidence, of.question):
        return []
    living = evidence.existing_ids(evidence.period)
    if of.units >= sum(unit.id in living for unit in evidence.units):
        return []
    return [words("digest_partly_at_end", n=of.units, period=evidence.last)]


def _change(words: Translator, compared: Compared | None) -> Html:
    """« ▲ 7», « ▼ 3», « =», or nothing where there is nothing to compare with."""
    if compared is None:
        return Html("")
    if compared.change == 0:
        return words("digest_same")
    key = "digest_up" if compared.change > 0 else "digest_down"
    return words(key, change=max(compared.change, -compared.change))


def legend(reading: Reading) -> Html | None:
    """What ▲ and ▼ mean, and over which units, said wherever coverage differs: otherwise a total less its change misleads."""
    words, evidence = reading.words, reading.evidence
    tallies = [reading.tallies[question.name] for question in reading.headlines]
    compared = [each.before.units for each in tallies if each.before]
    if not compared:
        return None
    if len(evidence.periods) > 1:
        lines = [words("digest_legend_span", periods=reading.periods(len(evidence.periods)))]
    else:
        lines = [words(f"digest_legend_{evidence.of.key}")]
    most = max(max(each.units + len(each.carried), each.units_before) for each in tallies)
    if not evidence.is_own and min(compared) < most:
        low, high = min(compared), max(compared)
        many = words.format(low) if low == high else f"{words.format(low)}–{words.format(high)}"
        lines.append(words("digest_basis", units=Html(many)))
    return Html(" ".join(lines))


def others(reading: Reading, room: Room) -> Html | None:
    """The other indicators, one after the other."""
    words = reading.words
    shown = [each.question.name for each in reading.grown.values()]
    rest = [each for each in reading.tallies.values() if each.question not in reading.headlines]
    known = [each for each in rest if each.value is not None and each.question.name not in shown]
    if not room.others or not known:
        return None
    parts = [
        words(
            "digest_other",
            label=reading.label(each.question),
            value=Html(reading.counted(each.value, each.question) + reading.marks.get(each.question.name, "")),
            change=_change(words, each.before),
        )
        for each in known
        if each.value is not None
    ]
    return words("digest_others", parts=Html("; ".join(parts)))
