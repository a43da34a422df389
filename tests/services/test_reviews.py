"""Return, correct, approve and un-approve in any order: what is public, who is told, and that only the unit changes figures."""

from collections import Counter
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from reminders.approvals import due_approvals
from reminders.context import Tick
from reminders.returned import due_returns
from reporting.answers import Answer
from reporting.errors import Refused
from reporting.forms import Form
from reporting.people import Address, Duty
from reporting.reports import next_revision
from reporting.rounds.quiet_hours import QuietHours
from services.approve import approve, unapprove
from services.return_report import return_report
from services.submit_report import accept
from services.waiting_reviews import awaiting_approval, awaiting_correction
from storage.database.engines import writing_engine
from storage.figures import figures
from storage.organisation import people
from storage.reports import forms, reports, reviews
from tests.channels import CHANNELS
from tests.databases import fresh_of_kind
from tests.services.office import DAY, FORM, NOW, ZONE, Office, furnish

ASKED = FORM.replace("| closes | default_language |", "| closes | approval | remind | default_language |").replace(
    "|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|"
)


def tiered(approval: str) -> str:
    """The office's form, approved so, and its reporter reminded at 16:00."""
    return ASKED.replace("| 1 | 16:30", "| 2 | 16:30").replace(
        "| 20:00 | vi |", f"| 20:00 | {approval} | -30m reporter | vi |"
    )


RARELY = st.sampled_from([False, False, False, True])


class Reviewing(RuleBasedStateMachine):
    """One unit's report on one connection, and beside it what must be true of it."""

    engine: Engine
    approval: str

    @initialize()
    def opens(self) -> None:
        self.transaction = self.engine.connect()
        self.outer = self.transaction.begin()
        self.office = Office(self.transaction)
        forms.publish(self.transaction, tiered(self.approval).encode(), "beds.md", DAY.replace(day=1), NOW)
        self.passed: list[str] = []
        self.sent: list[int] = []
        self.public: int | None = None
        self.heard = Counter[str]()

    @property
    def form(self) -> Form:
        return next(form for form in self.office.context.forms if form.key == "beds")

    @property
    def revision(self) -> int:
        return len(self.sent)

    def place(self) -> tuple[str, int]:
        return "beds", self.office.unit("11").id

    @rule(beds=st.integers(0, 99))
    def sends(self, beds: int) -> None:
        self.office.now += timedelta(minutes=1)
        old = reports.newest(self.transaction, *self.place(), DAY)
        said = {"by": self.office["Nam"].id, "at": self.office.now, "reason": "đếm lại"}
        new = next_revision(old, self.form, self.office.unit("11"), DAY, {"beds": Answer(beds)}, **said)  # type: ignore[arg-type]  # as named
        assert accept(self.transaction, self.form, new, ZONE)
        self.sent.append(beds)
        self.passed = []
        self.public = self.public if self.form.approval else beds

    @precondition(lambda self: self.sent)
    @rule(by=st.sampled_from(["Ba", "Hoa"]), old=RARELY)
    def returns(self, by: str, *, old: bool) -> None:
        revision = self.revision - 1 if old else self.revision
        done = return_report(
            self.office.context,
            self.office.actor(by),
            self.form,
            self.office.unit("11"),
            DAY,
            revision,
            ["beds"],
            "xem lại",
        )
        assert (done.state == "stale") is old
        if not old:
            self.public = None if self.is_accepted else self.public
            self.passed = []

    @precondition(lambda self: self.sent)
    @rule(by=st.sampled_from([("Ba", "chair"), ("Hoa", "leader")]), old=RARELY)
    def approves(self, by: tuple[str, str], *, old: bool) -> None:
        (name, tier), revision = by, self.revision - 1 if old else self.revision
        if tier not in self.form.approval:
            return
        done = approve(self.office.context, self.office.actor(name), self.form, self.office.unit("11"), DAY, revision)
        due = self.form.approval[len(self.passed)] if len(self.passed) < len(self.form.approval) else ""
        if not old and tier == due:
            self.passed = [*self.passed, tier]
            self.public = self.sent[-1] if self.is_accepted else self.public
            assert done.state == ("approved" if len(self.passed) == len(self.form.approval) else "passed on")
        else:
            assert done.state in ("stale", "not yet", "approved before")

    @precondition(lambda self: self.sent)
    @rule()
    def all_approve(self) -> None:
        for by in (("Ba", "chair"), ("Hoa", "leader")):
            self.approves(by, old=False)

    @precondition(lambda self: self.sent)
    @rule(by=st.sampled_from([("Ba", "chair"), ("Hoa", "leader")]))
    def unapproves(self, by: tuple[str, str]) -> None:
        name, tier = by
        if tier not in self.form.approval:
            return
        at = self.form.approval.index(tier)
        done = unapprove(
            self.office.context, self.office.actor(name), self.form, self.office.unit("11"), DAY, self.revision, "sai"
        )
        is_his = bool(self.passed) and at >= len(self.passed) - 1
        assert done.state == ("unapproved" if is_his else "not approved")
        if is_his:
            self.public = None if self.is_accepted else self.public
            self.passed = self.passed[: max(at - 1, 0)]

    @property
    def is_accepted(self) -> bool:
        """Whether every tier that there is has approved the newest revision."""
        return bool(self.passed) and len(self.passed) == len(self.form.approval)

    @rule(minutes=st.sampled_from([1, 60, 1500]))
    def time_goes_by(self, minutes: int) -> None:
        self.office.now += timedelta(minutes=minutes)
        tick = Tick(self.transaction, self.office.now, ZONE, CHANNELS)
        last = max((each.id for each in reviews.of_one(self.transaction, *self.place(), DAY)), default=0)
        for say in due_approvals(tick):
            self.heard[f"{say.to.address}: {self.revision} waits after step {last}"] += 1
        for say in due_returns(tick):
            self.heard[f"{say.to.address}: {say.buttons[0][0].press} {say.text.split(',')[0]}"] += 1

    @invariant()
    def the_public_is_told_what_every_tier_approved_and_leaders_what_the_unit_sent_last(self) -> None:
        if not getattr(self, "sent", None):
            return
        told = figures.of_period(self.transaction, *self.place(), DAY, accepted=True).get("beds")
        assert (told.value if told is not None else None) == self.public
        assert figures.of_period(self.transaction, *self.place(), DAY)["beds"].value == self.sent[-1]
        newest = reports.newest(self.transaction, *self.place(), DAY)
        assert newest is not None
        assert newest.provisional is (bool(self.form.approval) and not self.is_accepted)

    @invariant()
    def each_cause_is_told_once(self) -> None:
        assert not [cause for cause, times in getattr(self, "heard", Counter()).items() if times > 1]

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            self.outer.rollback()
            self.transaction.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = writing_engine(fresh_of_kind(request, tmp_path_factory.mktemp("reviews") / "giaoban.db", furnish))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("approval", ["none", "leader", "chair, leader"])
