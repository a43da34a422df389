"""What a file does to the units, as the desk reads it, and what the people of a unit are told that ends."""

from collections.abc import Iterator, Sequence
from datetime import date

from reporting.collation import person_order
from reporting.errors import Refused, Several
from reporting.events.units import BothReported, UnitEnded
from reporting.people import Address, Person
from reporting.presses.admins import ChangeUnits
from reporting.say import Button, Rank, Say
from reporting.translator import Html, Translator, translator
from reporting.unit_differences import CHANGES, ChangedUnits, LeftBehind, UnitDifference
from reporting.units import Unit

MOST_LINES, MOST_LINES_OF_A_FILE = 10, 100_000
"""So many lines under a heading in a chat, and on a terminal."""

_HEADS = {
    "new": "units_new",
    "renamed": "units_renamed",
    "moved": "units_moved",
    "ended": "units_ended",
    "goes on": "units_go_on",
    "aliases": "units_aliases",
    "joins": "units_join",
    "leaves": "units_leave",
    "counted otherwise": "units_counted",
}


def changed_lines(
    done: ChangedUnits, words: Translator, today: date, most: int = MOST_LINES_OF_A_FILE, *, at_desk: bool = False
) -> list[Html]:
    """The differences, each kind under its heading, and what is left to do; one line where there is neither.

    `most`: so many lines stand under a heading, the rest is counted. `at_desk`: who reads it is at the command line, and does there
    what is left; else in his chat.
    """
    lines = list[Html]()
    became = {each.unit.id: each.became for each in done.left_behind}
    for change in CHANGES:
        found = [each for each in done.differences if each.change == change]
        if found:
            lines.append(words(_HEADS[change], n=len(found)))
            lines += _cut([_line(each, words, became.get(each.unit.id, ())) for each in found], most, words)
    left = [line for each in done.left_behind for line in _left(each, words, today, at_desk=at_desk)]
    return [*lines, *_cut(left, 2 * most, words)] or [words("units_alike")]


def _cut(lines: list[Html], most: int, words: Translator) -> list[Html]:
    more = len(lines) - most
    return lines if more <= 0 else [*lines[:most], words("units_more", n=more)]


def units_say(
    done: ChangedUnits, to: Address, words: Translator, today: date, *, file_id: int | None, file: str = ""
) -> Say:
    """The differences in a chat: `file_id` of what waits for a word, None where it was done."""
    lines = changed_lines(done, words, today, MOST_LINES)
    buttons: tuple[tuple[Button, ...], ...] = ()
    if file_id is None:
        head, foot = words("units_done", n=done.named, changed=len(done.changed)), None
    elif not done.differences:
        return Say(to, words("units_nothing", file=file, n=done.named))
    else:
        head, foot = words("units_shown", file=file, n=done.named), words("units_confirm")
        buttons = (
            (Button(words.plain("units_do"), ChangeUnits(file_id, 1)),),
            (Button(words.plain("units_do_not"), ChangeUnits(file_id, 0)),),
        )
    return Say(to, Html("\n".join([head, *lines, *([foot] if foot else [])])), buttons)


MOST_NAMED = 20
"""So many mistakes of a file are named, the rest is counted."""


def mistakes_say(refused: Refused, to: Address, words: Translator) -> Say:
    """Why a file is not taken, a line for each mistake."""
    if not isinstance(refused, Several):
        return Say(to, words.refusal(refused))
    lines = [words.refusal(refused), *(words.refusal(each) for each in refused.found[:MOST_NAMED])]
    more = len(refused.found) - MOST_NAMED
    return Say(to, Html("\n".join([*lines, *([words("several_more", n=more)] if more > 0 else [])])))


