"""What is found when a year is over: that everybody was told what he was to be told, once, and nothing else."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select

from reporting.rounds.reminding import HEAD_START
from reporting.rounds.suppression import SNOOZE_LASTS
from tests.reminders.audience import Audience, Message
from tests.reminders.chronicle import NEVER, Chronicle, Snooze
from tests.reminders.district import HEARERS, KINDS, REPORTERS, Report, is_in_quiet_hours, spoken_of
from tests.reminders.recorded import Word, recorded
from tests.reminders.town import DAY, ZONE, Town, outbox


class Hindsight:
    """The records of a year beside what happened and what people have in their chats."""

    def __init__(self, town: Town, chronicle: Chronicle, audience: Audience) -> None:
        self.town, self.chronicle, self.audience = town, chronicle, audience
        with town.engine.begin() as connection:
            self.messages = connection.execute(select(outbox).order_by(outbox.c.id)).all()
        self.words = recorded(town, chronicle, audience)

    @cached_property
    def told(self) -> dict[tuple[str, Report], list[Word]]:
        """By person and report, in order."""
        found = defaultdict(list)
        for word in sorted(self.words, key=lambda word: word.really):
            found[word.name, word.report].append(word)
        return found

    def each_that_was_due_was_said(self, count: int) -> int:
        """Each reminder that had its chance, by a message of its own or by that of a newer rule; how many those were."""
        certain = 0
        for kind in KINDS.values():
            for report in ((kind.key, unit, period) for period in kind.periods(DAY, count) for unit in HEARERS):
                for name, receiver in HEARERS[report[1]]:
                    told = self.told[name, report]
                    for rule in kind.rules_for(receiver):
                        if self.chronicle.must_be_said(self.audience, name, report, rule):
                            certain += 1
                            due_at = kind.comes_due(rule.key.spelled, report[2])
                            assert rule.key.spelled in {word.rule for word in told}, (
                                f"{rule.key.spelled} {report} {name}"
                            )
                            assert any(word.due_at >= due_at for word in told if word.state), (
                                f"{rule.key.spelled} {report} {name}"
                            )
        assert certain >= 0.6 * len(self.words)
        return certain

    def nothing_else_was_said(self) -> None:
        """Not before its time by the teller's clock, nor of what had come, was suspended or closed; nor at night."""
        for word in self.words:
            assert word.due_at <= word.said_at < KINDS[word.report[0]].closes_at(word.report[2]), word
            assert self.chronicle.is_owed(word.report, word.really) or not self.chronicle.is_right(word.said_at), word
            assert word.really < self.chronicle.sent.get(word.report, NEVER), word
            assert not is_in_quiet_hours(word.said_at), word
            assert not word.moot or word.report in self.chronicle.sent, word
        recorded = {word.outbox_id for word in self.words}
        assert {row.id for row in self.messages if row.state != "dead"} <= recorded, "each message speaks of something"

    def each_has_come_as_often_as_it_may(self) -> None:
        """What people have in their chats: all that was said, one copy of it and one more for each doubt, and nothing else."""
        alike = defaultdict(list)
        for row in self.messages:
            alike[self.audience.message(row.address, row.say["text"])].append(row)
        copies = self.audience.copies()
        assert copies.keys() <= alike.keys(), "nobody has what the outbox does not know of"
        for message, rows in alike.items():
            count, doubts = sum(row.state == "said" for row in rows), sum(row.uncertain for row in rows)
            assert count <= copies[message] <= count + doubts, f"{count} said, {doubts} uncertain: {message}"
            assert doubts <= self.chronicle.doubts[message], message
            for row in rows:
                self._has_its_reason(row, message)
        assert copies.total() - len(copies) > 10, "there were doubts in plenty"

    def _has_its_reason(self, row: Row[Any], message: Message) -> None:
        assert row.state in ("said", "unknown", "dead"), f"{message} still waits"
        if row.state == "unknown":  # tried once more in vain, or taken back while it was in doubt
            assert row.uncertain, message
        else:
            assert row.uncertain < 2, message
        if row.state == "dead":
            assert row.error
            written_at = min(row.created_at, self.chronicle.clocks[row.created_at])
            assert self.audience.was_shut_out(message[0], written_at, NEVER), message

    def people_hear_only_of_what_is_missing(self) -> None:
        """Whatever a message names was missing when it was written, and while it came, but for what was underway then."""
        for row in self.messages:
            message, really = self.audience.message(row.address, row.say["text"]), self.chronicle.clocks[row.created_at]
            named = spoken_of(message[1])
            assert named, message
            assert all(really < self.chronicle.sent.get(report, NEVER) for report in named), message
            if self.chronicle.is_right(row.created_at):
                assert all(self.chronicle.is_owed(report, really) for report in named), message
        wanted_until = defaultdict(list)
        for word in self.words:
            if word.message is not None:
                wanted_until[word.message].append(self.chronicle.sent.get(word.report, NEVER))
        for message, heard_at in self.audience.heard():
            if not self.chronicle.doubts[message]:
                assert heard_at < max(wanted_until[message], default=NEVER), message

    def _by_right_clocks(self) -> Iterator[Word]:
        """What was said in messages by processes whose clocks were right."""
        return (word for word in self.words if word.state is not None and self.chronicle.is_right(word.said_at))

    def nobody_is_interrupted_or_told_what_he_has_put_off(self) -> None:
        """An answer in progress is waited for; and who wants to be left in peace hears no more of what he has heard of."""
        for word in self._by_right_clocks():
            assert not self.chronicle.is_hushed(word.name, word.receiver, word.report, word.really), word
            for snooze in (each for each in self.chronicle.snoozed if each.name == word.name):
                knew = any(each.really < snooze.asked_at for each in self.told[word.name, word.report] if each.has_left)
                assert not (knew and snooze.asked_at <= word.really < snooze.until), word
        for message, heard_at in self.audience.heard():
            names = {name for name, _ in self.chronicle.under_way(heard_at)}
            rights = [word for word in self._of_message(message) if self.chronicle.is_right(word.said_at)]
            if rights and not self.chronicle.doubts[message]:
                assert message[0] not in names, f"{heard_at} {message}"
        assert len(self.chronicle.answered) > 50
        assert len(self.chronicle.snoozed) > 20

    def _of_message(self, message: Message) -> list[Word]:
        return self._words_by_message[message]

    @cached_property
    def _words_by_message(self) -> dict[Message, list[Word]]:
        found = defaultdict(list)
        for word in self.words:
            if word.message is not None:
                found[word.message].append(word)
        return found

    def who_asked_to_be_reminded_later_is(self) -> None:
        """At the first chance when that time is over, of each report that he had heard of and that is still missing."""
        kept = 0
        for snooze in self.chronicle.snoozed:
            tick = next(iter(self.chronicle.ticked[bisect_left(self.chronicle.ticked, snooze.until) :]), NEVER)
            for (name, report), told in self.told.items():
                if name == snooze.name and self._is_to_be_reminded(snooze, report, told, tick):
                    assert any(snooze.until <= word.really <= tick and word.state for word in told), (
                        f"{snooze} {report}"
                    )
                    kept += 1
        assert kept > 10

    def _is_to_be_reminded(self, snooze: Snooze, report: Report, told: list[Word], tick: datetime) -> bool:
        knew = any(word.has_left and word.really < snooze.asked_at for word in told)
        others = [each for each in self.chronicle.snoozed if each.name == snooze.name and each != snooze]
        return (
            knew
            and tick < snooze.until + SNOOZE_LASTS
            and self.chronicle.is_owed(report, tick)
            and not is_in_quiet_hours(tick)
            and not self.chronicle.is_hushed(snooze.name, "reporter", report, tick)
            and not any(snooze.asked_at <= each.asked_at <= tick for each in others)
            and not any(self.chronicle.was_ahead(moment) for moment in (snooze.asked_at, tick))
            and not self.audience.was_shut_out(snooze.name, snooze.asked_at, tick)
        )

    def nobody_is_pestered(self) -> None:
        """Of a report nobody gets more messages than there are rules for him and snoozes of his; on a day, than moments of rules."""
        of_report: Counter[tuple[str, Report]] = Counter()
        of_day: Counter[tuple[str, date]] = Counter()
        for message in self.audience.copies():
            written = {word.said_at.astimezone(ZONE).date() for word in self._of_message(message)}
            of_day.update((message[0], day) for day in written)
            if message[0] != "Lan":
                of_report.update((message[0], report) for report in spoken_of(message[1]))
        for (name, report), count in of_report.items():
            receiver = next(receiver for each, receiver in HEARERS[report[1]] if each == name)
            rules = KINDS[report[0]].rules_for(receiver)
            assert count <= len(rules) + self._snoozes(name, report[2]), (name, report, count)
        for (name, day), count in of_day.items():
            assert count <= self._moments(name, day) + self._snoozes(name, day), (name, day, count)

    def _snoozes(self, name: str, day: date) -> int:
        return sum(
            each.name == name and each.asked_at.astimezone(ZONE).date() == day for each in self.chronicle.snoozed
        )

    def _moments(self, name: str, day: date) -> int:
        """At how many moments of a day a rule for him comes due, and one more for what was left from the day before."""
        receivers = {receiver for who in HEARERS.values() for each, receiver in who if each == name}
        due = {
            kind.due_at(day) + rule.offset
            for kind in KINDS.values()
            if kind.ends_on(day)
            for receiver in receivers
            for rule in kind.rules_for(receiver)
        }
        return len(due) + 1

    def who_is_in_trouble_hears_before_his_superiors(self) -> None:
        """By five minutes, by a message that came; unless nobody can be told, or he has put it off himself.

        Where Telegram is not reached, what is being said counts before it is known that it did not come.
        """
        warned = 0
        for word in self._by_right_clocks():
            in_trouble = REPORTERS.get(word.report[1])
            if word.receiver == "reporter" or in_trouble is None or word.name == in_trouble:
                continue
            since = KINDS[word.report[0]].due_at(word.report[2]) - timedelta(hours=12)
            if self.audience.was_shut_out(in_trouble, since, word.really):
                continue
            if self.chronicle.is_snoozed(in_trouble, word.really) or word.report[2] in self.chronicle.cut_off:
                continue
            before = [
                each for each in self.told[in_trouble, word.report] if each.state in ("said", "unknown") or each.moot
            ]
            assert any(each.said_at + HEAD_START <= word.really for each in before), word
            warned += 1
        assert warned > 100
