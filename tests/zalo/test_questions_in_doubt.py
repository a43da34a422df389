"""Where numbers stand for buttons: none is a choice at a question, or a review, that never came or perhaps did not."""

import pytest
from sqlalchemy import Connection, select, update

from reporting.filling.shown import UNSEEN, shown_in_doubt
from reporting.people import Address
from storage.database.tables import metadata
from storage.messages.typed_choices import is_asked
from storage.reports import drafts
from tests.zalo.roads import TwoRoads

address, draft = metadata.tables["address"], metadata.tables["draft"]


@pytest.mark.parametrize("is_lost", [True, False], ids=["unseen", "in doubt"])
async def test_a_number_typed_at_a_question_that_was_not_seen_is_no_choice_of_it(
    roads: TwoRoads, *, is_lost: bool
) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    await nam.says("báo cáo")
    nam.hears("(1/20)")
    await nam.says("5")
    nam.hears("(2/20)", "*3 Còn lại đều 0")

    def not_seen(connection: Connection) -> None:
        turn = connection.execute(select(draft.c.turn)).scalar_one()
        shown = UNSEEN if is_lost else shown_in_doubt(turn)
        connection.execute(update(address).where(address.c.channel == "zalo").values(draft_turn=shown))

    await roads.running.clerk.write(not_seen)
    await nam.says("3")
    if is_lost:
        nam.hears("(2/20)", "«3» chưa được ghi", "*3 Còn lại đều 0")
    else:
        nam.hears("muốn ghi vào báo cáo", "*9 Ghi · *10 Không")
        await nam.says("*10")
        nam.hears("(2/20)", "*3 Còn lại đều 0")
    await nam.says("3")
    nam.hears("(3/20)")


async def test_a_choice_typed_when_the_question_stands_there_again_is_no_figure(roads: TwoRoads) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    await nam.says("báo cáo")
    nam.hears("(1/20)")

    def in_doubt(connection: Connection) -> None:
        turn = connection.execute(select(draft.c.turn)).scalar_one()
        here = update(address).where(address.c.channel == "zalo")
        connection.execute(here.values(draft_turn=shown_in_doubt(turn)))

    def answers(connection: Connection) -> list[object]:
        kept = connection.execute(select(draft.c.answers)).scalar_one()
        return [each["value"] for each in kept.values()]

    await roads.running.clerk.write(in_doubt)
    await nam.says("29")
    nam.hears("muốn ghi vào báo cáo", "29", "*9 Ghi · *10 Không")
    await nam.says("báo cáo")
    nam.hears("(1/20)")
    await nam.says("11")
    nam.hears("(2/20)")
    await nam.says("*9")
    nam.hears("Lựa chọn 9 không còn")
    assert await roads.running.clerk.write(answers) == [11]


@pytest.mark.parametrize("is_left", [True, False], ids=["left", "left long ago"])
async def test_where_the_draft_was_left_since_a_number_is_a_choice_again(roads: TwoRoads, *, is_left: bool) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    await nam.says("báo cáo")
    nam.hears("(1/20)")

    def lost(connection: Connection) -> bool:
        here = update(address).where(address.c.channel == "zalo")
        connection.execute(here.values(draft_turn=UNSEEN))
        if is_left:
            drafts.leave(connection, connection.execute(select(draft.c.id)).scalar_one())
            assert connection.execute(select(address.c.draft_turn)).scalars().all() == [None]
        else:
            connection.execute(here.values(draft_id=None))
        at = connection.execute(select(address.c.address).where(address.c.channel == "zalo")).scalar_one()
        return is_asked(connection, Address("zalo", at))

    assert not await roads.running.clerk.write(lost)
