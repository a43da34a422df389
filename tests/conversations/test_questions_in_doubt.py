"""A question of which nobody knows whether it came: what is typed next is offered for its answer, and not taken without a word."""

import pytest
from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.conversations.house import House, Talker

draft, outbox = metadata.tables["draft"], metadata.tables["outbox"]


async def answers(house: House) -> dict[str, object]:
    def read(connection: Connection) -> dict[str, object]:
        kept = connection.execute(select(draft.c.answers)).scalar_one()
        return {name: each["value"] if isinstance(each, dict) else each for name, each in kept.items()}

    return await house.running.clerk.write(read)


async def states(house: House) -> list[str]:
    def read(connection: Connection) -> list[str]:
        return list(connection.execute(select(outbox.c.state).order_by(outbox.c.id)).scalars())

    return await house.running.clerk.write(read)


@pytest.fixture
async def asked(house: House, reporter: Talker) -> Talker:
    await reporter.says("/baocao")
    reporter.hears("(1/20)", "F0")
    return reporter


@pytest.mark.parametrize("fate", ["before", "after"])
async def test_who_types_after_a_question_in_doubt_is_asked_whether_that_is_its_answer(
    house: House, asked: Talker, fate: str
) -> None:
    house.simulator.faults.add(method="sendMessage", drop=fate, times=2)
    await asked.says("3")
    assert "unknown" in await states(house)
    for _ in range(2 if fate == "after" else 0):
        asked.hears("(2/20)")
    asked.hears_nothing()
    await asked.says("2")
    offered = asked.hears("muốn ghi vào báo cáo", "2", "Chưa có gì được ghi", "«Ghi»")
    assert len(await answers(house)) == 1
    assert list(offered.labels) == ["Ghi", "Không"]
    await asked.taps("Ghi")
    asked.hears("(3/20)")
    assert len(await answers(house)) == 2
    await asked.says("1")
    asked.hears("(4/20)")
    assert len(await answers(house)) == 3


async def test_who_types_on_without_waiting_has_no_number_taken_for_another_question(
    house: House, asked: Talker
) -> None:
    house.simulator.faults.add(method="sendMessage", drop="after", times=2)
    await asked.says("3")
    for _ in range(2):
        asked.hears("(2/20)")
    for typed in ("2", "1", "77"):
        await asked.says(typed)
    offered = asked.hears("muốn ghi vào báo cáo", "F0 cộng đồng: 2 ca")
    for typed in ("1", "77"):
        assert asked.hears(f"«{typed}» chưa được ghi. Trước hết", "F0 cộng đồng: 2 ca").labels == offered.labels
    assert len(await answers(house)) == 1
    await asked.taps("Ghi", offered)
    asked.hears("(3/20)")
    assert list((await answers(house)).values()) == [3, 2]


async def test_who_meant_something_else_is_asked_the_question_again(house: House, asked: Talker) -> None:
    house.simulator.faults.add(method="sendMessage", drop="before", times=2)
    await asked.says("3")
    await asked.says("3")
    asked.hears("muốn ghi vào báo cáo")
    await asked.taps("Không")
    asked.hears("(2/20)")
    assert len(await answers(house)) == 1
    await asked.says("1")
    asked.hears("(3/20)")


async def test_what_cannot_be_its_answer_changes_nothing_and_the_question_is_asked_again(
    house: House, asked: Talker
) -> None:
    house.simulator.faults.add(method="sendMessage", drop="before", times=2)
    await asked.says("3")
    await asked.says("nhiều lắm")
    asked.hears("(2/20)", "«nhiều lắm» chưa được ghi")
    await asked.says("1")
    asked.hears("(3/20)")


async def test_whoever_taps_a_button_of_it_has_seen_it(house: House, asked: Talker) -> None:
    house.simulator.faults.add(method="sendMessage", drop="after", times=2)
    await asked.says("3")
    question = asked.hears("(2/20)")
    asked.forgets()
    await asked.taps("Quay lại", question)
    asked.hears("(1/20)")


async def test_what_comes_in_doubt_once_and_then_for_sure_is_answered_as_ever(house: House, asked: Talker) -> None:
    house.simulator.faults.add(method="sendMessage", drop="before", times=1)
    await asked.says("3")
    asked.hears("(2/20)")
    await asked.says("1")
    asked.hears("(3/20)")
