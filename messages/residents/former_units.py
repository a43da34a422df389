"""Units that came to an end and those that took over: of whom figures are told, for which of the days, and what is said about it."""

from collections.abc import Sequence
from datetime import date

from messages.residents.view import View
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree
from reporting.units_as_now import UnitsAsNow
from understanding.inquiry import Inquiry, Span
from understanding.mergers import begun_instead, called, on_days, predecessors, successors


def notes(view: View, inquiry: Inquiry) -> list[Html]:
    """What has to be said before any figure: whose it is if a former unit was asked about, and since or until when a unit existed."""
    words, span = view.words, inquiry.span
    became: dict[tuple[Unit, date], list[Unit]] = {}
    for was, now in inquiry.merged:
        if now in inquiry.units and was.until is not None:
            became.setdefault((now, was.until), []).append(was)
    lines = [
        words("tell_taken_for", said=said, unit=unit.title) for said, unit in inquiry.heard if unit in inquiry.units
    ]
    for (now, day), former in became.items():
        names = named_all(view, former)
        lines.append(words("tell_merged", units=Html(names[:1].upper() + names[1:]), now=now.title, date=day))
    for unit in inquiry.units:
        if span is not None and not unit.exists_through(span.first_on, span.last_on):
            lines += ends(view, unit, span)
    return lines


def ends(view: View, unit: Unit, span: Span) -> list[Html]:
    """Since when, or until when, a unit existed, where that is not all of the days asked about; and who took over."""
    words, lines = view.words, []
    if unit.since is not None and span.first_on < unit.since:
        lines.append(words("tell_began", unit=view.named(unit), date=unit.since))
    if unit.until is not None and unit.until <= span.last_on:
        now = named_all(view, successors(unit, view.tree))
        key = "tell_ended_merged" if now else "tell_ended"
        lines.append(words(key, unit=view.named(unit), date=unit.until, now=now))
    return lines


def titled(view: View, unit: Unit, first_on: date, last_on: date) -> str:
    """The unit's title, with its dates where it did not exist on all of these days: «xã Thọ Dân (đến trước 01/07/2025)»."""
    said, words = unit.title, view.words
    if unit.since is not None and first_on < unit.since:
        said = words.plain("ask_unit_since", unit=said, date=unit.since)
    if unit.until is not None and unit.until <= last_on:
        said = words.plain("ask_unit_until", unit=said, date=unit.until)
    return said


def as_now_note(tree: UnitTree, words: Translator) -> Html:
    """That figures are by the units of today, and which former units are in none of them, as they were divided."""
    if not isinstance(tree, UnitsAsNow) or tree.since is None:
        return words("tell_as_now_alike")
    note = words("tell_as_now", date=tree.since)
    if not tree.divided:
        return note
    return Html(f"{note} {words('digest_divided', names=', '.join(unit.title for unit in tree.divided))}")


def named_all(view: View, units: Sequence[Unit]) -> Html:
    return view.joined([view.html(unit.title) for unit in units], ", ")


def instead(view: View, inquiry: Inquiry) -> list[Unit]:
    """The units to offer where some that were named did not exist on the days asked about: what became of them or what they were
    made of, whoever bears their name by then, else those that began when they ended.
    """
    tree, span = view.tree, inquiry.span or Span("latest", view.today, view.today)
    days = (span.first_on, span.last_on)
    found: dict[int, Unit] = {}
    for unit in inquiry.units:
        if unit.exists_between(*days):
            continue
        theirs = [*on_days(unit, tree, *days), *predecessors(unit, tree)]
        names = called(unit)
        theirs += [each for each in tree if names & called(each) and not tree.is_group(each)]
        theirs = [each for each in theirs if each.exists_between(*days)]
        found |= {each.id: each for each in theirs or begun_instead(unit, tree) if each.exists_between(*days)}
    return list(found.values())
