"""Which reminders are due: standings and rules against what was said already. Nothing is ever scheduled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from reporting.receivers import Receiver, Seats
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.reminder_rules import Rule
from reporting.rounds.own_hours import OwnHours, replaced_rules
from reporting.rounds.recipients import Recipients
from reporting.rounds.reminder_plan import OwnMoments, Plan, Reminder, Round
from reporting.rounds.reminder_record import ReminderRecord, ReportKey, times_told
from reporting.rounds.standings import Standing
from reporting.rounds.suppression import SNOOZE_LASTS, Suppression
from reporting.tick_parts import Apart, TickPart, as_one

NONE_OWN: Mapping[int, OwnHours] = MappingProxyType({})

OwnOfRound = Mapping[int, OwnMoments]
"""By person id his own moments in a round."""

HEAD_START = timedelta(minutes=5)
"""Nobody above hears sooner than this after the first word to the person in trouble (or than the rules themselves leave)."""

STALE_AFTER = timedelta(minutes=10)
"""A reminder that has waited so long to leave (no network, a chat's pause) is taken back and planned anew."""


def due_reminders(
    rounds: Sequence[Round],
    recipients: Recipients,
    told: Iterable[ReminderRecord],
    suppression: Suppression,
    now: datetime,
    own: Mapping[int, OwnHours] = NONE_OWN,
    *,
    apart: Apart = as_one,
) -> Plan:
    """The reminders that are due at `now`, for the person in trouble first.

    `told` is what was said of these rounds' reports, and every reminder that still waits to leave. Messages that have
    waited too long, or speak of a report that has come or closed, or would be followed by another, or would interrupt, are taken
    back, and what of them is still due is planned anew: so one message comes, whoever was away, the person, the network or we.
    What one in doubt said counts as said. `own`: by person id the hours at which he wants to be reminded before the deadline: from
    the next report on of which he has not heard they stand in for the form's early reminders (`replaced_rules`), and only for these.
    `apart`: plans each form's, and each unit's of it.
    """
    known = list(told)
    plan = _plan(rounds, recipients, known, suppression, now, own, apart)
    gone = _taken_back(rounds, known, plan, suppression, now)
    if gone:
        left = [each for each in known if not (each.waits and each.message in gone) or each.in_doubt]
        left = [each._replace(waits=False) if each.message in gone else each for each in left]
        plan = _plan(rounds, recipients, left, suppression, now, own, apart)
    reminders = sorted(plan, key=lambda each: (each.rule.level, each.standing.deadline.due_at, each.rule.offset))
    spoken = tuple(each for each in reminders if each.count)
    return Plan(spoken, tuple(each for each in reminders if not each.count), gone)


def _taken_back(
    rounds: Sequence[Round],
    told: Iterable[ReminderRecord],
    plan: Sequence[Reminder],
    suppression: Suppression,
    now: datetime,
) -> frozenset[int]:
    waiting = [each for each in told if each.waits and each.message is not None]
    if not waiting:
        return frozenset()
    wanted = {
        (each.form.key, standing.deadline.unit_id, each.period)
        for each in rounds
        for standing in each.standings
        if wants(standing, now)
    }
    called = {each.person_id for each in plan if each.count}
    return frozenset(
        each.message
        for each in waiting
        if each.message is not None
        and (
            each.at + STALE_AFTER <= now
            or each.report not in wanted
            or each.person_id in called
            or suppression.waits_for(each.person_id, each.rule.receiver or Receiver.REPORTER, each.report)
        )
    )


def wants(standing: Standing, now: datetime) -> bool:
    """Whether a report may be reminded of: owed, open, not sent."""
    return standing.is_open and now < standing.deadline.closes_at


def _plan(
    rounds: Sequence[Round],
    recipients: Recipients,
    told: Iterable[ReminderRecord],
    suppression: Suppression,
    now: datetime,
    own: Mapping[int, OwnHours],
    apart: Apart,
) -> list[Reminder]:
    heard: dict[ReportKey, dict[int, list[ReminderRecord]]] = {}
    for each in told:
        of_report = heard.get(each.report)
        if of_report is None:
            of_report = heard[each.report] = {}
        of_report.setdefault(each.person_id, []).append(each)

    def reminders_of(
        one: Round, standing: Standing, key: ReportKey, due: Sequence[tuple[datetime, Rule]], own: OwnOfRound
    ) -> list[Reminder]:
        report = _Report(one, standing, recipients, heard.get(key, {}), suppression, now)
        return list(report.reminders(key, due, own))

    def of_round(one: Round) -> list[Reminder]:
        wanting = [standing for standing in one.standings if wants(standing, now)]
        due = [(at, rule) for at, rule in one.moments() if at <= now] if wanting else []
        mine = one.own_moments(own) if wanting else {}
        found: list[Reminder] = []
        for standing in wanting if due or mine else ():
            key = (one.form.key, standing.deadline.unit_id, one.period)
            part = TickPart(form=key[0], unit_id=key[1])
            found += apart(part, partial(reminders_of, one, standing, key, due, mine)) or ()
        return found

    plans = (apart(TickPart(form=one.form.key), partial(of_round, one)) for one in rounds)
    return [each for plan in plans for each in plan or ()]


class _Due(NamedTuple):
    """A rule that has come due for a person, with its moment and the unit by whose duty he hears."""

    at: datetime
    rule: Rule
    seat_id: int


class _Report:
    """One report that is wanted, and who has heard of it."""

    def __init__(
        self,
        one: Round,
        standing: Standing,
        recipients: Recipients,
        heard: Mapping[int, list[ReminderRecord]],
        suppression: Suppression,
        now: datetime,
    ) -> None:
        self.form, self.zone, self.standing, self.recipients = one.form, one.zone, standing, recipients
        self.heard, self.suppression, self.now = heard, suppression, now

    def reminders(self, key: ReportKey, due: Sequence[tuple[datetime, Rule]], own: OwnOfRound) -> Iterator[Reminder]:
        for person_id, rules in self._by_person(due, own).items():
            told = self.heard.get(person_id, ())
            said = {each.rule for each in told}
            new = [each for each in rules if each.rule.key not in said]
            if not new:
                continue
            newest = max(new, key=lambda each: each.at)
            lowest = min(rules, key=lambda each: each.rule.level)
            spoken_until = max((each.at for each in rules if each.rule.key in said), default=None)
            older = tuple(each.rule for each in new if each is not newest)
            words = Rule(newest.rule.key, newest.rule.offset, lowest.rule.to)
            if spoken_until is not None and newest.at <= spoken_until:
                yield Reminder(words, self.standing, person_id, lowest.seat_id, 0, older)
            elif not self._waits(person_id, words, key):
                yield Reminder(words, self.standing, person_id, lowest.seat_id, times_told(told) + 1, older)

    def _by_person(self, due: Sequence[tuple[datetime, Rule]], own: OwnOfRound) -> dict[int, list[_Due]]:
        unit_id = self.standing.deadline.unit_id
        found: dict[int, list[_Due]] = {}
        hearing: dict[Receiver, Seats] = {}
        for at, rule in due:
            if rule.to not in hearing:
                hearing[rule.to] = self.recipients.hear(rule.to, unit_id, self.form)
            for person_id, seat_id in hearing[rule.to]:
                found.setdefault(person_id, []).append(_Due(at, rule, seat_id))
        if own or self._has_told_own():
            self._put_own(found, own, unit_id)
        for person_id, until in self.suppression.snoozed.items() if self.suppression.snoozed else ():
            mine = found.get(person_id)
            if mine and mine[0].rule.level == 0 and self._is_snoozed_over(person_id, until):
                offset = until - self.standing.deadline.due_at
                rule = Rule(ReminderKey.snooze(until), offset, mine[0].rule.to)
                mine.append(_Due(until, rule, mine[0].seat_id))
        return found

    def _put_own(self, found: dict[int, list[_Due]], own: OwnOfRound, unit_id: int) -> None:
        """Own hours in the place of the form's early rules, for whoever had not heard of the report when he chose them.

        Who changes or drops his hours after he was reminded at them is not reminded of this report at early hours again.
        """
        replaced = replaced_rules(self.form.schedule.remind)
        for early in (each for each in self.form.schedule.remind if each.key in replaced):
            for person_id, seat_id in self.recipients.hear(early.to, unit_id, self.form):
                mine = own.get(person_id)
                told = self.heard.get(person_id, ())
                holds = mine is not None and not any(each.at < mine.hours.set_at for each in told)
                if not holds and not any(each.rule.kind is ReminderKind.OWN_HOUR for each in told):
                    continue
                rules = [each for each in found.pop(person_id, ()) if each.rule.key not in replaced]
                if mine is not None and holds:
                    at_hours = ((at, mine.hours.rule(at, self.standing.deadline, self.zone, early)) for at in mine.at)
                    known = {each.rule.key for each in rules}
                    due = [(at, rule) for at, rule in at_hours if at <= self.now and rule.key not in known]
                    rules = [*(_Due(at, rule, seat_id) for at, rule in due), *rules]
                if rules:
                    found[person_id] = rules

    def _has_told_own(self) -> bool:
        return any(each.rule.kind is ReminderKind.OWN_HOUR for told in self.heard.values() for each in told)

    def _is_snoozed_over(self, person_id: int, until: datetime) -> bool:
        told = self.heard.get(person_id, ())
        return until <= self.now < until + SNOOZE_LASTS and any(each.at < until for each in told)

    def _waits(self, person_id: int, rule: Rule, key: ReportKey) -> bool:
        if self.suppression.waits_for(person_id, rule.to, key):
            return True
        if rule.level == 0:
            return self._is_snoozed(person_id)
        return not self._is_warned(person_id, rule)

    def _is_snoozed(self, person_id: int) -> bool:
        until = self.suppression.snoozed.get(person_id)
        return until is not None and self.now < until

    def _is_warned(self, superior_id: int, rule: Rule) -> bool:
        """Whether the person in trouble has had his head start, if there is one who is reminded at all.

        Who has asked not to be reminded for a while knows of it: nobody can keep others from being told by asking for silence. And
        what Telegram refused was our fault, which the desk sees: the others are told all the same.
        """
        unit_id = self.standing.deadline.unit_id
        warnings = [each for each in self.form.schedule.remind if each.level == 0 and each.offset <= rule.offset]
        receivers = {each.to for each in warnings}
        trouble = {person_id for to in receivers for person_id, _ in self.recipients.hear(to, unit_id, self.form)}
        trouble.discard(superior_id)
        if not trouble or any(self._is_snoozed(person_id) for person_id in trouble):
            return True
        start = min(HEAD_START, rule.offset - max(each.offset for each in warnings))
        told = (each for person_id in trouble for each in self.heard.get(person_id, ()))
        return any(not each.waits and each.at + start <= self.now for each in told)
