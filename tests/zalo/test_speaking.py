"""What Zalo refuses, drops or does not answer: the same promises as at Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.running.file_addresses import published_nowhere
from bot.running.http_transport import ANSWER_SECONDS
from bot.running.timing import Timing
from bot.zalo.client import ZaloClient, ZaloError
from bot.zalo.speaker import ZaloSpeaker, zalo_outcome
from reporting.pace import Limits
from reporting.people import Address
from reporting.retries import DeliveryProblem, NotSent, TooMany, Uncertain, Unreachable
from reporting.say import Drawn, KeptDrawing, Rank, Say
from simulator import Simulator
from simulator.zalo import ZaloPerson, ZaloSimulator
from tests.bot.mouth import PIXEL, Mouth, database_url, draw
from tests.conversations.house import START

FAST = Limits(rate=1000, chat_seconds=0, burst=1000)


class ZaloMouth(Mouth):
    """The outbox, and Zalo's speaker that empties it. `at`: where files are."""

    def __init__(self, sim: Simulator, url: str, zalo: ZaloSimulator) -> None:
        self.zalo = zalo
        self.at, self.files = "", dict[str, bytes]()
        super().__init__(sim, url)

    def new_speaker(self) -> Any:
        client = ZaloClient(self.zalo.token, self.zalo.url)
        self.client = client
        publish = self.publish if self.at else published_nowhere
        timing = Timing(backoff=0.2)
        return ZaloSpeaker(client, self.zalo.token, self.write, self.now, publish=publish, limits=FAST, timing=timing)

    async def publish(self, say: Say, row_id: int) -> str:
        drawn = say.photo or say.document
        assert drawn is not None
        self.files[drawn.file_name] = draw(drawn)
        return f"{self.at}/{drawn.file_name}"

    async def stops(self) -> None:
        await super().stops()
        await self.client.close()


@pytest.fixture
async def mouth(tmp_path: Path) -> AsyncIterator[ZaloMouth]:
    url = database_url("sqlite", tmp_path, lambda: None)  # type: ignore[arg-type,return-value]  # no cluster is wanted
    simulator = Simulator(start=START, speed=1.0)  # for its clock alone: it does not serve
    async with ZaloSimulator(clock=simulator.clock) as zalo:
        made = ZaloMouth(simulator, url, zalo)
        made.starts()
        yield made
        await made.stops()
        made.engine.dispose()


def somebody(zalo: ZaloSimulator, name: str = "An") -> ZaloPerson:
    person = zalo.person(name)
    person.says("chào")
    return person


def say(to: ZaloPerson, text: str, rank: Rank = Rank.REPLY, **more: Any) -> Say:
    return Say(Address("zalo", to.id), text, rank=rank, **more)


async def test_a_message_is_said_in_the_order_of_its_chat_replies_first(mouth: ZaloMouth) -> None:
    an = somebody(mouth.zalo)
    await mouth.puts(say(an, "nhắc", Rank.REMINDER), say(an, "một"), say(an, "hai"))
    rows = await mouth.settles("said", "said", "said")
    assert [each.text for each in an.hears()] == ["một", "hai", "nhắc"]
    assert all(row.message_id for row in rows)


async def test_what_is_not_reached_waits_and_is_no_attempt(mouth: ZaloMouth) -> None:
    an = somebody(mouth.zalo)
    await mouth.zalo.cut()
    await mouth.puts(say(an, "chờ"))
    await mouth.next_write()
    await mouth.zalo.mend()
    (row,) = await mouth.settles("said")
    assert (row.uncertain, [each.text for each in an.hears()]) == (0, ["chờ"])


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"garbage": True}, {"status": 500, "after_effect": True}])
async def test_what_may_be_said_is_tried_once_more_and_no_oftener(mouth: ZaloMouth, fault: dict[str, Any]) -> None:
    an = somebody(mouth.zalo)
    mouth.zalo.faults.add(method="sendMessage", times=None, **fault)
    await mouth.puts(say(an, "một lần"))
    (row,) = await mouth.settles("unknown")
    assert row.uncertain == 2
    assert len(an.hears()) == 2


