"""`giaoban suspend` and `giaoban rates`: days on which nothing is owed, and reporting rates."""

from argparse import Namespace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from bot.cli.common import check_days, check_past, database, now, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.rounds.periods import Suspension, period_of, periods_between
from reporting.rounds.rates import rates
from reporting.rounds.standings import Standing
from storage.database import audit
from storage.organisation import units
from storage.reports import forms
from storage.schedule import rounds
from storage.schedule.rounds_of_day import rounds_of


def suspend(chosen: Namespace) -> None:
    """`suspend FROM TO [--unit CODE] [--form KEY] [--reason TEXT]`, `suspend --lift ID`; `suspend` lists what is suspended."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        at = now(settings)
        if chosen.lift is not None:
            if not rounds.lift(connection, chosen.lift):
                raise Refused("suspension_unknown", id=str(chosen.lift))
            audit.write(connection, at, None, "lift suspension", suspension=chosen.lift)
            print(words().plain("suspension_lifted", id=str(chosen.lift)))
            return
        if not (chosen.since or chosen.until or chosen.unit or chosen.form or chosen.reason):
            _list(connection, today(settings))
            return
        if chosen.since is None or chosen.until is None:
            raise Refused("suspension_days")
        check_days(chosen.since, chosen.until)
        unit = units.tree(connection).find(chosen.unit, chosen.since) if chosen.unit else None
        if chosen.unit and unit is None:
            raise Refused("unit_unknown", code=chosen.unit)
        if chosen.form:
            _check_form(connection, chosen.form, chosen.since, chosen.until)
        new = Suspension(chosen.form or "", unit.id if unit else None, chosen.since, chosen.until, chosen.reason or "")
        number = rounds.suspend(connection, new, None, at)
        audit.write(connection, at, None, "suspend", unit_id=new.unit_id, form=new.form, reason=new.reason, id=number)
    print(words().plain("suspension_made", id=str(number), since=chosen.since, until=chosen.until))


def _list(connection: Connection, on: date) -> None:
    """Prints the suspensions in force on a day and those to come, with the id that `--lift` takes."""
    say, tree = words(), units.tree(connection)
    found = rounds.suspended(connection, on)
    print(say.plain("suspensions_head", n=len(found)))
    for number, each in found:
        unit = tree.unit(each.unit_id).title if each.unit_id is not None else say.plain("suspension_everybody")
        form = each.form or say.plain("suspension_every_form")
        print(f"{number}\t{each.first_on}\t{each.last_on}\t{unit}\t{form}\t{each.reason}")


def _check_form(connection: Connection, key: str, since: date, until: date) -> None:
    """Refused for a form that there is not, and for days in which none of its periods ends: it would suspend nothing."""
    known = {form.key: form for form in forms.in_force(connection, date.max)}
    if key not in known:
        raise Refused("suspension_form", form=key, known=", ".join(known) or "—")
    kind = known[key].schedule.period
    if not periods_between(kind, since, until):
        raise Refused("suspension_period", form=key, since=since, until=until, ends=period_of(kind, until).isoformat())


def show_rates(chosen: Namespace) -> None:
    """`rates [--from D] [--to D]`: expected, received, on time, completeness and timeliness of every unit (DHIS2's definitions).

    Of each form the periods that end from D to D, or the one that the last day lies in where none does; forms «on change» are
    owed by nobody and have no rates. The last column: how many of those received are of the archive, which count on neither
    side of timeliness.
    """
    settings = read_settings()
    until = chosen.until or today(settings)
    since = chosen.since or until - timedelta(days=29)
    check_past(settings, chosen.since, chosen.until)
    check_days(since, until)
    print(words().plain("rates_head"))
    with database(settings) as connection:
        tree, at, zone = units.tree(connection), now(settings), settings.zone
        for form, period in rounds_of(connection, until, at, zone):
            kind = form.schedule.period
            if kind == "on change":
                continue
            by_unit: dict[int, list[Standing]] = {}
            first, last = (since, until) if periods_between(kind, since, until) else (period, period)
            for each in rounds.standings_between(connection, form, first, last, tree, at, zone):
                by_unit.setdefault(each.deadline.unit_id, []).append(each)
            for unit_id, standings in by_unit.items():
                got = rates(standings, at)
                unit = tree.unit(unit_id)
                rest = f"{got.expected}\t{got.received}\t{got.on_time}\t{_shown(got.completeness)}\t{_shown(got.timeliness)}"
                print(f"{unit.code}\t{unit.title}\t{form.key}\t{rest}\t{got.archived}")


def _shown(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rate}%"
