"""`python -m simulator`: a Bot API with a page to chat in, on loopback."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from datetime import datetime
from pathlib import Path

from simulator import DEFAULT_NAME, DEFAULT_TOKEN, Limits, Simulator
from simulator.bots import TOKEN

PEOPLE = {
    "vi": [("Nguyễn Văn An", "Người thứ nhất"), ("Trần Thị Bình", "Người thứ hai")],
    "en": [("An Nguyen", "First person"), ("Binh Tran", "Second person")],
}


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="port, 0 for any (default: %(default)s)")
    parser.add_argument("--token", type=_token, default=DEFAULT_TOKEN, help="the bot's token (default: %(default)s)")
    parser.add_argument("--username", default=DEFAULT_NAME, help="the bot's name (default: %(default)s)")
    parser.add_argument("--state", type=Path, help="keep everything in this file")
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="of the page (default: %(default)s)")
    parser.add_argument("--limits", action="store_true", help="Telegram's limits: 30/s, 1/s a chat, 20/min a group")
    parser.add_argument("--seed", type=int, help="of all that is random")
    parser.add_argument(
        "--start", type=datetime.fromisoformat, help="where the clock starts, as 2021-11-10T15:30+07:00"
    )
    parser.add_argument("--speed", type=float, help="seconds a second; 0 stands still (default: 1)")
    return parser.parse_args(words)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _token(text: str) -> str:
    if not TOKEN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"a token looks like {DEFAULT_TOKEN}")
    return text


async def serve(options: argparse.Namespace) -> int:
    """Run until a signal; exit status 1 when the port is taken."""
    sim = Simulator(
        options.start,
        options.state,
        Limits() if options.limits else None,
        options.seed,
        options.language,
        speed=1.0 if options.speed is None else options.speed,
    )
    sim.bot(options.token, options.username)
    if not sim.cloud.people:
        for name, caption in PEOPLE[options.language]:
            sim.person(name, caption=caption, language_code=options.language)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        url = await sim.start(options.host, options.port)
    except OSError as error:
        _say(f"cannot listen at {options.host}:{options.port} ({error.strerror}); try --port 0")
        return 1
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
    _say(f"seed {sim.cloud.seed}")
    await stop.wait()
    await sim.stop()
    return 0


def main() -> None:
    """The command."""
    try:
        sys.exit(asyncio.run(serve(arguments())))
    except ValueError as error:
        _say(str(error))
        sys.exit(2)


if __name__ == "__main__":
    main()
