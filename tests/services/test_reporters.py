"""What reporters come to do, without any messenger: use cases are called as a web form would call them, and say what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, select

from handlers.reporters.draft_verbs import VERBS
from reporting import typed_buttons
from reporting.answers import Answer
from reporting.errors import Refused
from reporting.events.duties import DutyHandedOver, LeaveTaken
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.people import Address, Duty, Person, Role
from reporting.unit_list import read_units
from reporting.units import Unit
from services.context import Context
from services.correct_report import (
    Changed,
    MovedByAnother,
    NothingChanged,
    NotTaken,
    change_figures,
    drop_correction,
    open_correction,
)
from services.draft_session import filling_of, save_and_show
from services.hand_over import MOST_DAYS_AHEAD, hand_over_duty
from services.late_reason import give_reason_of, late_now, own_words_wanted
from services.leave import end_leave, take_leave
from services.open_report import NotOpened, open_draft, open_practice
from services.submit_report import Accepted, AskWhetherSame, NeedsReason, Overtaken, Practised, StillOpen, submit
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.figures import figures
from storage.organisation import people, units
from storage.reports import drafts, forms, reports
from tests.channels import CHANNELS
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2021, 11, 1)
UNITS = "code,name,kind,parent,aliases,since,until\n1,Huyện,huyện,,,,\n11,A,xã,1,,,\n"
FORM = """| settings | form_id | version | due | default_language |
|---|---|---|---|---|
| | watch | 1 | 16:30 | vi |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | ill | Ill | flow |
| | integer | beds | Beds | stock |
"""


@dataclass
class Post:
    """A unit with its reporter Nam, its deputy Hoa and its chair Ba. `now` is the moment at which somebody comes."""

    connection: Connection
    now: datetime
    nam: Person
    hoa: Person
    ba: Person

    @property
    def context(self) -> Context:
        return Context(self.connection, self.now, ZONE, units.tree(self.connection), CHANNELS)

    @property
    def unit(self) -> Unit:
        found = self.context.tree.find("11", FIRST)
        assert found is not None
        return found

    @property
    def today(self) -> date:
        return self.context.today

    def task(self) -> Task:
        (form,) = self.context.forms
        return Task(form, self.unit, self.today)

    def opens(self, who: Person) -> Filling:
        opened = open_draft(self.context, who, who.address, self.task())
        assert isinstance(opened, Filling), opened
        return opened

    def fills(self, who: Person, **values: int) -> Filling:
        """The draft with these answers, as far as they go."""
        filling = self.opens(who)
        answers = {name: Answer(value) for name, value in values.items()}
        filled = filling.with_draft(replace(filling.draft, answers=answers)).settled()
        return save_and_show(self.context, who, who.address, filled)

    def sends(self, who: Person, **values: int) -> None:
        sent = submit(self.context, who, who.address, self.fills(who, **values), is_sure=True)
        assert isinstance(sent, Accepted), sent

    def sent(self) -> Filling:
        """The draft of today's report, which was sent."""
        found = drafts.of_unit(self.connection, "watch", self.unit.id, self.today)
        assert found is not None
        return filling_of(self.context, *found)

    def figure(self, name: str) -> object:
        return figures.of_period(self.connection, "watch", self.unit.id, self.today)[name].value

    def audited(self) -> list[str]:
        audit = metadata.tables["audit"]
        return list(self.connection.execute(select(audit.c.what).order_by(audit.c.id)).scalars())


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("post")
    url = f"sqlite:///{path}/post.db"
    begin_at(url)
    engine = writing_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def post(engine: Engine) -> Iterator[Post]:
    now = datetime(2021, 11, 1, 9, tzinfo=UTC)  # 16:00 there

    def charge(number: int, name: str, role: Role) -> Person:
        person = people.add(connection, Address("telegram", str(number)), name, "vi", now)
        people.charge(connection, Duty(person.id, unit.id, role, FIRST))
        return person

    with engine.connect() as connection, connection.begin() as transaction:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.encode(), "watch.md", FIRST, now)
        unit = units.tree(connection).known("11", FIRST)
        nam, hoa, ba = charge(1, "Nam", "reporter"), charge(2, "Hoa", "deputy"), charge(3, "Ba", "chair")
        yield Post(connection, now, nam, hoa, ba)
        transaction.rollback()


def read(**values: int) -> Lines:
    return Lines({name: Answer(value) for name, value in values.items()})