async def test_an_answer_that_hangs_is_uncertain(mouth: ZaloMouth, monkeypatch: pytest.MonkeyPatch) -> None:
    an, wire = somebody(mouth.zalo), mouth.client._wire
    hangs, call = mouth.zalo.faults.add(method="sendMessage", delay=3600, times=None), wire.call

    async def first_in_vain(*asked: Any, **more: Any) -> Any:
        """In a moment the first is given up; all that follow have their time, however slow the machine is."""
        wire.answer_seconds = 0.2 if hangs.times is None else ANSWER_SECONDS
        try:
            return await call(*asked, **more)
        finally:
            hangs.times = 0

    monkeypatch.setattr(wire, "call", first_in_vain)
    await mouth.puts(say(an, "chậm"))
    (row,) = await mouth.settles("said")
    assert row.uncertain == 1


async def test_who_blocks_the_bot_gets_nothing_more_and_others_do(mouth: ZaloMouth) -> None:
    an, binh = somebody(mouth.zalo), somebody(mouth.zalo, "Bình")
    an.blocks()
    await mouth.puts(say(an, "một"), say(an, "hai"), say(binh, "chào"))
    rows = await mouth.settles("dead", "dead", "said")
    assert "blocked" in rows[0].error
    assert [each.text for each in binh.hears()] == ["chào"]


async def test_a_spent_quota_leaves_the_message_waiting(mouth: ZaloMouth) -> None:
    an = somebody(mouth.zalo)
    mouth.zalo.plan.messages_a_month = 0
    await mouth.puts(say(an, "chờ"))
    await mouth.next_write()
    (row,) = await mouth.settles("new")
    assert "quota" in row.error
    assert mouth.paused().keys() <= {an.id}


async def test_a_picture_goes_by_its_address_and_a_file_as_a_link(mouth: ZaloMouth) -> None:
    an = somebody(mouth.zalo)
    picture, text = (
        Drawn("bang.png", KeptDrawing("picture", {})),
        Drawn("so-lieu.xlsx", KeptDrawing("t", {"text": "x"})),
    )
    app, runner = web.Application(), None
    app.router.add_get("/{name}", _given(mouth))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await mouth.stops()
    mouth.at = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await mouth.starts_again()
    try:
        await mouth.puts(say(an, "Bảng", photo=picture), say(an, "Số liệu", document=text))
        await mouth.settles("said", "said")
        shown, linked = an.hears()
        assert (shown.photo, shown.caption) == (PIXEL, "Bảng")
        assert linked.text == f"Số liệu\nso-lieu.xlsx: {mouth.at}/so-lieu.xlsx"
        assert mouth.files["so-lieu.xlsx"] == b"x"
    finally:
        await runner.cleanup()
    await mouth.puts(say(an, "Lại bảng", photo=picture))
    await mouth.settles("said", "said", "said")
    assert an.hears()[0].text == f"Lại bảng\nbang.png: {mouth.at}/bang.png"


def _given(mouth: ZaloMouth) -> Any:
    async def given(request: web.Request) -> web.Response:
        return web.Response(body=mouth.files[request.match_info["name"]], content_type="image/png")

    return given


async def test_without_a_public_address_the_words_go_alone(mouth: ZaloMouth) -> None:
    an = somebody(mouth.zalo)
    await mouth.puts(say(an, "Bảng", photo=Drawn("bang.png", KeptDrawing("picture", {}))))
    await mouth.settles("said")
    assert [(each.text, each.photo) for each in an.hears()] == [("Bảng", b"")]


@pytest.mark.parametrize(
    ("code", "is_said", "outcome"),
    [
        (400, True, DeliveryProblem),
        (401, True, NotSent),
        (403, True, Unreachable),
        (404, True, Unreachable),
        (404, False, Uncertain),
        (429, True, TooMany),
        (500, True, Uncertain),
        (502, False, Uncertain),
    ],
)
def test_what_a_refusal_means(code: int, is_said: bool, outcome: type) -> None:
    assert isinstance(zalo_outcome(ZaloError(code, "why", is_said=is_said)), outcome)
