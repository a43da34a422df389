"""`python -m simulator.zalo`: a Zalo Bot API with a page to chat in, on loopback."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from simulator.zalo.chats import Plan
from simulator.zalo.simulator import DEFAULT_ZALO_TOKEN, ZaloSimulator

PEOPLE = (("Nguyễn Văn An", "Người thứ nhất"), ("Trần Thị Bình", "Người thứ hai"))


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m simulator.zalo", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8085, help="port, 0 for any (default: %(default)s)")
    parser.add_argument("--token", default=DEFAULT_ZALO_TOKEN, help="the bot's token (default: %(default)s)")
    parser.add_argument("--https-only", action="store_true", help="webhooks and pictures by https alone, as at Zalo")
    parser.add_argument("--users", type=int, default=50, help="people that the plan allows (default: %(default)s)")
    parser.add_argument("--messages", type=int, default=3000, help="messages a month (default: %(default)s)")
    return parser.parse_args(words)


async def serve(options: argparse.Namespace) -> int:
    """Run until a signal; exit status 1 when the port is taken."""
    plan = Plan(options.users, options.messages)
    zalo = ZaloSimulator(options.token, plan=plan, allows_http=not options.https_only)
    for name, caption in PEOPLE:
        zalo.person(name, caption)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        url = await zalo.start(options.host, options.port)
    except OSError as error:
        sys.stderr.write(f"cannot listen at {options.host}:{options.port} ({error.strerror}); try --port 0\n")
        return 1
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
    await stop.wait()
    await zalo.stop()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(serve(arguments())))
