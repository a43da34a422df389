"""One process runs on an SQLite file: a second is refused in a sentence, commands are not, and a kill leaves no lock behind."""

import asyncio
import os
import signal
from collections import deque
from pathlib import Path

import pytest

from bot.cli.common import sentence
from bot.cli.main import main
from bot.running.run import until_stopped
from bot.settings import Settings
from reporting.errors import Refused
from simulator import DEFAULT_TOKEN, Simulator
from tests.crash.commune import START, prepare
from tests.crash.ward import Ward, Zygote
from tests.sqlite import fresh_sqlite


async def test_a_second_process_is_refused_commands_are_not_and_a_kill_leaves_no_lock(
    zygote: Zygote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with (
        Simulator(start=START, seed=1) as simulator,
        Ward(zygote, simulator, url, tmp_path / "bot.log", deque()) as ward,
    ):
        await ward.person.says("/trogiup")
        await ward.hears("/baocao")
        second = Settings(
            bot_token=DEFAULT_TOKEN,
            bot_api_url=simulator.url,
            clock_url=simulator.url,
            database_url=url,
            _env_file=None,
        )
        with pytest.raises(Refused) as refused:
            await until_stopped(second)
        assert sentence(refused.value).startswith("Một tiến trình khác của bot đang chạy trên tệp SQLite này")
        monkeypatch.setenv("DATABASE_URL", url)
        assert await asyncio.to_thread(main, ["units", "list"]) == 0
        assert "Thọ Dân" in capsys.readouterr().out
        os.kill(ward.process, signal.SIGKILL)
        await ward.person.says("/baocao")
        await ward.hears("(1/")
        assert ward.deaths == 1
        assert await ward.stops() == 0
