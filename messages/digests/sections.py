"""The paragraphs of a digest, one function each, in the order in which a leader reads them."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from textwrap import shorten

from messages.digests.carried_words import carried_notes, grown
from messages.digests.parts import parts
from messages.digests.queries import questions
from messages.digests.reading import REASON, Reading, Room, rounded
from messages.digests.targets import targets
from reporting.digests.evidence import PAST, States
from reporting.digests.outliers import Outlier
from reporting.digests.tallies import Compared, Tally
from reporting.digests.totals import total
from reporting.filling.unusual import bounds_said, periods_said
from reporting.forms import Question
from reporting.reviews import Review
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit
from reporting.units_as_now import divided_units, is_as_now

Section = Callable[[Reading, Room], Html | None]


def heading(reading: Reading, room: Room) -> Html:
    """Topic and unit, the window with its coverage, and as of when; that the figures are made up, where they are."""
    words, evidence = reading.words, reading.evidence
    covered = Html(f"{window(reading)} – {coverage_line(reading)}")
    lines = [title(reading), covered, words("digest_as_of", at=evidence.now.astimezone(evidence.zone))]
    if evidence.demonstration:
        lines.append(words("digest_demonstration"))
    return Html("\n".join(lines))


def title(reading: Reading) -> Html:
    words, evidence = reading.words, reading.evidence
    unit: str = evidence.unit.title.upper()
    if is_as_now(evidence.tree):
        unit = words.plain("digest_as_now", unit=unit)
    topic = in_language(evidence.form.topic, words.language).upper()
    if topic:
        return words("digest_title", topic=topic, unit=unit)
    return words("digest_title_of_form", form=in_language(evidence.form.title, words.language).upper(), unit=unit)


def coverage_line(reading: Reading) -> Html:
    """«31/34 đơn vị đã báo cáo», and how many of them are known from the archive only."""
    words, evidence = reading.words, reading.evidence
    done, expected = evidence.coverage.received, evidence.coverage.expected
    if not expected:
        return words("digest_nothing_owed")
    if len(evidence.periods) == 1 and evidence.is_own:
        known = "digest_own_archive" if evidence.archived else "digest_own_reported"
        return words(known if done else "digest_own_missing")
    if len(evidence.periods) > 1:
        said = words("digest_coverage_span", done=done, all=expected, n=len(evidence.units))
    else:
        said = words("digest_coverage", done=done, all=expected)
    return Html(said + words("digest_archive", n=evidence.archived)) if evidence.archived else said


def window(reading: Reading) -> Html:
    """«Số liệu từ 16 giờ hôm trước đến 16 giờ ngày 10/11/2021»."""
    words, evidence = reading.words, reading.evidence
    if len(evidence.periods) > 1:
        return words(
            "digest_window_span", first=evidence.form.period(evidence.periods[0]).first_on, last=evidence.period
        )
    counted = in_language(evidence.form.window, words.language)
    if counted:
        return words("digest_window", window=counted, period=evidence.last)
    return words("digest_window_day", period=evidence.last)


def totals(reading: Reading, room: Room) -> Html | None:
    """The headline indicators, a line each, and on how many units the comparison rests."""
    tallies = [reading.tallies[question.name] for question in reading.headlines]
    if not any(each.value is not None or each.withheld for each in (*tallies, *reading.grown.values())):
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
        line = words("digest_line_untold" if of.withheld else "digest_line_none", label=label)
    else:
        value = Html(reading.counted(of.value, of.question) + reading.marks.get(of.question.name, ""))
        line = words("digest_line", label=label, value=value, change=_change(words, of.before))
        if of.units < reading.evidence.coverage.received and len(reading.evidence.periods) == 1:
            remarks.append(words("digest_partly", n=of.units))
        if of.mean is not None and (of.value or of.mean.then):
            past = reading.periods(PAST[reading.evidence.of.kind])
            remarks.append(words("digest_mean", periods=past, value=rounded(of.mean.then)))
    remarks += grown(reading, of.question.name)
    return Html(line + (f" ({'; '.join(remarks)})" if remarks else ""))


def _change(words: Translator, compared: Compared | None) -> Html:
    """« ▲ 7», « ▼ 3», « =», or nothing where there is nothing to compare with."""
    if compared is None:
        return Html("")
    if compared.change == 0:
        return words("digest_same")
    key = "digest_up" if compared.change > 0 else "digest_down"
    return words(key, change=rounded(max(compared.change, -compared.change)))


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
        unit=unit.title if group is None else f"{unit.title} ({group.title})",
        label=reading.label(question),
        value=reading.counted(odd.value, question),
        growth=reading.counted(odd.above, question),
        usual=rounded(usual.usual),
        least=rounded(usual.least),
        most=rounded(usual.most),
        range=bounds_said(usual, words),
        periods=periods_said(reading.evidence.form, usual, reading.evidence.period, words),
    )
    reason = shorten(reading.evidence.reasons.get(unit.id, {}).get(question.name, ""), REASON, placeholder="…")
    return Html(said + words("look_figure_reason", reason=reason)) if reason else said


def missing(reading: Reading, room: Room) -> Html | None:
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


SECTIONS: tuple[Section, ...] = (
    heading,
    totals,
    units_now,
    standouts,
    targets,
    parts,
    missing,
    late,
    provisional,
    questions,
    returned,
    states,
    others,
)
