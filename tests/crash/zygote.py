"""The parent of the bots that are killed: it has imported everything once, and forks a bot for each line that it reads."""

import json
import os
import sys
from functools import partial
from typing import Any

from bot.running import edges
from bot.telegram import messenger
from bot.telegram.speaker import Speaker
from bot.zalo import messenger as zalo
from bot.zalo.speaker import ZaloSpeaker
from tests.crash.traps import Trap, Watch, kill_this_process
from tests.forked_bot import be_the_bot, say_ready

SOON_GONE = 1.0
"""Seconds until a process that ended is taken to be gone, on PostgreSQL, where there may be several."""
SOON_WITHOUT = 0.2
"""Seconds that the start waits for a messenger that is away."""


def main() -> None:
    """One bot at a time: says its process id when it begins, and how it ended."""
    say_ready()
    for line in sys.stdin:
        bot = os.fork()
        if not bot:
            print(os.getpid(), flush=True)  # noqa: T201  # by itself: nobody hears of the bot before his process id is known
            order = json.loads(line)
            be_the_bot(order, partial(_arrange, order))
        _, status = os.waitpid(bot, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _arrange(order: dict[str, Any]) -> None:
    """Sets the trap if one is ordered."""
    if order["steps"]:
        Watch(Trap.read(order["steps"], order["pause"]), kill_this_process).install()
    setattr(messenger, "Speaker", partial(Speaker, gone_after=SOON_GONE))  # noqa: B010
    setattr(edges, "OTHERS_SECONDS", SOON_WITHOUT)  # noqa: B010
    setattr(zalo, "ZaloSpeaker", partial(ZaloSpeaker, gone_after=SOON_GONE))  # noqa: B010


if __name__ == "__main__":
    main()
