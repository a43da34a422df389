"""A year of rounds with downtime, wrong clocks, a broken network, faults of Telegram and two processes: each reminder once."""

import pytest

from simulator import Simulator
from tests.endurance import ENDURING
from tests.reminders import hindsight
from tests.reminders.audience import Audience
from tests.reminders.district import DAILY, HEARERS, WEEKLY, YEARS_UNITS
from tests.reminders.town import DAY, Town, at
from tests.reminders.year import Year

YEAR = 365
DATABASES = ["sqlite", "postgresql"]
"""The year on PostgreSQL takes three minutes of a run that may not take thirty: `make endure` lives through it."""


async def people_of(town: Town, simulator: Simulator) -> Audience:
    """Everybody has a phone, and the duties that HEARERS says."""
    audience = Audience(simulator)
    await audience.gathers()
    town.furnish(DAY, YEARS_UNITS, **DAILY.settings)
    town.publishes(DAY, **WEEKLY.settings)
    for unit, who in HEARERS.items():
        for name, role in who:
            if role != "leader":
                town.join(name, role, unit, address=audience.address(name))
    town.join("Lan", "leader", "Triệu Sơn", address=audience.address("Lan"))
    return audience


@pytest.mark.endure
@pytest.mark.timeout(900)
@pytest.mark.parametrize("database_url", DATABASES if ENDURING else DATABASES[:1], indirect=True)
@pytest.mark.parametrize("seed", [20211110])
async def test_in_a_year_every_reminder_that_is_due_is_said_once_and_no_other(empty_town: Town, seed: int) -> None:
    async with Simulator(start=at("00:00", DAY), seed=seed, keep=10_000) as simulator:
        audience = await people_of(empty_town, simulator)
        chronicle = await Year(empty_town, simulator, audience, seed).live(YEAR)
        year = hindsight.Hindsight(empty_town, chronicle, audience)
        assert chronicle.deaths > YEAR / 10
        assert year.each_that_was_due_was_said(YEAR) > YEAR
        year.nothing_else_was_said()
        year.each_has_come_as_often_as_it_may()
        year.people_hear_only_of_what_is_missing()
        year.nobody_is_interrupted_or_told_what_he_has_put_off()
        year.who_asked_to_be_reminded_later_is()
        year.nobody_is_pestered()
        year.who_is_in_trouble_hears_before_his_superiors()
