"""One message for each person who is to be reminded, whatever he owes and whomever he answers for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from messages.reminders.owed_words import owed
from messages.reminders.receiver_words import entry
from messages.reminders.reminder_buttons import buttons
from messages.reminders.reminder_words import (
    MOST_NAMED,
    Case,
    Missing,
    by_level,
    of_one_unit,
    of_subtree,
    reason_said,
)
from messages.reminders.unchanged_words import unchanged_button, unchanged_said
from reporting.collation import person_order
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Person
from reporting.receivers import LetterKind, Receiver
from reporting.report_page_links import FormVisit
from reporting.rounds.recipients import Recipients
from reporting.rounds.reminder_plan import Reminder, Round
from reporting.rounds.reminder_record import ReminderRecord, ReportKey, times_told
from reporting.rounds.standings import Standing
from reporting.rounds.suppression import Suppression
from reporting.say import Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator
from reporting.units import Unit, UnitTree

RoundKey = tuple[str, date]


def no_link(visit: FormVisit) -> str:
    """Of a report that cannot be filled in on a page."""
    return ""


@dataclass(frozen=True)
class LetterContext:
    """All that letters are written from, as it stood at `now`.

    `reasons`: why reports are late (reason, typed words). `nearly_sent`: states of drafts that
    wait to be sent, or for a reason. `streaks`: by round, for how many owed periods in a row nothing has come. `link_of`: the link
    to a report's page, «» where there is none. `unchanged`: by person and report, what it would be if nothing had changed, for whoever
    can send it by one choice.
    """

    rounds: Mapping[RoundKey, Round]
    tree: UnitTree
    recipients: Recipients
    told: Sequence[ReminderRecord]
    suppression: Suppression
    now: datetime
    zone: ZoneInfo
    people: Mapping[int, Person] = field(default_factory=dict)
    reasons: Mapping[ReportKey, tuple[str, str]] = field(default_factory=dict)
    streaks: Mapping[RoundKey, Mapping[int, int]] = field(default_factory=dict)
    nearly_sent: Mapping[ReportKey, str] = field(default_factory=dict)
    link_of: Callable[[FormVisit], str] = no_link
    unchanged: Mapping[tuple[int, ReportKey], Filling] = field(default_factory=dict)

    def letter(self, person: Person, reminders: Sequence[Reminder]) -> Say:
        """One message of all that the person is to hear now."""
        words = translator(person.language)
        cases = by_level([self._case(each, words) for each in reminders])
        own = [case for case in cases if case.reminder.rule.level == 0]
        paragraphs = [owed(person, own, self.now, self.zone, words)] if own else []
        whole = self.unchanged.get((person.id, own[0].reminder.report)) if len(own) == 1 else None
        offered = unchanged_said(whole, words) if whole is not None else Html("")
        paragraphs += [offered] if offered else []
        for to in (each for each in Receiver if each.letter is LetterKind.ONE_UNIT):
            theirs = [each for each in cases if each.reminder.rule.to is to]
            paragraphs += [of_one_unit(each, self.now, self.zone, words) for each in theirs]
            paragraphs += [words(entry(to, "how"))] if theirs else []
        paragraphs += [of_subtree(each, self.now, self.zone, words) for each in self._lists(cases, words)]
        pressed = buttons(own, self.now, words, partial(self._link, person)) if own else ()
        if whole is not None and offered:
            pressed = ((unchanged_button(whole, words),), *pressed)
        return Say(person.address, "\n\n".join(paragraphs), pressed, rank=self._rank(own, cases))

    def _rank(self, own: Sequence[Case], cases: Sequence[Case]) -> Rank:
        """What somebody above hears stands in the middle, between the last word to whoever owes a report and the words before it."""
        if any(not self._comes_again(each.reminder) for each in own):
            return Rank.LAST_REMINDER
        return Rank.EARLY_REMINDER if len(own) == len(cases) else Rank.REMINDER

    def _comes_again(self, reminder: Reminder) -> bool:
        """Whether a later rule reminds him of this report while it can still be sent."""
        form, _, period = reminder.report
        closes_at = reminder.standing.deadline.closes_at
        later = (rule.to for at, rule in self.rounds[form, period].moments() if self.now < at < closes_at)
        return reminder.rule.to in later

    def _link(self, person: Person, case: Case) -> str:
        due = case.reminder.standing.deadline
        return self.link_of(FormVisit(person.id, due.form, due.unit_id, due.period))

    def _case(self, reminder: Reminder, words: Translator) -> Case:
        form, unit_id, period = reminder.report
        of = self.rounds[form, period].form
        contacts: tuple[int, ...] = ()
        if reminder.rule.to.letter is LetterKind.ONE_UNIT:
            contacts = tuple(person_id for person_id, _ in self.recipients.hear(Receiver.REPORTER, unit_id, of))
        reason = self.reasons.get(reminder.report)
        return Case(
            reminder,
            of,
            self.tree.unit(unit_id),
            in_language(of.authority, words.language),
            tuple(sorted((self.people[each].name for each in contacts if each in self.people), key=person_order)),
            max((times_told(self._heard.get((reminder.report, each), ())) for each in contacts), default=0),
            *self._next(of, reminder),
            reason_said(*reason, words) if reason else "",
            self.nearly_sent.get(reminder.report, ""),
        )

    @cached_property
    def _heard(self) -> Mapping[tuple[ReportKey, int], list[ReminderRecord]]:
        found: dict[tuple[ReportKey, int], list[ReminderRecord]] = {}
        for each in self.told:
            if not each.waits:
                found.setdefault((each.report, each.person_id), []).append(each)
        return found

    def _next(self, form: Form, reminder: Reminder) -> tuple[datetime | None, Receiver | None, Unit | None]:
        """When somebody above the one who hears this is told next, who, and by his duty at which unit."""
        deadline = reminder.standing.deadline
        for at, rule in self.rounds[form.key, deadline.period].moments():
            if reminder.rule.level < rule.level and rule.to.is_foretold and self.now < at < deadline.closes_at:
                for person_id, seat_id in self.recipients.reached(rule.to, deadline.unit_id, form):
                    if person_id != reminder.person_id:
                        return at, rule.to, self.tree.unit(seat_id)
        return None, None, None

    def _lists(self, cases: Iterable[Case], words: Translator) -> list[Missing]:
        """What superiors hear: of each round and seat the units that they are to be told of now."""
        told: dict[tuple[RoundKey, int, Receiver], list[Unit]] = {}
        for case in cases:
            if case.reminder.rule.to.letter is LetterKind.LIST:
                key = case.form.key, case.reminder.standing.deadline.period
                told.setdefault((key, case.reminder.seat_id, case.reminder.rule.to), []).append(case.unit)
        return [self._missing(*group, told[group], words) for group in sorted(told)]

    def _missing(self, key: RoundKey, seat_id: int, to: Receiver, told: Sequence[Unit], words: Translator) -> Missing:
        """Named are the units that this person is told of now; not those that he was told of before, or whose reporter has not
        had his head start.
        """
        one, below = self.rounds[key], self._below[key].get(seat_id, ())
        received = sum(each.has_come for each in below)
        missing = sorted(told, key=lambda unit: unit.code_order)
        groups = self._groups(missing, seat_id) if len(missing) > MOST_NAMED else ()
        listed = () if groups else missing[:MOST_NAMED]
        streaks = self.streaks.get(key, {})
        return Missing(
            one.form,
            one.period,
            self.tree.unit(seat_id),
            to,
            one.standings[0].deadline.due_at,
            received,
            len(below),
            tuple(missing),
            groups,
            {unit.id: streaks[unit.id] for unit in missing if unit.id in streaks},
            {unit.id: self._note(one.form, unit, one.period, words) for unit in listed},
        )

    @cached_property
    def _below(self) -> Mapping[RoundKey, Mapping[int, list[Standing]]]:
        """By round and unit: the standings that are owed in its subtree."""
        found: dict[RoundKey, dict[int, list[Standing]]] = {}
        for key, one in self.rounds.items():
            of_unit = found.setdefault(key, {})
            for standing in one.standings:
                if standing.deadline.is_owed:
                    for above in self.recipients.chain(standing.deadline.unit_id):
                        of_unit.setdefault(above, []).append(standing)
        return found

    def _groups(self, missing: Sequence[Unit], seat_id: int) -> tuple[tuple[Unit, int], ...]:
        counts: dict[int, int] = {}
        for unit in missing:
            chain = self.recipients.chain(unit.id)
            below = chain[max(0, chain.index(seat_id) - 1)]
            counts[below] = counts.get(below, 0) + 1
        if len(counts) == len(missing):
            return ()
        groups = ((self.tree.unit(each), count) for each, count in counts.items())
        return tuple(sorted(groups, key=lambda group: (-group[1], group[0].name_order)))

    def _note(self, form: Form, unit: Unit, period: date, words: Translator) -> str:
        reason = self.reasons.get((form.key, unit.id, period))
        if reason:
            return reason_said(*reason, words)
        if (form.key, unit.id, period) in self.suppression.answered:
            return words.plain("round_note_answering")
        if self.recipients.reached(Receiver.REPORTER, unit.id, form):
            return ""
        return words.plain("round_note_cut_off" if self.recipients.is_cut_off(unit.id) else "round_note_nobody")
