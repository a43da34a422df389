"""What waits for a decision, and what was promised and is not done: the items of a briefing page that people have to act on."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten

from messages.briefings.reading import BriefingItem, BriefingReading
from messages.leaders.contradiction_words import form_shown
from messages.leaders.target_words import progress_said
from reporting.briefings.briefing_content import Matter
from reporting.presses.leaders import AnnouncementPress, ChooseFigure, OpenList, ShowTargets, ShowUnit
from reporting.rounds.data_query import AskedBack
from reporting.say import Button
from reporting.texts import in_language
from reporting.units import Unit

LONGEST_TEXT = 50
"""So many letters of an announcement are said."""


def waiting_approvals(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The reports that wait for whoever reads the page."""
    facts, words = reading.facts, reading.words
    waiting = facts.approvals
    if waiting:
        units = list(dict.fromkeys(each.unit for each in waiting))
        matters = tuple(
            Matter("waiting_approvals", each.unit.id, each.report.form, each.report.period, str(each.report.revision))
            for each in waiting
        )
        button = Button(words.plain("briefing_button_approve", n=len(waiting)), OpenList("approvals"))
        yield BriefingItem(words("briefing_approvals", n=len(waiting), names=reading.names(units)), matters, (button,))


def questions_open(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The figures that were asked back and wait for an answer."""
    facts, words = reading.facts, reading.words
    if facts.asked:
        first = min(facts.asked, key=lambda each: each.due_at)
        said = words(
            "briefing_asked",
            n=len(facts.asked),
            names=reading.names(_units(reading, facts.asked)),
            at=reading.at(first.due_at),
        )
        yield BriefingItem(said, _matters("questions_open", facts.asked), (_unit_button(reading, first),))


def contradictions_open(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The figures that a validation rule found at odds with each other, and that nobody has corrected yet."""
    facts, words = reading.facts, reading.words
    found = facts.contradictions
    if found:
        shown = [
            words(
                "briefing_contradiction",
                unit=facts.tree.unit(each.unit_id).title,
                rule=in_language(each.rule.name, words.language),
                left=each.left,
                right=each.right,
            )
            for each in found[: reading.most]
        ]
        forms = {of.form.key: of.form for of in facts.rounds}
        matters = tuple(
            Matter("contradictions_open", each.unit_id, form_shown(each, forms, facts.tree), each.period, each.rule.key)
            for each in found
        )
        first = matters[0]
        label = words.plain("briefing_button_unit", unit=facts.tree.unit(first.unit_id).title)
        button = Button(label, ShowUnit(first.form, first.unit_id, found[0].period))
        listed = reading.cut(shown, len(found), "briefing_more_cases", "; ")
        yield BriefingItem(words("briefing_contradictions", n=len(found), list=listed), matters, (button,))


def waiting_proposals(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The indicators that were proposed, for an admin to decide about."""
    facts, words = reading.facts, reading.words
    if facts.proposals:
        button = Button(words.plain("briefing_button_proposals", n=facts.proposals), OpenList("proposals"))
        matter = Matter("waiting_proposals", facts.unit.id)
        yield BriefingItem(words("briefing_proposals", n=facts.proposals), (matter,), (button,))


def messages_unsaid(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The messages that could not be said, for an admin to have them said again."""
    facts, words = reading.facts, reading.words
    if facts.unsaid:
        button = Button(words.plain("briefing_button_unsaid", n=facts.unsaid), OpenList("undelivered"))
        matter = Matter("messages_unsaid", facts.unit.id)
        yield BriefingItem(words("briefing_unsaid", n=facts.unsaid), (matter,), (button,))


def owed_still(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The reports that were missing at the last meeting and have not come since: of earlier periods."""
    facts, words = reading.facts, reading.words
    for of in facts.rounds:
        by_period: dict[date, list[Unit]] = {}
        for each in facts.still:
            if each.form == of.form.key and each.period is not None:
                by_period.setdefault(each.period, []).append(facts.tree.unit(each.unit_id))
        for period, units in by_period.items():
            named = words.short_period(of.form.period(period), of.period)
            said = words("briefing_owed", period=named, names=reading.names(units))
            matters = tuple(Matter("owed_still", each.id, of.form.key, period) for each in units)
            label = words.plain("briefing_button_unit", unit=units[0].title)
            button = Button(label, ShowUnit(of.form.key, units[0].id, period))
            yield BriefingItem(reading.of_form(of, said), matters, (button,))


def questions_unanswered(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The figures that were asked back, were not answered in time, and stand as they were."""
    facts, words = reading.facts, reading.words
    if facts.unanswered:
        first = facts.unanswered[0]
        notes = {each.unit_id: _label(reading, each) for each in facts.unanswered}
        said = words(
            "briefing_unanswered",
            n=len(facts.unanswered),
            names=reading.names(_units(reading, facts.unanswered), notes),
        )
        title = facts.tree.unit(first.unit_id).title
        again = Button(
            words.plain("briefing_button_ask", unit=title), ChooseFigure(first.form, first.unit_id, first.period, 0)
        )
        yield BriefingItem(said, _matters("questions_unanswered", facts.unanswered), (again,))


def reports_returned(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The reports that were returned and that their units have not corrected, the one that has waited longest first."""
    facts, words = reading.facts, reading.words
    if facts.returned:
        first, units = facts.returned[0], list(dict.fromkeys(each.unit for each in facts.returned))
        matters = tuple(Matter("reports_returned", each.unit.id, each.form.key, each.period) for each in facts.returned)
        label = words.plain("briefing_button_unit", unit=first.unit.title)
        button = Button(label, ShowUnit(first.form.key, first.unit.id, first.period))
        said = words("briefing_returned", n=len(facts.returned), names=reading.names(units))
        yield BriefingItem(said, matters, (button,))


def targets_missed(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The targets that units have missed, or go too slowly to reach, the worst first."""
    facts, words = reading.facts, reading.words
    for of in facts.rounds:
        wanting = [each for each in of.evidence.targets if each.is_wanting] if of.evidence is not None else []
        if not wanting:
            continue
        shown = [
            words(
                "briefing_target",
                unit=facts.tree.unit(each.target.unit_id).title,
                progress=progress_said(each, of.form, words),
            )
            for each in wanting[: reading.most]
        ]
        matters = tuple(
            Matter("targets_missed", each.target.unit_id, of.form.key, each.last_on, each.target.indicator)
            for each in wanting
        )
        button = Button(words.plain("briefing_button_targets"), ShowTargets(facts.unit.id, 0))
        said = reading.cut(shown, len(wanting), "briefing_more_cases", "; ")
        yield BriefingItem(reading.of_form(of, said), matters, (button,))


def announcements_unacknowledged(reading: BriefingReading) -> Iterator[BriefingItem]:
    """The announcements that people of units have not acknowledged in time; the units are named, nobody of them."""
    words = reading.words
    for each in reading.facts.unacknowledged:
        number = str(each.announcement.id)
        text = shorten(each.announcement.text, LONGEST_TEXT, placeholder="…")
        said = words("briefing_unacknowledged", id=number, text=text, n=each.people, names=reading.names(each.units))
        matters = tuple(Matter("announcements_unacknowledged", unit.id, key=number) for unit in each.units)
        remind = Button(
            words.plain("announcement_button_remind", n=each.people), AnnouncementPress(each.announcement.id, "remind")
        )
        yield BriefingItem(said, matters, (remind,))


def _matters(kind: str, asked: Sequence[AskedBack]) -> tuple[Matter, ...]:
    return tuple(Matter(kind, each.unit_id, each.form, each.period, each.indicator) for each in asked)


def _units(reading: BriefingReading, asked: Sequence[AskedBack]) -> list[Unit]:
    return [reading.facts.tree.unit(one) for one in dict.fromkeys(each.unit_id for each in asked)]


def _label(reading: BriefingReading, asked: AskedBack) -> str:
    form = reading.facts.form(asked.form)
    question = form.by_name.get(asked.indicator) if form is not None else None
    return in_language(question.alone, reading.words.language) if question is not None else asked.indicator


def _unit_button(reading: BriefingReading, asked: AskedBack) -> Button:
    unit = reading.facts.tree.unit(asked.unit_id)
    label = reading.words.plain("briefing_button_unit", unit=unit.title)
    return Button(label, ShowUnit(asked.form, unit.id, asked.period))
