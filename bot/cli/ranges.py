"""`giaoban ranges`: between what the figures of units usually lie, and what the desk sets in the place of that."""

from argparse import Namespace

from bot.cli.common import database, now, text_table, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.filling.unusual import bounds_said, periods_said
from reporting.period_types import period_of
from services.set_range import SetBounds, bound_typed, ranges_set, set_range, take_back_range
from services.usual_ranges import ranges_of
from storage.organisation import units
from storage.reports import forms


def show_set(chosen: Namespace) -> None:
    """`ranges list`: what the desk has set and still holds."""
    settings = read_settings()
    with database(settings) as connection:
        found = ranges_set(connection, today(settings))
    say = words()
    print(say.plain("ranges_head", n=len(found)))
    for each in found:
        until = say.show(each.of.until) if each.of.until else say.plain("ranges_for_good")
        cells = (
            each.form.key,
            each.question.name,
            each.unit.code,
            each.unit.title,
            bounds_said(each.range, say),
            until,
        )
        print("\t".join((*cells, each.of.reason)))


def show_unit(chosen: Namespace) -> None:
    """`ranges show UNIT`: what is usual for each figure of a unit, by its history or by the desk."""
    settings, say = read_settings(), words()
    on = chosen.date or today(settings)
    with database(settings) as connection:
        unit = units.tree(connection).known(chosen.unit, on)
        in_force = [each for each in forms.in_force(connection, on) if chosen.form in (None, each.key) and each.ranged]
        if chosen.form and not in_force:
            raise Refused("form_unknown", form=chosen.form)
        of_form = {
            form: ranges_of(connection, form, unit.id, period_of(form.schedule.period_type, on)) for form in in_force
        }
    for form, found in of_form.items():
        rows = [[say.plain(key) for key in ("ranges_figure", "ranges_range", "ranges_usual", "ranges_by")]]
        for question in form.ranged:
            usual = found.get(question.name)
            if usual is None:
                cells = ["–", "–", say.plain("ranges_too_little")]
            elif usual.by_desk:
                cells = [bounds_said(usual, say), "–", say.plain("calendar_desk")]
            else:
                by = periods_said(form, usual, period_of(form.schedule.period_type, on), say)
                cells = [bounds_said(usual, say), say.show(usual.middle + usual.base), by]
            rows.append([question.name, *cells])
        print(say.plain("ranges_of_unit", unit=unit.title, form=form.key, date=on))
        print(text_table(rows))


def put(chosen: Namespace) -> None:
    """`ranges set FORM FIGURE UNIT [--low N] [--high N] [--none] [--until D] [--reason TEXT]`: in the place of what history says."""
    settings, say = read_settings(), words()
    if (chosen.low is None and chosen.high is None) is not chosen.none:
        raise Refused("range_which")
    bounds = SetBounds(bound_typed(chosen.low or ""), bound_typed(chosen.high or ""), chosen.until, chosen.reason or "")
    with database(settings, writes=True) as connection:
        tree, on = units.tree(connection), today(settings)
        unit = tree.known(chosen.unit, on)
        found = set_range(connection, tree, chosen.form, chosen.figure, unit, bounds, now(settings), on)
    print(say.plain("ranges_done", figure=chosen.figure, unit=unit.title, n=len(found)))


def take_back(chosen: Namespace) -> None:
    """`ranges remove FORM FIGURE UNIT`: again what the history says."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        tree, on = units.tree(connection), today(settings)
        unit = tree.known(chosen.unit, on)
        found = take_back_range(connection, tree, chosen.form, chosen.figure, unit, now(settings), on)
    print(say.plain("ranges_taken_back", figure=chosen.figure, unit=unit.title, n=len(found)))
