"""The demonstration's scene: its public channel is on every phone and gets the day's bulletin, marked as made up."""

import asyncio
from pathlib import Path

from bot.cli import demo
from simulator import Simulator
from tests.conversations.house import House


async def test_the_channel_of_the_scene_gets_its_bulletin(tmp_path: Path) -> None:
    async with Simulator(start=demo.START, seed=1) as simulator:
        simulator.clock.run(0)
        simulator.bot(demo.TOKEN)
        house = House(simulator, f"sqlite:///{tmp_path / 'demo.db'}")
        told = {"demonstration": True, "bulletin_channel": f"@{demo.channel()['username']}"}
        house.settings = house.settings.model_copy(update=told)
        await asyncio.to_thread(demo.furnish, house.database_url, house.settings.zone)
        demo.gather(simulator, {})
        await house.start()
        await house.moves_to("17:00")
        for person in simulator.people:
            (channel,) = (chat for chat in simulator.cloud.sees(person.user) if chat.type == "channel")
            (told_there,) = person.reads(channel)
            assert "30/34 đơn vị" in told_there.text
            assert "Số liệu minh họa" in told_there.text
            assert told_there.photo is not None
        await house.stop()
