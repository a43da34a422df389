"""Menus for those who do not type: the unit, the figure, the day, one tap after the other; each tap edits the same message."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from messages.residents.clarification import button_text, usual_spans
from messages.residents.days import when
from messages.residents.presses import from_base36, indicator_named, name_of, press_of, to_base36
from messages.residents.view import View
from messages.residents.without_figures import examples
from reporting.collation import first_letter
from reporting.figures.indicator import Indicator
from reporting.presses.residents import LookUp
from reporting.say import Button, Say
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Inquiry, Span

PAGE = 12
"""So many units stand on a page; more of them are first told apart by their first letter."""
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """What is said, and the buttons under it."""

    text: Html
    rows: Rows


def first_menu(view: View) -> Say:
    """/tracuu: the units to begin with, and what may be typed instead."""
    menu = _units_menu(view, view.root, "", 0)
    lines = [menu.text, *(view.words("ask_example", text=each) for each in examples(view)[:2])]
    return Say(view.to, view.joined(lines), menu.rows)


def menu_of(arguments: Iterable[str], view: View, message_id: str) -> Say:
    """The menu that a button opens, in place of the one that it stood in. ValueError or KeyError if there is none such."""
    what, unit, detail, page = (*arguments, "", "", "", "")[:4]
    under = view.tree.unit(from_base36(unit)) if unit else None
    if what == "u":
        menu = _units_menu(view, under, detail, _page(page))
    elif what == "i" and under is not None:
        menu = _indicators_menu(view, under, _page(detail))
    elif what == "d" and under is not None:
        menu = _days_menu(view, under, indicator_named(detail, view))
    else:
        raise ValueError(what)
    return Say(view.to, menu.text, menu.rows, edits=message_id)


def _page(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise ValueError(text)
    return int(text)


def _units_menu(view: View, under: Unit | None, letter: str, page: int) -> Menu:
    """The units right under one: all of them where they are few, else by the first letter of their names, else by pages."""
    words = view.words
    units = sorted(view.tree.children(under, view.today), key=lambda unit: unit.name_order)
    rows: list[tuple[Button, ...]] = []
    if under is not None and not letter:
        rows.append((Button(words.plain("next_unit", unit=under.title), _look("i", to_base36(under.id))),))
    if len(units) > PAGE and not letter:
        letters = list(dict.fromkeys(first_letter(unit.name) for unit in units))
        rows += _rows([Button(each, _look("u", _id(under), each)) for each in letters], 6)
        rows += _up(view, under)
        return Menu(words("menu_letter"), tuple(rows))
    here = [unit for unit in units if not letter or first_letter(unit.name) == letter]
    shown = here[page * PAGE : (page + 1) * PAGE]
    rows += _rows([_unit_button(view, unit) for unit in shown], 2)
    rows += _pages(view, len(here), page, lambda other: _look("u", _id(under), letter, str(other)))
    rows += [(Button(words.plain("menu_back"), _look("u", _id(under))),)] if letter else _up(view, under)
    return Menu(words("menu_unit"), tuple(rows))


def _unit_button(view: View, unit: Unit) -> Button:
    opens = "u" if view.tree.children(unit, view.today) else "i"
    return Button(unit.title, _look(opens, to_base36(unit.id)))


def _up(view: View, unit: Unit | None) -> list[tuple[Button, ...]]:
    if unit is None or (unit.parent_id is None and view.root is not None):
        return []
    return [(Button(view.words.plain("menu_back"), _look("u", _id_of(unit.parent_id))),)]


def _indicators_menu(view: View, unit: Unit, page: int) -> Menu:
    """What there is to ask about a unit: all at a glance, or one figure."""
    words = view.words
    latest = Span("latest", view.today, view.today)
    rows: list[tuple[Button, ...]] = [
        (Button(words.plain("menu_overview"), press_of(Inquiry("overview", "overview", units=(unit,), span=latest))),)
    ]
    every = list(view.public)
    for indicator in every[page * PAGE : (page + 1) * PAGE]:
        label = view.label(view.public[indicator][1])
        rows.append((Button(label, _look("d", to_base36(unit.id), name_of(indicator))),))
    rows += _pages(view, len(every), page, lambda other: _look("i", to_base36(unit.id), str(other)))
    opens = unit.id if view.tree.children(unit, view.today) else unit.parent_id
    rows.append((Button(words.plain("menu_back"), _look("u", _id_of(opens))),))
    return Menu(words("menu_indicator", unit=unit.title), tuple(rows))


def _days_menu(view: View, unit: Unit, indicator: Indicator) -> Menu:
    """The days to ask about; of what is set by decision and holds on: as it stands."""
    words, (form, question) = view.words, view.public[indicator]
    base = Inquiry("value", "value", units=(unit,), indicators=(indicator,))
    spans = [Span("latest", view.today, view.today)]
    if form.schedule.period != "on change":
        spans += [Span("today", view.today, view.today), *usual_spans(view)]
    buttons = [
        Button(
            words.plain("menu_latest") if span.kind == "latest" else button_text(when(view, form, span)),
            press_of(Inquiry("value", "value", units=base.units, indicators=base.indicators, span=span)),
        )
        for span in spans
    ]
    if form.schedule.period != "on change":
        week = spans[-1]
        asked = Inquiry("trend", "trend", units=base.units, indicators=base.indicators, span=week)
        buttons.append(Button(words.plain("next_trend"), press_of(asked)))
    rows = [*_rows(buttons, 1), (Button(words.plain("menu_back"), _look("i", to_base36(unit.id))),)]
    return Menu(words("menu_day", unit=unit.title, indicator=view.label(question)), tuple(rows))


def _pages(view: View, count: int, page: int, look: Callable[[int], LookUp]) -> list[tuple[Button, ...]]:
    buttons = []
    if page > 0:
        buttons.append(Button(view.words.plain("menu_before"), look(page - 1)))
    if (page + 1) * PAGE < count:
        buttons.append(Button(view.words.plain("menu_more"), look(page + 1)))
    return [tuple(buttons)] if buttons else []


def _rows(buttons: Sequence[Button], across: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + across]) for start in range(0, len(buttons), across)]


def _id(unit: Unit | None) -> str:
    return to_base36(unit.id) if unit is not None else ""


def _id_of(unit_id: int | None) -> str:
    return to_base36(unit_id) if unit_id is not None else ""


def _look(*arguments: str) -> LookUp:
    given = list(arguments)
    while given and not given[-1]:
        given.pop()
    return LookUp(tuple(given))
