"""A district in memory for the rules of rounds: three communes, their people, and a form that is due at 16:30."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.people import Address, Person, Role
from reporting.reminder_rules import read_rules
from reporting.rounds.own_hours import OwnHours
from reporting.rounds.recipients import Recipients
from reporting.rounds.reminder_plan import Plan, Reminder, Round
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.reminding import due_reminders
from reporting.rounds.standings import Sent, expected_units, standings_of
from reporting.rounds.suppression import Suppression
from reporting.schedule import ClockTime, Schedule
from reporting.units import Unit, UnitTree
from tests.rule_keys import spelled

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
DISTRICT = Unit(1, "397", "Triệu Sơn", "huyện")
THO_DAN = Unit(2, "15742", "Thọ Dân", "xã", 1)
DAN_LUC = Unit(3, "15700", "Dân Lực", "xã", 1)
NUA = Unit(4, "15718", "Nưa", "thị trấn", 1)
TREE = UnitTree([DISTRICT, THO_DAN, DAN_LUC, NUA])

NAM, HOA, CHAIR, LEADER, DESK, DEPUTY = 11, 12, 21, 31, 41, 51
NAMES = {
    NAM: "Lê Văn Nam",
    HOA: "Trần Thị Hoa",
    CHAIR: "Phạm Minh",
    LEADER: "Đỗ Lan",
    DESK: "Hà Anh",
    DEPUTY: "Vũ Bình",
}
HELD: tuple[tuple[int, Role, int], ...] = (
    (THO_DAN.id, "reporter", NAM),
    (DAN_LUC.id, "reporter", HOA),
    (THO_DAN.id, "chair", CHAIR),
    (DISTRICT.id, "leader", LEADER),
    (DISTRICT.id, "admin", DESK),
)
RULES = "-60m reporter; 0m reporter; +30m reporter; +60m chair; +120m leader; +150m desk"


def at(clock: str, day: date = DAY) -> datetime:
    """A time of the district's clock."""
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC)


def form(remind: str = RULES, **changes: object) -> Form:
    schedule = Schedule(
        opens=ClockTime(time(8)), due=ClockTime(time(16, 30)), closes=ClockTime(time(8), 1), remind=read_rules(remind)
    )
    made = Form(
        "covid_daily",
        "1",
        {"vi": "Báo cáo ngày"},
        (),
        schedule=schedule,
        topic={"vi": "phòng, chống dịch COVID-19", "en": "COVID-19"},
        authority={"vi": "UBND huyện Triệu Sơn"},
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields are named by the test


def a_round(
    of: Form,
    now: datetime,
    sent: Iterable[Unit] = (),
    free: Iterable[Unit] = (),
    day: date = DAY,
    tree: UnitTree = TREE,
    why: str = "",
) -> Round:
    """The round of the day as it stands at `now`; the units in `sent` sent at nine."""
    stamp = Sent(at("09:00", day), at("09:00", day), 1)
    units = expected_units(of, tree, day)
    stamps, excused = {unit.id: stamp for unit in sent}, {unit.id: why for unit in free}
    return Round(of, day, standings_of(of, day, units, stamps, excused, now, ZONE), ZONE)


def person(person_id: int, language: str = "vi") -> Person:
    return Person(person_id, NAMES[person_id], language, Address("telegram", str(person_id)))


class Day:
    """A day that is ticked through: what is said is remembered as the table does."""

    def __init__(self, of: Form | None = None, held: Sequence[tuple[int, Role, int]] = HELD) -> None:
        self.form = of or form()
        self.tree = TREE
        self.recipients = Recipients(TREE, held)
        self.told: list[ReminderRecord] = []
        self.sent: list[Unit] = []
        self.free: list[Unit] = []
        self.suppression = Suppression()
        self.own: dict[int, OwnHours] = {}
        self.are_out = True
        self._messages = 0

    def plan(self, clock: str, day: date = DAY) -> Plan:
        now = at(clock, day)
        one = a_round(self.form, now, self.sent, self.free, DAY, self.tree)
        return due_reminders([one], self.recipients, self.told, self.suppression, now, self.own)

    def tick(self, clock: str, day: date = DAY) -> list[tuple[int, str, tuple[str, ...]]]:
        """Who is told at that time, of which unit, by which rules."""
        plan = self.plan(clock, day)
        self.told = [each for each in self.told if not (each.waits and each.message in plan.taken_back)]
        messages: dict[int, int] = {}
        for each in plan.reminders:
            if each.person_id not in messages:
                self._messages += 1
                messages[each.person_id] = self._messages
            self._record(each, at(clock, day), messages[each.person_id])
        for each in plan.quietly:
            self._record(each, at(clock, day), None)
        return [
            (each.person_id, TREE.unit(each.standing.deadline.unit_id).name, spelled(each.rules))
            for each in plan.reminders
        ]

    def _record(self, each: Reminder, now: datetime, message: int | None) -> None:
        key = each.report
        waits = message is not None and not self.are_out
        self.told += [ReminderRecord(rule, *key, each.person_id, now, message, waits) for rule in each.rules]

    def leave(self) -> None:
        """Everything that waits leaves."""
        self.are_out = True
        self.told = [each._replace(waits=False) for each in self.told]
