"""Killed between hearing and storing where Zalo hands each update out once: it is lost, he says it again, and nothing is doubled."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.zalo import Contradictions, ZaloSimulator
from tests.crash.commune import START, prepare_at_zalo
from tests.crash.points import HEAR, STORE
from tests.crash.traps import COMMIT, Step, Trap
from tests.crash.ward import PATIENCE, Ward, Zygote
from tests.endurance import ENDURING
from tests.sqlite import fresh_sqlite

SAID = ("báo cáo", "3", "1", "15", "tap Vùng xanh", "tap Bỏ qua", "tap Gửi")
HEARS = ("(1/5)", "(2/5)", "(3/5)", "(4/5)", "(5/5)", "[Gửi]", "đã tiếp nhận")
ANSWERS = {"cases": 3, "deaths": 1, "isolated": 15, "level": "green", "remark": None}
SECOND, SEND = 3, 7


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost, by its place in SAID; `polled`, or called by a Zalo that does not say again what was not taken."""

    place: int
    steps: tuple[Step, ...]
    polled: bool


LOSSES = {
    "polled, an answer is heard and not handed on": Loss(SECOND, (Step("before", HEAR, SECOND),), polled=True),
    "called, «Gửi» is not committed": Loss(SEND, (Step("after", STORE, SEND), Step("before", COMMIT)), polled=False),
}
MORE = {
    "polled, «Gửi» is not committed": Loss(SEND, (Step("after", STORE, SEND), Step("before", COMMIT)), polled=True),
    "polled, the first word": Loss(1, (Step("before", STORE),), polled=True),
    "called, an answer is heard": Loss(SECOND, (Step("before", HEAR, SECOND),), polled=False),
}
NAMED = LOSSES | (MORE if ENDURING else {})


@pytest.mark.endure
@pytest.mark.parametrize("loss", NAMED.values(), ids=NAMED)
async def test_what_was_lost_is_asked_again_and_nothing_is_doubled(loss: Loss, zygote: Zygote, tmp_path: Path) -> None:
    url, log = fresh_sqlite(tmp_path / "giaoban.db", prepare_at_zalo), tmp_path / "bot.log"
    more = {"zalo_webhook_url": ""} if loss.polled else {}
    async with (
        Simulator(start=START, seed=1) as simulator,
        ZaloSimulator(clock=simulator.clock, contradictions=Contradictions(redelivers=False)) as zalo,
        Ward(zygote, simulator, url, log, deque([Trap(loss.steps)]), zalo, more) as ward,
    ):
        if not loss.polled:
            await zalo.world.pulse.until(lambda: zalo.world.bot.webhook, PATIENCE, "the bot is not at Zalo")
        hook, last = zalo.world.bot.webhook, None
        for place, (said, heard) in enumerate(zip(SAID, HEARS, strict=True), 1):
            if place == loss.place:
                await _says(ward, said, last)
                await ward.dies()
                if not loss.polled:
                    await zalo.world.pulse.until(lambda: zalo.world.bot.webhook is not hook, PATIENCE, "it is not back")
                assert not ward.person.has_unheard, "nobody knows that anything was said"
                await ward.person.says("báo cáo")  # as whoever waits in vain does
                last = await ward.person.next_message(PATIENCE)
                shown = f"{last.text} [{'] ['.join(last.labels)}]"
                assert (HEARS[place - 2] if place > 1 else HEARS[0]) in shown, "what was open is asked again, as it was"
                if place == 1:
                    continue
            await _says(ward, said, last)
            last = await ward.hears(heard)
        await ward.settled()
        assert await ward.stops() == 0, ward.logged()
        assert ward.deaths == 1
        (report,) = ward.rows("report")
        assert {name: each.get("value") for name, each in report.answers.items()} == ANSWERS
        assert (report.revision, len(ward.rows("inbox"))) == (1, len(SAID) + (loss.place > 1))
        for text, (rows, uncertain, came) in ward.copies().items():
            assert came <= rows + uncertain, text
            assert rows == 1 or "đã tiếp nhận" not in text, text


async def _says(ward: Ward, said: str, last: object) -> None:
    label = said.removeprefix("tap ")
    await (ward.person.says(said) if label == said else ward.person.chooses(label, last))  # type: ignore[arg-type]
