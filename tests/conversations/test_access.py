"""Access: every role, every action, every unit: its own, one beside it, the one above. What is refused is polite and on record."""

from collections.abc import Iterator
from itertools import product

import pytest
from sqlalchemy import Connection, func, select

from reporting.access import ACTIONS, Action
from reporting.commands import COMMANDS
from reporting.people import ROLES, Role
from storage.database.tables import metadata
from storage.organisation import units
from tests.conversations.house import House, Talker, fills_in

OWN, BESIDE, ABOVE = "Thọ Dân", "Dân Lực", "toàn huyện"
READERS = {"chair", "leader", "admin"}
ALLOWED: dict[Action, set[str]] = {
    "standing": READERS | {"reporter", "deputy"},
    "look": READERS | {"reporter", "deputy"},
    "digest": READERS,
    "nudge": READERS,
    "ask back": READERS,
    "reopen": {"leader", "admin"},
    "gather": {"leader", "admin"},
    "people": {"leader", "admin"},
    "invite": {"admin"},
    "target": {"leader", "admin"},
    "announce": {"leader", "admin"},
    "return": READERS,
}
"""Who may, of his own unit and what is under it; written out a second time on purpose."""

TYPED: dict[str, Action] = {
    "/tinhhinh {unit}": "standing",
    "/tonghop {unit}": "digest",
    "/bang {unit}": "digest",
    "/congvan {unit}": "digest",
    "/tyle {unit}": "digest",
    "/sosanh {unit}": "digest",
    "/donvi {unit}": "look",
    "/donduc {unit}": "nudge",
    "/hoilai {unit} ca mắc mới": "ask back",
    "/molai {unit}": "reopen",
    "/nhansu {unit}": "people",
    "/moi {unit}": "invite",
    "/daydu {unit}": "digest",
    "/thongbao {unit}": "announce",
    "/tralai {unit}": "return",
    "/muctieu {unit}": "look",
    "/muctieu {unit} f0 mới nhiều nhất 5 mỗi tuần": "target",
}
PRESSED: dict[str, Action] = {
    "unit": "look",
    "units": "look",
    "rank": "digest",
    "nudge": "nudge",
    "backs": "ask back",
    "reopen": "reopen",
}
REFUSED = "chưa được phân quyền"


def refusals(connection: Connection) -> int:
    audit = metadata.tables["audit"]
    return int(connection.execute(select(func.count()).where(audit.c.what == "refused")).scalar_one())


def cases(role: Role, actions: dict[str, Action]) -> Iterator[tuple[str, str, bool]]:
    for (done, action), unit in product(actions.items(), (OWN, BESIDE, ABOVE)):
        yield done, unit, unit == OWN and role in ALLOWED[action]


async def check(house: House, talker: Talker, what: str, is_allowed: bool, before: int) -> int:
    """What was heard is a refusal with its audit line, or neither; the number of refusals now."""
    heard = [each.text for each in talker.forgets()]
    after = await house.running.clerk.write(refusals)
    said = any(REFUSED in text for text in heard)
    assert heard, what
    assert said is not is_allowed, (what, heard)
    assert after - before == (0 if is_allowed else 1), (what, heard)
    if not is_allowed:
        assert len(heard) == 1, (what, heard)
        assert "UBND huyện Triệu Sơn" in heard[0]
    return after


@pytest.mark.parametrize("role", ROLES)
async def test_a_duty_reaches_its_own_unit_and_no_other(house: House, role: Role) -> None:
    talker = await house.joined("Ngô Văn Tuấn", role, "15742")
    count = 0
    for typed, unit, is_allowed in cases(role, TYPED):
        await talker.says(typed.format(unit=unit))
        count = await check(house, talker, typed.format(unit=unit), is_allowed, count)


@pytest.mark.parametrize("role", ROLES)
async def test_a_forged_button_reaches_no_further_than_the_duty(house: House, role: Role) -> None:
    talker = await house.joined("Ngô Văn Tuấn", role, "15742")
    tree = await house.running.clerk.write(units.tree)
    ids = {OWN: "15742", BESIDE: "15700", ABOVE: "397"}
    await talker.says("/trogiup")
    message, count = talker.hears(), 0
    for verb, unit, is_allowed in cases(role, PRESSED):
        found = tree.find(ids[unit], house.simulator.clock.now().date())
        assert found is not None
        more = () if verb in ("unit", "nudge", "reopen") else ("0",)
        data = ":".join((verb, "covid_daily", str(found.id), "211110", *more))
        talker.person.forges(message, data)
        await house.settled()
        count = await check(house, talker, data, is_allowed, count)


async def test_strangers_are_refused_everything(house: House, resident: Talker) -> None:
    count = 0
    for typed in TYPED:
        await resident.says(typed.format(unit=OWN))
        count = await check(house, resident, typed, False, count)
    for typed in ("/duyet", "/traloi", "/nhom"):
        await resident.says(typed)
        count = await check(house, resident, typed, False, count)


async def test_who_leads_the_district_reaches_every_commune(house: House, leader: Talker) -> None:
    of_leaders = [typed for typed, action in TYPED.items() if "leader" in ALLOWED[action]]
    for typed, unit in product(of_leaders, (OWN, BESIDE)):
        await leader.says(typed.format(unit=unit))
        await check(house, leader, typed, True, 0)


async def test_a_question_is_answered_only_by_whoever_reports_for_the_unit(
    house: House, reporter: Talker, leader: Talker
) -> None:
    other = await house.joined("Phạm Văn Đức", "reporter", "15700")
    await other.says("/trogiup")
    message = other.hears()
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await leader.says("/hoilai thọ dân ca mắc mới")
    leader.hears("Đã hỏi")
    reporter.hears("[Đúng]")
    other.person.forges(message, "right:1")
    await house.settled()
    other.hears(REFUSED)
    leader.hears_nothing()


async def test_a_kept_digest_is_opened_only_by_whoever_may_read_it(house: House, leader: Talker) -> None:
    await leader.says("/tonghop")
    leader.forgets()
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await chair.says("/trogiup")
    message = chair.hears()
    for verb in ("letter", "board"):
        chair.person.forges(message, f"{verb}:1")
        await house.settled()
        chair.hears(REFUSED)


def test_every_action_and_command_is_in_the_table() -> None:
    assert set(ALLOWED) == set(ACTIONS)
    assert all(set(ACTIONS[action]) == roles for action, roles in ALLOWED.items())
    assert {"nudge", "unit", "board", "compare", "rates", "letter", "ask", "reopen", "standing", "digest"} <= {
        command.names["en"] for command in COMMANDS
    }
