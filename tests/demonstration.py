"""The demonstration as `make demo` runs it: a process of its own, with its data in a folder."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.environment import ROOT

PATIENCE = 90.0


@asynccontextmanager
async def demonstration(folder: Path) -> AsyncIterator[str]:
    """The address of its page, when everything is there; it is stopped at the end, and can be started again on the folder."""
    command = [sys.executable, "-m", "bot.cli.main", "demo", "--port", "0", "--data", str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        found = re.search(r"http://\S+", line)
        assert found is not None, line
        yield found[0]
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), PATIENCE)
