"""A made-up world played for real: reports go in as the chat sends them, approvals as leaders type them; the truth is kept beside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.leaders.approve import approve_typed
from handlers.residents.public_question import ask
from reporting.answers import Answer
from reporting.archive import ArchiveLine
from reporting.errors import Refusal
from reporting.forms import Form
from reporting.incoming import Message, Sender
from reporting.people import Address, Duty, Person
from reporting.rounds.deadlines import deadline
from reporting.say import Say
from reporting.unit_list import UnitLine
from reporting.units import Unit, UnitTree
from services.context import Context
from services.correct_report import open_correction
from services.draft_session import filling_of
from services.import_history import take_in
from services.memory import ProgramMemory
from services.reopen import open_until
from services.submit_report import Accepted, submit
from storage.database import audit
from storage.organisation import people, units
from storage.reports import drafts, forms, reports
from tests.channels import CHANNELS
from tests.truth.fields import Numbers
from tests.truth.truth import ONE_DAY, Revision, Truth
from tests.truth.worlds import START, Sending, World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REPORTER, LEADER, RESIDENT = 11, 12, 1000
MORNING = 7
PATIENCE = timedelta(minutes=5)
"""So long after a report came it is approved."""


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """A local time of a day as a moment."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@dataclass
class Stage:
    """The bot's own functions over a database, and what is true of it. `now` is the moment that is played."""

    connection: Connection
    world: World
    now: datetime = field(default_factory=lambda: at(START, MORNING))
    asked: int = 0
    memory: ProgramMemory = field(default_factory=ProgramMemory)

    def __post_init__(self) -> None:
        self.truth = Truth(self.world.sheet, self.world.places)
        lines = (
            UnitLine(row, each.code, each.name, each.kind, each.above, (), each.since, each.until)
            for row, each in enumerate(self.world.places, 2)
        )
        units.put(self.connection, list(lines))
        audit.write(self.connection, self.now, None, "units")
        self.tree: UnitTree = units.tree(self.connection)
        source = self.world.sheet.markdown().encode()
        self.form: Form = forms.publish(self.connection, source, "flood.md", self.world.from_on, self.now)[0]
        self.reporter, self.leader = self._person(REPORTER, "Nam"), self._person(LEADER, "Hoa")
        for unit in self.tree:
            if self.truth.place(unit.code).is_leaf:
                people.charge(self.connection, Duty(self.reporter.id, unit.id, "reporter", START))
        people.charge(self.connection, Duty(self.leader.id, self.unit("1").id, "leader", START))
        self._merged, self._waiting = False, list(self.world.sendings)

    def _person(self, chat: int, name: str) -> Person:
        return people.add(self.connection, Address("telegram", str(chat)), name, "vi", self.now)

    def unit(self, code: str) -> Unit:
        return next(each for each in self.tree if each.code == code)

    def turn(self) -> Context:
        return Context(self.connection, self.now, ZONE, self.tree, CHANNELS, "vi", memory=self.memory)

    def plays(self, until: datetime) -> None:
        """All that comes up to this moment and was not played yet."""
        while self._waiting and (moment := self._waiting[0].at.replace(tzinfo=ZONE).astimezone(UTC)) <= until:
            self._merges(moment)
            self.now = max(self.now, moment)
            self._sends(self._waiting.pop(0))
        self._merges(until)
        self.now = max(self.now, until)

    def _merges(self, until: datetime) -> None:
        on, successor = self.world.merged_on, self.world.successor
        if on is None or successor is None or self._merged or until < at(on, MORNING):
            return
        self._merged, self.now = True, at(on, MORNING)
        if not self.world.has_opening:
            return
        opening: Numbers = {}
        for each in self.world.sheet.fields:
            if each.name in self.world.sheet.carried:
                known = [self._last(place.code, each.name) for place in self.world.merging]
                have = [value for value in known if value is not None]
                if have and sum(have) >= 0:
                    opening[each.name] = sum(have)
        if opening:
            code = self.unit(successor.code).identity
            lines = [ArchiveLine(2, on - ONE_DAY, code, name, str(value)) for name, value in opening.items()]
            take_in(self.connection, lines, self.now, ZONE)
            self.truth.archive[successor.code, on - ONE_DAY] = opening

    def _last(self, code: str, name: str) -> int | None:
        known = [
            day.values[name] for _, day in sorted(self.truth.days(code, accepted=True).items()) if name in day.values
        ]
        return known[-1] if known else None

    def _sends(self, sending: Sending) -> None:
        """A report from its first question to «Gửi», or a correction of one, and its approval."""
        on, unit = START + timedelta(days=sending.day), self.unit(sending.code)
        context, to = self.turn(), self.reporter.address
        values, unknown = self._answers(sending, on)
        due = deadline(self.form.key, self.form.schedule, unit.id, on, ZONE)
        if self.now >= due.closes_at:
            until = self.now + timedelta(hours=1)
            open_until(context, self.leader, self.form, unit, on, until)
        draft = drafts.begin(self.connection, self.form, unit.id, on)
        filling = filling_of(context, draft, self.form)
        is_correction = draft.state == "sent"
        if is_correction:
            filling = open_correction(context, self.reporter, filling)
        answers = {name: Answer(value, reason="Đã kiểm tra") for name, value in values.items()}
        answers |= {name: Answer(None, "unknown") for name in unknown}
        filled = filling.with_draft(replace(filling.draft, answers=answers)).settled()
        if filled.draft.state == "mending" and self._is_part_of_less_than_none(filled.draft.at, values, filled.last):
            return  # no count fits there, and the form rightly takes none: the report waits
        assert filled.draft.state == "review", (
            f"{filled.draft.at} of {sending} with {values} was not taken: {filled.last}"
        )
        reason = "Nhập nhầm" if is_correction else ""
        sent = submit(context, self.reporter, to, filled, reason, is_sure=True)
        assert isinstance(sent, Accepted), sent
        new = Revision(values, unknown, is_accepted=not self.form.approval)
        self.truth.reports.setdefault((sending.code, on), []).append(new)
        if self.form.approval and sending.is_approved:
            self.now += PATIENCE
            self._approves(unit, on)
            new.is_accepted = True

    def _is_part_of_less_than_none(self, name: str, values: Numbers, last: Mapping[str, Any]) -> bool:
        """Whether a field is a part of a stock that a correction of an earlier day has brought under 0."""
        known = {**self.world.sheet.calculated(values, dict(last)), **values}
        return known.get(self.world.sheet.by_name[name].part_of, 0) < 0

    def _approves(self, unit: Unit, on: date) -> None:
        newest = reports.newest(self.connection, self.form.key, unit.id, on)
        assert newest is not None
        said = self.commands(approve_typed, "duyet", newest.number)
        assert any("duyệt" in each.text for each in said), said

    def _answers(self, sending: Sending, on: date) -> tuple[Numbers, frozenset[str]]:
        """Numbers that the form's rules let through, made of what was drawn."""
        last = self.truth.last_before(sending.code, on)
        values: Numbers = {}
        unknown = frozenset({sending.unknown} if sending.unknown else ())
        for place, each in enumerate(self.world.sheet.asked):
            if each.name in unknown:
                continue
            drawn = sending.draws[place % 4]
            value = each.floor + drawn + (int(sending.code) % 10 * 11 + place if drawn else 0)
            most = self._most(sending.code, each.name, on) if each.is_growing else 0
            value = max(value, most + drawn) if each.is_growing else value
            if each.name == "over":
                value = min(value, last.get("active", 0) + values.get("new", 0))
            if each.part_of:
                value = self._at_most(each.part_of, value, values, last, is_free=each.is_lenient)
            values[each.name] = max(value, most)
        return values, unknown

    def _most(self, code: str, name: str, before: date) -> int:
        """The greatest value that a unit has reported so far of what only grows."""
        days = self.truth.days(code, accepted=False)
        return max((day.values.get(name, 0) for on, day in days.items() if on < before), default=0)

    def _at_most(self, whole: str, value: int, values: Numbers, last: Numbers, *, is_free: bool) -> int:
        known = {**self.world.sheet.calculated(values, last), **values}
        if whole not in known or (is_free and whole not in last):
            return value
        return min(value, known[whole])

    # what is asked of it

    def commands(self, handler: Any, name: str, args: str) -> list[Say]:
        """What the leader is told to a command; a refusal is told too."""
        message = replace(_message(LEADER, f"/{name} {args}".strip()), command=name, arguments=args)
        try:
            return _said(handler(message, self.turn()))
        except Refusal as refused:
            words = self.turn().words(self.leader)
            return [Say(self.leader.address, words.refusal(refused))]

    def asks(self, text: str) -> list[Say]:
        """What somebody who never asked before is told."""
        self.asked += 1
        return _said(ask(_message(RESIDENT + self.asked, text), self.turn()))


def _said(effects: Iterable[object] | None) -> list[Say]:
    return [each for each in effects or () if isinstance(each, Say)]


def _message(chat: int, text: str) -> Message:
    to = Address("telegram", str(chat))
    return Message(to, "private", None, Sender(to, "A", "vi"), message_id=1, text=text)