def test_in_any_order_the_public_is_told_only_what_may_be_told_and_each_cause_once(
    engine: Engine, approval: str
) -> None:
    machine = type("Machine", (Reviewing,), {"engine": engine, "approval": approval})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def test_whoever_takes_over_hears_of_what_was_returned_and_so_does_nobody_twice(office: Office) -> None:
    unit, form = office.unit("11"), next(form for form in office.context.forms if form.key == "beds")
    _sent(office, form, 7)
    done = return_report(office.context, office.actor("Hoa"), form, unit, DAY, 1, (), "thiếu thôn 3")
    assert {each.name for each in done.people} == {"Nam", "Bình"}
    assert done.until is not None
    assert done.until > office.now + timedelta(days=6), "it closes today at 20:00 by its form"
    assert {each.to.address for each in due_returns(_tick(office))} == {"Nam", "Bình"}
    assert due_returns(_tick(office)) == []
    new = people.add(office.connection, Address("telegram", "Tâm"), "Tâm", "vi", NOW)
    people.charge(office.connection, Duty(new.id, unit.id, "reporter", DAY))
    assert [each.to.address for each in due_returns(_tick(office))] == ["Tâm"]
    office.now += timedelta(hours=23, minutes=30)  # the form reminds of nothing else; at its due time of the next day
    assert {each.to.address for each in due_returns(_tick(office))} == {"Nam", "Bình", "Tâm"}
    office.now += timedelta(days=1)
    assert due_returns(_tick(office)) == [], "once"
    assert [each.unit for each in awaiting_correction(office.context, office.actor("Hoa").duties)] == [unit]
    _sent(office, form, 7)
    assert awaiting_correction(office.context, office.actor("Hoa").duties) == []
    assert ("returned", office["Hoa"].id) in office.audited()


def test_a_unit_without_anybody_is_returned_to_all_the_same_and_quiet_hours_hold(office: Office) -> None:
    form = next(form for form in office.context.forms if form.key == "beds")
    _sent(office, form, 7, "12")
    done = return_report(office.context, office.actor("Hoa"), form, office.unit("12"), DAY, 1, (), "xem lại")
    assert (done.state, done.people) == ("returned", [])
    assert due_returns(_tick(office)) == []
    new = people.add(office.connection, Address("telegram", "Tâm"), "Tâm", "vi", NOW)
    people.charge(office.connection, Duty(new.id, office.unit("12").id, "reporter", DAY))
    assert due_returns(_tick(office, quiet=(time(16), time(18)))) == []
    assert [each.to.address for each in due_returns(_tick(office))] == ["Tâm"]
    with pytest.raises(Refused):
        return_report(office.context, office.actor("Nam"), form, office.unit("12"), DAY, 1, (), "xem lại")
    with pytest.raises(Refused):
        return_report(office.context, office.actor("Hoa"), form, office.unit("12"), DAY, 1, (), " ")


def test_what_was_unapproved_waits_for_the_first_tier_again_though_it_was_not_who_took_it_back(office: Office) -> None:
    forms.publish(office.connection, tiered("chair, leader").encode(), "beds.md", DAY.replace(day=1), NOW)
    unit, form = office.unit("11"), next(form for form in office.context.forms if form.key == "beds")
    _sent(office, form, 7)
    for name in ("Ba", "Hoa"):
        approve(office.context, office.actor(name), form, unit, DAY, 1)
    unapprove(office.context, office.actor("Hoa"), form, unit, DAY, 1, "chưa khớp")
    assert awaiting_approval(office.context, office.actor("Hoa")) == []
    (found,) = awaiting_approval(office.context, office.actor("Ba"))
    assert (found.unit, found.awaited) == (unit, "chair")


def _sent(office: Office, form: Form, beds: int, code: str = "11") -> None:
    old = reports.newest(office.connection, "beds", office.unit(code).id, DAY)
    answers = {"beds": Answer(beds)}
    new = next_revision(
        old, form, office.unit(code), DAY, answers, by=office["Nam"].id, at=office.now, reason="đúng như vậy"
    )
    assert accept(office.connection, form, new, ZONE)


def _tick(office: Office, quiet: QuietHours | None = None) -> Tick:
    return Tick(office.connection, office.now, ZONE, CHANNELS, quiet)
