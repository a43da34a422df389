"""What is away for a night does not fill the log, and is seen there to begin, to last and to be over."""

import logging

import pytest

from storage.database.outage import EVERY, Outage


def test_it_is_told_when_it_begins_each_minute_for_another_reason_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    at, logger = [0.0], logging.getLogger("bot.test_outage")
    outage = Outage(logger, "The database is away", lambda: at[0])
    with caplog.at_level(logging.INFO, logger.name):
        outage.over()
        for _ in range(int(EVERY) + 1):
            outage.lasts("refused")
            at[0] += 1.0
        outage.lasts("starting up")
        outage.over()
        outage.over()
        outage.lasts("starting up")
    assert [each.getMessage() for each in caplog.records] == [
        "The database is away: refused",
        "The database is away: refused",
        "The database is away: starting up",
        f"Over after {EVERY + 1:.0f} s: The database is away",
        "The database is away: starting up",
    ]