def _line(of: UnitDifference, words: Translator, became: Sequence[Unit] = ()) -> Html:
    """«• xã Thọ Dân (15742), trước là xã Thọ Phú»."""
    values: dict[str, object] = {"unit": of.unit.title_with_code}
    match of.change:
        case "new":
            key = "units_line_new_since" if of.on else "units_line_new"
            said = words(key, **values, above=_titled(of.above, words), date=of.on or "")
            return Html(f"{said}; {words('units_called', names=', '.join(of.names))}") if of.names else said
        case "renamed":
            return words("units_line_renamed", **values, was=of.was)
        case "moved":
            return words("units_line_moved", **values, above=_titled(of.above, words), was=_titled(of.was_above, words))
        case "ended":
            key = "units_line_became" if became else "units_line_on"
            return words(key, **values, date=of.on, now=", ".join(_titled(each, words) for each in became))
        case "aliases":
            return words("units_line_aliases", **values, names=_names(of, words))
        case _:
            key = "units_line_group_on" if of.on else "units_line_group"
            return words(key, **values, group=_titled(of.above, words), date=of.on or "")


def _titled(unit: Unit | None, words: Translator) -> str:
    return unit.title_with_code if unit is not None else words.plain("units_top")


def _names(of: UnitDifference, words: Translator) -> Html:
    parts = [words("units_names_come", names=", ".join(of.names))] if of.names else []
    parts += [words("units_names_gone", names=", ".join(of.names_gone))] if of.names_gone else []
    return Html("; ".join(parts))


def _left(of: LeftBehind, words: Translator, today: date, *, at_desk: bool) -> Iterator[Html]:
    """What one unit leaves to be done; that nobody knows what it becomes part of."""
    unit = of.unit
    values: dict[str, object] = {"unit": unit.title_with_code, "date": unit.until}
    if not of.became:
        yield words("units_lost", **values)
    else:
        values |= {"now": _all(of.became), "codes": ", ".join(each.code for each in of.became)}
        if of.moved:
            yield words("units_people_move", **values, names=_people(of.moved))
        if of.people:
            key = "units_held_desk" if at_desk else "units_held"
            yield words(key, **values, names=_people(of.people))
    if of.unsent:
        yield words("units_unsent", **values, days=_days(of.unsent, words))
    if of.dropped:
        yield words("units_dropped", **values, days=_days(of.dropped, words))
    if of.questions:
        over = unit.until is not None and unit.until <= today
        yield words("units_questions_over" if over else "units_questions", **values, n=of.questions)
    if of.joined is not None:
        line = f"{unit.until:%Y-%m-%d},{of.joined.code},{of.joined.code},{of.joined.name},{of.joined.kind}"
        yield words("units_totals_stay", **values, line=line)
    if of.reported:
        yield words("units_reported", **values, days=_days(of.reported, words))


def _people(some: Sequence[Person]) -> str:
    return ", ".join(sorted((each.name for each in some), key=person_order))


def _all(units: Sequence[Unit]) -> str:
    return ", ".join(each.title for each in units)


def _days(some: Sequence[date], words: Translator) -> str:
    return ", ".join(words.show(day) for day in some)


def unit_ended_say(event: UnitEnded) -> Say:
    """To whoever is charged at a unit that ends: what becomes of it, whether he goes on, and of the reports that he has begun."""
    words = translator(event.to.language)
    values: dict[str, object] = {"unit": event.unit.title, "date": event.on, "now": _told(event, words)}
    key = "unit_ends_goes_on" if event.goes_on else "unit_ends_merged" if event.became else "unit_ends"
    lines = [words(key, **values)]
    if event.unsent:
        lines.append(words("unit_ends_unsent", **values, days=_days(event.unsent, words)))
    if event.dropped:
        lines.append(words("unit_ends_dropped", **values, days=_days(event.dropped, words)))
    return Say(event.to.address, Html("\n".join(lines)), rank=Rank.REMINDER)


def _named(unit: Unit) -> str:
    """The title at the beginning of a sentence."""
    return unit.title[:1].upper() + unit.title[1:]


def _told(event: UnitEnded, words: Translator) -> str:
    """What the unit becomes; one of the same name is told from it."""
    said = [
        words.plain("unit_new_of_name", unit=each.title) if each.title == event.unit.title else each.title
        for each in event.became
    ]
    return ", ".join(said)


def both_reported_say(event: BothReported) -> Say:
    """To the desk: a unit and former units of it have reports for one day."""
    words = translator(event.to.language)
    values: dict[str, object] = {"unit": _named(event.unit), "former": _all(event.former), "date": event.period}
    return Say(event.to.address, words("units_both_reported", **values), rank=Rank.REMINDER)
