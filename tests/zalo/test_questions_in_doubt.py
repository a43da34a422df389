"""Where numbers stand for buttons: none is a choice at a question, or a review, that never came or perhaps did not."""

import pytest
from sqlalchemy import Connection, select, update

from reporting.filling.shown import UNSEEN, shown_in_doubt
from storage.database.tables import metadata
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
        nam.hears("muốn ghi vào báo cáo", "1 Ghi · 2 Không")
        await nam.says("2")
        nam.hears("(2/20)", "*3 Còn lại đều 0")
    await nam.says("3")
    nam.hears("(3/20)")