def test_a_filled_draft_becomes_a_report_whose_figures_stand(post: Post) -> None:
    sent = submit(post.context, post.nam, post.nam.address, post.fills(post.nam, ill=3, beds=7))
    assert isinstance(sent, Accepted)
    assert (sent.report.number, sent.report.revision, sent.report.replaces) == ("W-11-011121-1", 1, None)
    assert (sent.report.sent_by, sent.report.first_sent_at) == (post.nam.id, post.now)
    assert (post.figure("ill"), post.figure("beds")) == (3, 7)
    assert post.audited()[-1:] == ["report"]
    assert drafts.at(post.connection, post.nam.address) is None, "the chat has left what is sent"


def test_what_is_not_filled_in_is_not_sent(post: Post) -> None:
    with pytest.raises(Refused, match="not_in_review"):
        submit(post.context, post.nam, post.nam.address, post.fills(post.nam, ill=3))
    half = post.fills(post.nam, ill=3)
    claimed = half.with_draft(replace(half.draft, state="review", at=""))
    asks = submit(post.context, post.nam, post.nam.address, claimed)
    assert isinstance(asks, StillOpen)
    assert (asks.filling.draft.state, asks.filling.draft.at) == ("asking", "beds")
    assert reports.newest(post.connection, "watch", post.unit.id, post.today) is None


def test_a_correction_needs_its_reason_and_is_the_next_revision_of_a_report_that_came_when_it_first_came(
    post: Post,
) -> None:
    post.sends(post.nam, ill=3, beds=7)
    came, post.now = post.now, post.now + timedelta(minutes=5)
    moved = open_correction(post.context, post.nam, post.sent())
    moved = moved.with_draft(replace(moved.draft, answers=read(ill=4, beds=7).answers)).settled()
    asks = submit(post.context, post.nam, post.nam.address, moved)
    assert isinstance(asks, NeedsReason)
    assert (asks.filling.draft.state, post.figure("ill")) == ("awaiting a reason", 3)
    sent = submit(post.context, post.nam, post.nam.address, asks.filling, "Nhập nhầm")
    assert isinstance(sent, Accepted)
    assert (sent.report.revision, sent.report.replaces, sent.report.reason) == (2, "W-11-011121-1", "Nhập nhầm")
    assert (sent.report.first_sent_at, sent.report.sent_at, post.figure("ill")) == (came, post.now, 4)


