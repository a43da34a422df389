"""The head of the page: what it is about, of which day, the other language, and the search."""

from datetime import timedelta
from urllib.parse import urlencode

from bot.web.public_page.board import Board
from bot.web.public_page.markup import joined, tag
from messages.residents.former_units import as_now_note
from reporting.translator import LANGUAGES, Html, translator
from understanding.units_now import units_as_now


def link(board: Board, **changed: str) -> str:
    """The page's own address with something changed; «» takes an option away."""
    query = board.reading.query
    options = {
        "lang": board.view.words.language,
        "date": query.last_on.isoformat() if query.last_on else "",
        "unit": query.units[0] if query.units else "",
        "q": query.search,
        "units": "now" if query.is_by_units_of_today else "",
    } | changed
    return f"/?{urlencode({name: value for name, value in options.items() if value})}"


def head(board: Board, title: str) -> Html:
    words = board.view.words
    languages = [
        tag(
            "a",
            translator(each).plain("open_language"),
            href=link(board, lang=each),
            lang=each,
            hreflang=each,
            aria_current="true" if each == words.language else None,
        )
        for each in LANGUAGES
    ]
    top = tag(
        "div",
        tag("h1", title),
        tag("nav", *languages, class_="languages", aria_label=words.plain("open_languages")),
        class_="top",
    )
    return joined([top, _path(board), tag("div", _days(board), _search(board), class_="tools"), _by_units(board)])


def _by_units(board: Board) -> Html:
    """By which units earlier days are told, where that makes a difference, and the way to the other view."""
    words, today, tree = board.view.words, board.view.today, board.view.tree
    if board.reading.query.is_by_units_of_today:
        note, other = as_now_note(tree, words), tag("a", words("open_units_then"), href=link(board, units="", unit=""))
        return tag("p", joined([note, " ", other]), class_="note")
    merged = units_as_now(tree, today).since
    if merged is None or board.day >= merged:
        return Html("")
    return tag("p", tag("a", words("open_units_now"), href=link(board, units="now", unit="")), class_="note")


def _path(board: Board) -> Html:
    """The units above, each with its link."""
    if board.unit is None:
        return Html("")
    above = list(board.view.tree.above(board.unit))[::-1]
    links = [tag("a", each.title, href=link(board, unit=each.code, q="")) for each in above[:-1]]
    here = tag("span", board.unit.title, aria_current="page")
    steps = [tag("li", each) for each in (*links, here)]
    return tag("nav", tag("ol", *steps), class_="path", aria_label=board.view.words.plain("open_path"))


def _days(board: Board) -> Html:
    words, day, today = board.view.words, board.day, board.view.today
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    steps = [
        tag("a", "‹", class_="step", href=link(board, date=before.isoformat()), aria_label=words.plain("open_before"))
    ]
    field = tag(
        "input", type="date", name="date", value=day.isoformat(), max=today.isoformat(), id="date", required=True
    )
    show = tag("button", words("open_show"), type="submit")
    form = tag(
        "form",
        _hidden(board, "date"),
        tag("label", words("open_day"), for_="date"),
        field,
        show,
        method="get",
        action="/",
    )
    steps.append(form)
    if day < today:
        steps.append(
            tag("a", "›", class_="step", href=link(board, date=after.isoformat()), aria_label=words.plain("open_after"))
        )
    if board.reading.query.last_on is not None:
        steps.append(tag("a", words("open_newest"), class_="newest", href=link(board, date="")))
    return tag("div", *steps, class_="days")


def _search(board: Board) -> Html:
    words = board.view.words
    field = tag(
        "input",
        type="search",
        name="q",
        id="search",
        value=board.reading.query.search,
        maxlength="60",
        placeholder=words.plain("open_search_example"),
        autocomplete="off",
        spellcheck="false",
    )
    label = tag("label", words("open_search"), for_="search")
    return tag(
        "form",
        _hidden(board, "q"),
        label,
        field,
        tag("button", words("open_find"), type="submit"),
        method="get",
        action="/",
        role="search",
        class_="search",
    )


def _hidden(board: Board, without: str) -> Html:
    query = board.reading.query
    options = {"lang": board.view.words.language, "unit": query.units[0] if query.units else ""}
    options |= {"date": query.last_on.isoformat() if query.last_on else "", "q": query.search}
    options |= {"units": "now" if query.is_by_units_of_today else ""}
    return joined(
        [
            tag("input", type="hidden", name=name, value=value)
            for name, value in options.items()
            if value and name != without
        ]
    )
