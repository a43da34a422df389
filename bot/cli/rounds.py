"""`giaoban suspend` and `giaoban rates`: days on which nothing is owed, and reporting rates."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from bot.cli.common import check_past, database, now, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from services.reporting_rates import reporting_rates
from services.suspend import KnownSuspension, lift, suspended
from services.suspend import suspend as suspend_days
from storage.organisation import units


def suspend(chosen: Namespace) -> None:
    """`suspend FROM TO [--unit CODE] [--form KEY] [--reason TEXT]`, `suspend --lift ID`; `suspend` lists what is suspended."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        at = now(settings)
        if chosen.lift is not None:
            lift(connection, chosen.lift, at)
            print(words().plain("suspension_lifted", id=str(chosen.lift)))
            return
        if not (chosen.since or chosen.until or chosen.unit or chosen.form or chosen.reason):
            _print(suspended(connection, today(settings)))
            return
        if chosen.since is None or chosen.until is None:
            raise Refused("suspension_days")
        form, reason = chosen.form or "", chosen.reason or ""
        unit = units.tree(connection).known(chosen.unit, chosen.since) if chosen.unit else None
        made = suspend_days(connection, chosen.since, chosen.until, at, unit=unit, form=form, reason=reason)
    print(words().plain("suspension_made", id=str(made.id), since=chosen.since, until=chosen.until))


def _print(found: Sequence[KnownSuspension]) -> None:
    """The suspensions with the id that `--lift` takes."""
    say = words()
    print(say.plain("suspensions_head", n=len(found)))
    for known in found:
        each = known.suspension
        unit = known.unit.title if known.unit is not None else say.plain("suspension_everybody")
        form = each.form or say.plain("suspension_every_form")
        print(f"{known.id}\t{each.first_on}\t{each.last_on}\t{unit}\t{form}\t{each.reason}")


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
