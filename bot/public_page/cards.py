"""The cards: each headline indicator of the page's unit with its value, its coverage and its trend."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from bot.public_page.board import Board
from bot.public_page.chart import chart
from bot.public_page.markup import joined, tag
from reporting.forms import Form, Question
from reporting.open_data import OpenFigure
from reporting.telling_days import day
from reporting.telling_known import Fact, Known
from reporting.telling_lines import coverage, marks, periods, published, value
from reporting.units import Unit
from reporting.words import Html


def cards(board: Board) -> Html:
    """A section on the page's unit; nothing where the page is about several."""
    unit = board.unit
    if unit is None or board.reading.query.search:
        return Html("")
    view, words = board.view, board.view.words
    parts = [tag("h2", words("open_unit_on", unit=view.named(unit), date=board.day), id="unit")]
    for form, questions in board.forms.values():
        found = [(q, of) for q in questions if (of := board.figures.get((unit.id, form.key, q.name))) is not None]
        facts = [of.fact for _, of in found if of.fact is not None]
        if not found:
            continue
        numbers = [each for each in found if each[0].kind != "state"]
        shown, known = board.trend(form, unit) if numbers else ((), None)
        parts += [tag("div", *(_card(board, form, unit, q, of, shown, known) for q, of in found), class_="cards")]
        main = max(facts, key=lambda fact: fact.coverage.received if fact.coverage else 0, default=None)
        said = [coverage(view, form, main) if main is not None else "", published(view, facts)]
        said += marks(view, facts).split("\n")[:2] if not view.demonstration else []
        parts += [tag("p", Html(line), class_="note") for line in said if line]
    return tag("section", *parts, aria_labelledby="unit")


def _card(
    board: Board, form: Form, unit: Unit, question: Question, of: OpenFigure, shown: Sequence[date], known: Known | None
) -> Html:
    view = board.view
    said = value(view, question, of.fact.value) if of.fact is not None else absent(board, of)
    parts = [tag("h3", view.label(question)), tag("p", said, class_="value" if of.fact is not None else "value none")]
    if of.fact is not None and of.fact.coverage is not None:
        n, all_ = of.fact.coverage.received, of.fact.coverage.expected
        kind = "whole" if n >= all_ else "part"
        parts.append(tag("p", view.words("open_coverage", done=n, all=all_), class_=f"coverage {kind}"))
    if known is not None and question.kind != "state":
        parts.append(_trend(board, form, question, shown, known.history(unit, question)))
    return tag("article", *parts, class_="card")


def absent(board: Board, of: OpenFigure) -> Html:
    """Why there is no figure, in a few words; never 0."""
    return board.view.words(f"open_absent_{of.status}")


def _trend(board: Board, form: Form, question: Question, shown: Sequence[date], facts: Mapping[date, Fact]) -> Html:
    view, words, language = board.view, board.view.words, board.view.words.language
    count = periods(view, form, len(shown))
    have = sum(period in facts for period in shown)
    if not have:
        return tag("p", words("open_trend_none", periods=count), class_="note")
    said = words.plain("open_trend", indicator=view.label(question), periods=count, n=have)
    ends = [format_date(shown[place], "dd/MM", locale=language) for place in (0, -1)]
    rows = [
        tag("tr", tag("th", day(view, form, period), scope="row"), tag("td", _told(board, question, facts.get(period))))
        for period in reversed(shown)
    ]
    heading = tag("summary", words("open_trend_table", periods=count))
    listed = tag("details", heading, tag("div", tag("table", tag("tbody", *rows)), class_="days-table"))
    axis = tag("p", tag("span", ends[0]), tag("span", ends[1]), class_="axis", aria_hidden="true")
    return joined([chart(shown, facts, said), axis, listed])


def _told(board: Board, question: Question, fact: Fact | None) -> Html:
    words = board.view.words
    if fact is None:
        return tag("span", words("open_absent_not_reported"), class_="none")
    said = value(board.view, question, fact.value)
    if fact.coverage is None or fact.coverage.received >= fact.coverage.expected:
        return said
    short = words("open_coverage", done=fact.coverage.received, all=fact.coverage.expected)
    return joined([said, " ", tag("span", short, class_="coverage part")])
