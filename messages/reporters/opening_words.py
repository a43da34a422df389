"""Where a new unit's running totals begin: what its reporter is asked to confirm, and what the desk is told if he does not."""

from collections.abc import Sequence

from reporting.events.units import OpeningDoubted
from reporting.filling.opening import Balance, OpeningWanted
from reporting.people import Address
from reporting.presses.reporters import ConfirmOpening
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator
from reporting.units import Unit


def opening_say(wanted: OpeningWanted, to: Address, words: Translator) -> Say:
    """The balances, on which units they rest, and the buttons."""
    task = wanted.task
    unit = task.unit.title[:1].upper() + task.unit.title[1:]
    lines = [
        words("opening_ask", unit=unit, date=task.unit.since, former=_titles(wanted.former), on=wanted.on),
        *_lines(wanted.balances, words),
    ]
    if wanted.divided:
        lines.append(words("opening_divided", names=_titles(wanted.divided)))
    lines.append(words("opening_how"))
    of = (task.form.key, task.unit.id, task.period)
    buttons = tuple(
        (Button(words.plain(key), ConfirmOpening(*of, is_right)),)
        for key, is_right in (("opening_right", 1), ("opening_wrong", 0))
    )
    return Say(to, Html("\n".join(lines)), buttons)


def _lines(balances: Sequence[Balance], words: Translator) -> list[Html]:
    """A line each; what is noted of one just as of the one before is not named again."""
    lines, last = list[Html](), Html("")
    for each in balances:
        question = each.question
        label, unit = in_language(question.alone, words.language), in_language(question.unit, words.language)
        said, note = words("opening_line", label=label, value=each.value, unit=unit), _note(each, words)
        shown = words("opening_as_above") if note and note == last else note
        lines.append(Html(f"{said} ({shown})" if shown else said))
        last = note
    return lines


def _note(of: Balance, words: Translator) -> Html:
    notes = [words("opening_older", names=_titles(of.older))] if of.older else []
    notes += [words("opening_lacking", names=_titles(of.lacking))] if of.lacking else []
    notes += [words("opening_waiting", names=_titles(of.waiting))] if of.waiting else []
    return Html("; ".join(notes))


def _titles(units: Sequence[Unit]) -> str:
    return ", ".join(unit.title for unit in units)


def doubted_say(event: OpeningDoubted) -> Say:
    """To the desk: the reporter says that the balances are others."""
    words = translator(event.to.language)
    said = words("opening_doubted", name=event.by.name, unit=event.unit.title, date=event.on, code=event.unit.identity)
    return Say(event.to.address, said, rank=Rank.REMINDER)
