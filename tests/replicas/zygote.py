"""The parent of several bots: it has imported everything once, forks one for each order that it reads, and says how one ended."""

import json
import logging
import os
import sys

from bot.web import metrics
from bot.web.desk_page import site
from tests.forked_bot import be_the_bot, say_ready

logger = logging.getLogger(__name__)


def main() -> None:
    """Each line is an order to begin, answered by a process id, or the id of a process, answered by how it ended."""
    logger.debug("Imported: %s, %s", site, metrics)  # what the desk's page needs is there before it is asked for
    say_ready()
    for line in sys.stdin:
        told = json.loads(line)
        if isinstance(told, dict):
            answer = os.fork()
            if not answer:
                be_the_bot(told)
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(told, 0)[1])
        print(answer, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