def test_of_two_corrections_at_once_the_first_stands_and_the_other_hears_whose_it_is(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    theirs = open_correction(post.context, post.hoa, post.sent())
    change_figures(post.context, post.nam, post.nam.address, post.sent(), lambda _: read(ill=4), 1, reason="Sót")
    late = submit(post.context, post.hoa, post.hoa.address, theirs, "Thừa")
    assert isinstance(late, Overtaken)
    assert (late.by.sent_by, late.by.report.revision if late.by.report else 0) == ("Nam", 2)
    assert post.figure("ill") == 4


def test_what_is_like_the_two_days_before_is_asked_about_once(post: Post) -> None:
    for _ in range(2):
        post.sends(post.nam, ill=0, beds=7)
        post.now += timedelta(days=1)
    filled = post.fills(post.nam, ill=0, beds=7)
    assert submit(post.context, post.nam, post.nam.address, filled) == AskWhetherSame(filled, 2)
    assert isinstance(submit(post.context, post.nam, post.nam.address, filled, is_sure=True), Accepted)
    assert post.audited()[-2:] == ["report", "same confirmed"]


def test_changing_a_sent_report_asks_why_and_the_same_figures_change_nothing(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    to = post.nam.address
    assert isinstance(change_figures(post.context, post.nam, to, post.sent(), lambda _: read(ill=3), 1), NothingChanged)
    changed = change_figures(post.context, post.nam, to, post.sent(), lambda _: read(ill=5), 2)
    assert isinstance(changed, Changed)
    assert isinstance(changed.now, Filling)
    assert (changed.now.draft.state, changed.now.draft.heard) == ("awaiting a reason", {"1/2": "*"})
    assert drop_correction(post.context, post.nam, to, changed.now) == "W-11-011121-1"
    assert post.sent().draft.answers["ill"].value == 3, "what was begun is given up"


def test_nobody_changes_a_draft_that_another_has_moved_meanwhile_nor_one_whose_time_is_over(post: Post) -> None:
    post.fills(post.nam, ill=3)
    mine = post.fills(post.hoa, ill=4)
    found = change_figures(post.context, post.nam, post.nam.address, mine, lambda _: read(beds=1), 1)
    assert isinstance(found, MovedByAnother)
    assert found.other is not None
    assert found.other.person.name == "Hoa"
    post.sends(post.hoa, ill=4, beds=7)
    sent, post.now = post.sent(), post.now + timedelta(days=9)
    late = change_figures(post.context, post.nam, post.nam.address, sent, lambda _: read(beds=1), 1)
    assert isinstance(late, NotTaken)
    assert (late.was_sent, late.refusal.key) == (True, "report_closed")


def test_a_report_is_not_opened_before_its_time_nor_of_a_unit_that_owes_none(post: Post) -> None:
    task = post.task()
    early = open_draft(post.context, post.nam, post.nam.address, replace(task, period=FIRST + timedelta(days=3)))
    assert isinstance(early, NotOpened)
    assert early.why == "not open yet"
    above = replace(task, unit=post.context.tree.known("1", FIRST))
    not_theirs = open_draft(post.context, post.nam, post.nam.address, above)
    assert not_theirs == NotOpened(above, "not expected")


def test_a_report_to_practise_with_counts_nowhere(post: Post) -> None:
    context, to = post.context, post.nam.address
    filling = open_practice(context, post.nam, context.duties(post.nam), to)
    assert filling is not None
    filled = filling.with_draft(replace(filling.draft, answers=read(ill=1, beds=1).answers)).settled()
    assert submit(context, post.nam, to, filled) == Practised("Nam")
    assert figures.of_period(post.connection, "watch", post.unit.id, post.today) == {}


def test_whoever_is_away_is_stood_in_for_and_deputy_and_chair_are_told(post: Post) -> None:
    context = post.context
    first, last = post.today, post.today + timedelta(days=3)
    (left,) = take_leave(context, post.nam, first, last)
    away = (post.nam, post.unit, first, last, (post.hoa,))
    assert left.events == (LeaveTaken(post.hoa, *away), LeaveTaken(post.ba, *away, to_chair=True))
    assert take_leave(context, post.nam, first, last) == [], "the duty rests already"
    assert context.duties(post.nam, "reporter") == []
    assert end_leave(context, post.nam).units == (post.unit,)
    assert [duty.role for duty in context.duties(post.nam)] == ["reporter"]
    assert post.audited()[-2:] == ["leave", "back"]


def test_a_duty_is_handed_over_by_who_has_it_to_a_deputy_within_a_month(post: Post) -> None:
    context, unit = post.context, post.unit
    furthest = post.today + timedelta(days=MOST_DAYS_AHEAD)
    assert hand_over_duty(context, post.hoa, unit, post.hoa.id, post.today) is None, "the deputy has nothing to give"
    assert hand_over_duty(context, post.nam, unit, post.ba.id, post.today) is None, "the chair is no deputy"
    assert hand_over_duty(context, post.nam, unit, post.hoa.id, furthest + timedelta(days=1)) is None
    assert hand_over_duty(context, post.nam, unit, post.hoa.id, post.today - timedelta(days=1)) is None
    assert "hand over" not in post.audited()
    told = hand_over_duty(context, post.ba, unit, post.hoa.id, furthest)
    assert told == [DutyHandedOver(each, post.hoa, "Nam", unit, furthest) for each in (post.nam, post.ba, post.hoa)]
    post.now += timedelta(days=MOST_DAYS_AHEAD)
    assert [duty.role for duty in post.context.duties(post.hoa)] == ["deputy", "reporter"]
    assert post.context.duties(post.nam) == []


def test_a_reason_in_own_words_is_wanted_until_it_is_given_or_the_report_has_come(post: Post) -> None:
    post.now += timedelta(hours=1)  # past the due time
    late = [task for task in late_now(post.context, post.nam) if task.period == post.today]
    assert [task.unit.code for task in late] == ["11"]
    give_reason_of(post.context, post.nam, late, "other")
    wanted = own_words_wanted(post.context, post.nam)
    assert wanted is not None
    assert [task.unit.code for task in wanted.late] == ["11"]
    assert own_words_wanted(post.context, post.hoa) is None, "it was Nam who tapped"
    give_reason_of(post.context, post.nam, late, "other", "mưa lũ")
    assert own_words_wanted(post.context, post.nam) is None
    give_reason_of(post.context, post.nam, late, "other")
    post.sends(post.nam, ill=0, beds=7)
    assert own_words_wanted(post.context, post.nam) is None


def test_each_word_that_is_typed_for_a_button_does_something_at_a_draft() -> None:
    assert set(typed_buttons.VERBS) - set(VERBS) == set()
