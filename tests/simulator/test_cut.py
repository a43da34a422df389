"""A simulated messenger is cut off: connections break, and none that was just being let in is left behind."""

import asyncio
import gc
import socket
import sys
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from simulator import Simulator
from simulator.zalo import ZaloSimulator


@pytest.mark.parametrize("kind", [Simulator, ZaloSimulator])
async def test_who_is_just_being_let_in_is_shown_out(kind: type[Simulator] | type[ZaloSimulator]) -> None:
    async with kind(seed=1) as simulator:
        address = urlsplit(simulator.url)
        for turns in range(4):  # of the loop, from one who waits at the door to one who is in
            with socket.create_connection((str(address.hostname), address.port or 0), timeout=60) as visitor:
                for _ in range(turns):
                    await asyncio.sleep(0)
                await simulator.cut()
                with suppress(ConnectionResetError):
                    assert await asyncio.to_thread(visitor.recv, 1) == b""
            await simulator.mend()
        gc.collect()  # whoever was left behind is found now, and fails the test


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no port can be kept")
@pytest.mark.parametrize("kind", [Simulator, ZaloSimulator])
async def test_its_port_is_given_to_nobody_else_while_it_is_cut_off(
    kind: type[Simulator] | type[ZaloSimulator],
) -> None:
    async with kind(seed=1) as simulator:
        address = urlsplit(simulator.url)
        at = (str(address.hostname), address.port or 0)
        await simulator.cut()
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(at)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(at, timeout=60)
        await simulator.mend()
        socket.create_connection(at, timeout=60).close()
