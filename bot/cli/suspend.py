"""`giaoban suspend`: days on which nothing is owed."""

from argparse import Namespace
from collections.abc import Sequence

from bot.cli.common import database, now, today, words
from bot.settings import read_settings
from reporting.errors import Refused
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
