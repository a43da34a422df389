"""The buttons under what leaders read: each leads on, or acts; every one has a command that is typed instead."""

from collections.abc import Callable
from datetime import date
from textwrap import shorten

from reporting.digests.digest_record import Digest
from reporting.press import Press
from reporting.presses.leaders import (
    ListUnits,
    NudgePress,
    OpenList,
    RankUnits,
    ShowAnswers,
    ShowBoard,
    ShowBriefing,
    ShowDays,
    ShowLetter,
    ShowStanding,
    ShowUnit,
)
from reporting.say import Button
from reporting.translator import Translator
from reporting.units import Unit

Rows = tuple[tuple[Button, ...], ...]
PAGE, LABEL = 10, 30
HOURS = (1, 3, 12)
"""For so long a closed report is opened again by a tap."""


def nudge_button(form: str, unit_id: int, period: date, count: int, words: Translator, title: str = "") -> Button:
    """`title`: of the form, where there is a button for another beside it."""
    named = f" – {shorten(title, LABEL, placeholder='…')}" if title else ""
    return Button(words.plain("lead_button_nudge", n=count) + named, NudgePress(form, unit_id, period))


def standing_buttons(
    form: str, unit_id: int, period: date, missing: int, words: Translator, *, has_board: bool = False
) -> Rows:
    """Under the standing of a subtree: nudge the missing, look at one of the units, see the units by days, and what they skip."""
    rows: list[tuple[Button, ...]] = [(nudge_button(form, unit_id, period, missing, words),)] if missing else []
    units = Button(words.plain("lead_button_units"), ListUnits(form, unit_id, period, 0))
    board = Button(words.plain("lead_button_board"), ShowDays(form, unit_id, period))
    answers = Button(words.plain("completeness_button"), ShowAnswers(form, unit_id, period))
    return (*rows, (units, board) if has_board else (units,), *(((answers,),) if has_board else ()))


def whole_button(form: str, unit_id: int, period: date, count: int, words: Translator) -> tuple[Button, ...]:
    """Under a standing that is cut: all of its units."""
    return (Button(words.plain("lead_button_whole", n=count), ShowStanding(form, unit_id, period)),)


def deputy_button(digest_id: int, words: Translator) -> Rows:
    """Under a letter that the head signs: the same to be signed by a deputy."""
    return ((Button(words.plain("lead_button_deputy"), ShowLetter(digest_id, 1)),),)


def digest_buttons(digest_id: int, of: Digest, missing: int, words: Translator) -> Rows:
    """Under a digest, which is kept as `digest_id`: nudge, board, letter, units, comparison; what waits for approval, where anything
    does, and the page before a meeting.
    """
    form, unit_id, period = of.form, of.unit_id, of.period
    rows: list[tuple[Button, ...]] = [(nudge_button(form, unit_id, period, missing, words),)] if missing else []
    rows.append(
        (
            Button(words.plain("lead_button_board"), ShowBoard(digest_id)),
            Button(words.plain("lead_button_letter"), ShowLetter(digest_id)),
        )
    )
    rows.append(
        (
            Button(words.plain("lead_button_units"), ListUnits(form, unit_id, period, 0)),
            Button(words.plain("lead_button_compare"), RankUnits(form, unit_id, period, 0)),
        )
    )
    page = Button(words.plain("briefing_button_page"), ShowBriefing(unit_id))
    provisional = sum(each.provisional for each in of.content.rows)
    waiting = Button(words.plain("briefing_button_waiting", n=provisional), OpenList("approvals"))
    rows.append((page, waiting) if provisional else (page,))
    return tuple(rows)


def unit_rows(units: list[Unit], page: int, form: str, root: Unit, period: date, words: Translator) -> Rows:
    """A page of units, each opening its own page, with a step to the pages before and after."""
    shown = units[page * PAGE : (page + 1) * PAGE]
    found = [Button(unit.title, ShowUnit(form, unit.id, period)) for unit in shown]
    rows = [tuple(found[at : at + 2]) for at in range(0, len(found), 2)]
    return (*rows, *steps(page, len(units), lambda to: ListUnits(form, root.id, period, to), words))


def steps(page: int, count: int, pressed: Callable[[int], Press], words: Translator) -> Rows:
    """«◀», «▶» where there are pages before and after."""
    turns = []
    if page > 0:
        turns.append(Button(words.plain("lead_button_before"), pressed(page - 1)))
    if (page + 1) * PAGE < count:
        turns.append(Button(words.plain("lead_button_after"), pressed(page + 1)))
    return (tuple(turns),) if turns else ()
