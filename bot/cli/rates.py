"""`giaoban rates`: how complete and how timely units report."""

from argparse import Namespace
from datetime import timedelta
from decimal import Decimal

from bot.cli.common import check_past, database, now, today, words
from bot.settings import read_settings
from services.reporting_rates import reporting_rates


def show_rates(chosen: Namespace) -> None:
    """`rates [--from D] [--to D]`: expected, received, on time, completeness and timeliness of every unit (DHIS2's definitions).

    The last column: how many of those received are of the archive, which count on neither side of timeliness.
    """
    settings = read_settings()
    until = chosen.until or today(settings)
    since = chosen.since or until - timedelta(days=29)
    check_past(settings, chosen.since, chosen.until)
    with database(settings) as connection:
        found = reporting_rates(connection, since, until, now(settings), settings.zone)
    print(words().plain("rates_head"))
    for each in found:
        unit, got = each.unit, each.rates
        rest = f"{got.expected}\t{got.received}\t{got.on_time}\t{_shown(got.completeness)}\t{_shown(got.timeliness)}"
        print(f"{unit.code}\t{unit.title}\t{each.form.key}\t{rest}\t{got.archived}")


def _shown(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rate}%"
