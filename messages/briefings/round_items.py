"""What is new, what is worse, and who is missing: the items of a briefing page that come of the forms' rounds."""

from collections.abc import Iterator

from messages.briefings.reading import BriefingItem, BriefingReading
from messages.leaders.leader_buttons import nudge_button
from messages.leaders.turn_words import turn_said
from reporting.briefings.briefing_content import Matter
from reporting.briefings.facts import RoundFacts
from reporting.digests.content import DigestIndicator
from reporting.figures.turns import KnownTurn
from reporting.presses.leaders import ChooseFigure, ShowDigest, ShowStanding, ShowUnit
from reporting.say import Button
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit

HEADLINES = 2
"""So many figures of a form are new; of each, where the page is of several forms, one."""

MOST_SINGLE = 100
"""More missing reports of one form than this are one thing to be done."""


def new_figures(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The first headlines of each form of which anything has come since the last meeting."""
    words = reading.words
    for of in reading.facts.rounds:
        content = reading.contents.get(of.form.key)
        if content is None or not of.received or not of.has_news:
            continue
        shown = [content.indicator(name) for name in content.headlines]
        known = [each for each in shown if each.total is not None and not each.untold]
        some = known[: HEADLINES if len(reading.facts.rounds) == 1 else 1]
        said = Html("; ".join(_figure(reading, of, each, content.coverage.received) for each in some))
        if said:
            button = Button(
                words.plain("briefing_button_digest"), ShowDigest(of.form.key, reading.facts.unit.id, of.period)
            )
            yield BriefingItem(reading.of_form(of, said), buttons=(button,))


def _figure(reading: BriefingReading, of: RoundFacts, each: DigestIndicator, received: int) -> Html:
    """«Ca mắc mới 42 ca ▲ 7 (30 đơn vị có số liệu)»."""
    words = reading.words
    assert each.total is not None
    change = Html("")
    if each.change:
        change = words("digest_up" if each.change > 0 else "digest_down", change=reading.counted(abs(each.change), ""))
    value = reading.counted(each.total, each.unit)
    said = words("briefing_figure", label=reading.label(of, each), value=value, change=change)
    if each.carried:
        return words("briefing_remark", said=said, remark=words("briefing_carried", n=each.carried))
    if each.units < received:
        return words("briefing_remark", said=said, remark=words("digest_partly", n=each.units))
    return said


def arrived_since(reading: BriefingReading) -> Iterator[BriefingItem]:
    """How many reports have come since the last meeting of the same period."""
    for of in reading.facts.rounds:
        if of.came:
            yield BriefingItem(reading.of_form(of, reading.words("briefing_came", n=of.came, at=reading.since)))


def corrected_since(reading: BriefingReading) -> Iterator[BriefingItem]:
    """Which units have mended since then what they had sent."""
    facts = reading.facts
    for of in facts.rounds:
        units = [facts.tree.unit(each) for each in of.corrected]
        if units:
            said = reading.words("briefing_corrected", n=len(units), names=reading.names(units))
            matters = tuple(Matter("corrected_since", each.id, of.form.key, of.period) for each in units)
            yield BriefingItem(reading.of_form(of, said), matters)


def levels_changed(reading: BriefingReading) -> Iterator[BriefingItem]:
    """Which units' levels have been set since the last meeting, and to what."""
    facts, words = reading.facts, reading.words
    evidence = next((each.evidence for each in facts.rounds if each.evidence is not None), None)
    if evidence is None or facts.since is None:
        return
    since = facts.since.astimezone(facts.zone).date()
    for states in evidence.states:
        labels = {each.name: in_language(each.label, words.language) for each in states.question.choices}
        new = [each for each in evidence.units if each.id in states.of_unit and states.of_unit[each.id].since > since]
        notes = {each.id: labels.get(states.of_unit[each.id].choice, "") for each in new}
        if new:
            label = in_language(states.question.label, words.language)
            matters = tuple(Matter("levels_changed", each.id) for each in new)
            yield BriefingItem(words("briefing_levels", label=label, names=reading.names(new, notes)), matters)


def unusual_figures(reading: BriefingReading) -> Iterator[BriefingItem]:
    """Which units' figures are far from their own usual ones, the farthest first."""
    facts, words = reading.facts, reading.words
    for of in facts.rounds:
        content = reading.contents.get(of.form.key)
        if content is None or not content.standouts:
            continue
        shown = [
            words(
                "briefing_standout",
                unit=facts.tree.unit(each.unit_id).title,
                label=reading.label(of, each.indicator),
                value=reading.counted(each.value, content.indicator(each.indicator).unit),
                usual=reading.counted(each.usual, ""),
            )
            for each in content.standouts[: reading.most]
        ]
        said = reading.cut(shown, len(content.standouts), "briefing_more_cases", "; ")
        matters = tuple(
            Matter("unusual_figures", each.unit_id, of.form.key, of.period, each.indicator)
            for each in content.standouts
        )
        first = facts.tree.unit(content.standouts[0].unit_id)
        button = Button(
            words.plain("briefing_button_ask", unit=first.title), ChooseFigure(of.form.key, first.id, of.period, 0)
        )
        yield BriefingItem(reading.of_form(of, said), matters, (button,))


def turns_for_worse(reading: BriefingReading) -> Iterator[BriefingItem]:
    """Which indicators with a target have turned for the worse with the newest closed period, each a sentence with its numbers."""
    facts, words = reading.facts, reading.words
    if facts.turns:
        shown = [turn_said(each, words) for each in facts.turns[: reading.most]]
        said = reading.cut(shown, len(facts.turns), "briefing_more_cases", "; ")
        matters = tuple(
            Matter("turns_for_worse", each.unit.id, each.form.key, each.turn.period, each.question.name)
            for each in facts.turns
        )
        yield BriefingItem(said, matters, (_unit_button(reading, facts.turns[0]),))


def _unit_button(reading: BriefingReading, of: KnownTurn) -> Button:
    label = reading.words.plain("briefing_button_unit", unit=of.unit.title)
    return Button(label, ShowUnit(of.form.key, of.unit.id, of.turn.period))


def missing_reports(reading: BriefingReading) -> Iterator[BriefingItem]:
    """Whose reports are over due, by name, for how long, and the button that urges them."""
    facts, words = reading.facts, reading.words
    for of in facts.rounds:
        if not of.missing:
            continue
        if reading.is_own(of):
            said = words("briefing_missing_own", at=reading.at(of.due_at))
        else:
            notes = {one: words.plain("briefing_in_a_row", n=n) for one, n in of.streaks.items() if n > 1}
            longest_first = sorted(of.missing, key=lambda each: -of.streaks.get(each.id, 0))
            said = words(
                "briefing_missing", n=len(of.missing), all=of.expected, names=reading.names(longest_first, notes)
            )
        yield BriefingItem(reading.of_form(of, said), _of_missing(reading, of), (_missing_button(reading, of),))


def _of_missing(reading: BriefingReading, of: RoundFacts) -> tuple[Matter, ...]:
    units: list[Unit] = list(of.missing) if len(of.missing) <= MOST_SINGLE else [reading.facts.unit]
    return tuple(Matter("missing_reports", each.id, of.form.key, of.period) for each in units)


def _missing_button(reading: BriefingReading, of: RoundFacts) -> Button:
    """Urges them; where the reports are closed it leads to whoever may open them again."""
    words, unit = reading.words, reading.facts.unit
    if of.can_be_nudged:
        title = in_language(of.form.title, words.language) if len(reading.facts.rounds) > 1 else ""
        return nudge_button(of.form.key, unit.id, of.period, len(of.missing), words, title)
    if len(of.missing) == 1:
        only = of.missing[0]
        return Button(words.plain("briefing_button_unit", unit=only.title), ShowUnit(of.form.key, only.id, of.period))
    return Button(words.plain("briefing_button_missing"), ShowStanding(of.form.key, unit.id, of.period))
