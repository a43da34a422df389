"""`giaoban suspend` and `giaoban rates`: days on which nothing is owed, and reporting rates."""

from argparse import Namespace
from datetime import timedelta
from decimal import Decimal

from bot.desk.office import database, now, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.rounds.periods import Suspension
from reporting.rounds.rates import rates
from reporting.rounds.standings import Standing
from storage import audit, forms, rounds, units


def suspend(chosen: Namespace) -> None:
    """`suspend FROM TO [--unit CODE] [--form KEY] [--reason TEXT]`, or `suspend --lift ID`."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        at = now(settings)
        if chosen.lift is not None:
            if not rounds.lift(connection, chosen.lift):
                raise Refused("suspension_unknown", id=str(chosen.lift))
            audit.write(connection, at, None, "lift suspension", suspension=chosen.lift)
            print(words().plain("suspension_lifted", id=str(chosen.lift)))
            return
        if chosen.since is None or chosen.until is None or chosen.until < chosen.since:
            raise Refused("suspension_days")
        unit = units.tree(connection).find(chosen.unit, chosen.since) if chosen.unit else None
        if chosen.unit and unit is None:
            raise Refused("unit_unknown", code=chosen.unit)
        new = Suspension(chosen.form or "", unit.id if unit else None, chosen.since, chosen.until, chosen.reason or "")
        number = rounds.suspend(connection, new, None, at)
        audit.write(connection, at, None, "suspend", unit_id=new.unit_id, form=new.form, reason=new.reason, id=number)
    print(words().plain("suspension_made", id=str(number), since=chosen.since, until=chosen.until))


def show_rates(chosen: Namespace) -> None:
    """`rates [--from D] [--to D]`: expected, received, on time, completeness and timeliness of every unit (DHIS2's definitions).

    The last column: how many of those received are of the archive, which count on neither side of timeliness.
    """
    settings = read_settings()
    until = chosen.until or today(settings)
    since = chosen.since or until - timedelta(days=29)
    print(words().plain("rates_head"))
    with database(settings) as connection:
        tree, at, zone = units.tree(connection), now(settings), settings.zone
        for form in forms.in_force(connection, until):
            if form.schedule.period == "on change":
                continue
            by_unit: dict[int, list[Standing]] = {}
            for each in rounds.standings_between(connection, form, since, until, tree, at, zone):
                by_unit.setdefault(each.deadline.unit_id, []).append(each)
            for unit_id, standings in by_unit.items():
                got = rates(standings, at)
                unit = tree.unit(unit_id)
                rest = f"{got.expected}\t{got.received}\t{got.on_time}\t{_shown(got.completeness)}\t{_shown(got.timeliness)}"
                print(f"{unit.code}\t{unit.title}\t{form.key}\t{rest}\t{got.archived}")


def _shown(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rate}%"
