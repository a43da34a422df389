"""The cards: each headline indicator of the page's unit with its value, its coverage and its trend."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from bot.web.public_page.board import Board
from bot.web.public_page.chart import chart
from bot.web.public_page.markup import joined, tag
from messages.residents.answer_lines import carried, marks, mismatches, periods, published_line, value
from messages.residents.missing_figures import coverage_said
from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.open_figures import OpenFigure
from reporting.figures.sums import Spread, Withheld
from reporting.forms import Form, Question
from reporting.translator import Html
from understanding.periods_asked import SHORTEST


def cards(board: Board) -> Html:
    """A section on the page's unit; nothing where the page is about several."""
    unit = board.unit
    if unit is None or board.reading.query.search:
        return Html("")
    view, words = board.view, board.view.words
    shown, notes = [], []
    for form, questions in board.forms.values():
        found = [of for q in questions if (of := board.figures.get((unit.id, form.key, q.name))) is not None]
        span, known = board.trend(form, unit) if any(of.question.kind != "state" for of in found) else ((), None)
        shown += [_card(board, of, span, known) for of in found]
        if form.schedule.period != "on change":
            facts = {of.question.name: of.fact for of in found if of.fact is not None}
            notes += mismatches(view, form, facts).split("\n")
            notes += _notes(board, form, list(facts.values()))
    heading = tag("h2", words("open_unit_on", unit=view.named(unit), date=board.day), id="unit")
    said = [tag("p", Html(line), class_="note") for line in notes if line]
    return tag("section", heading, tag("div", *shown, class_="cards"), *said, aria_labelledby="unit")


def _notes(board: Board, form: Form, facts: Sequence[Fact]) -> list[str]:
    """What the figures cover, when they were published, and their marks: in the sentences of the chat."""
    main = max(facts, key=lambda fact: fact.coverage.received if fact.coverage else 0, default=None)
    real = replace(board.view, demonstration=False)  # that is said above, for the whole page
    covered = coverage_said(board.view, form, main) if main is not None else ""
    return [covered, published_line(board.view, facts), *marks(real, facts).split("\n")]


def _card(board: Board, of: OpenFigure, shown: Sequence[date], known: Known | None) -> Html:
    view, question, fact = board.view, of.question, of.fact
    parts = [tag("h3", view.label(question))]
    if fact is None:
        parts.append(tag("p", absent(board, of), class_="value none"))
    elif isinstance(fact.value, Spread):
        parts.append(_spread(board, question, fact.value))
    elif isinstance(fact.value, Withheld):
        parts.append(tag("p", value(view, question, fact.value), class_="value none"))
    else:
        kind = "value choice" if isinstance(fact.value, str) else "value"
        parts.append(tag("p", value(view, question, fact.value), class_=kind))
    if fact is not None and fact.coverage is not None:
        n, all_ = fact.coverage.received, fact.coverage.expected
        kind = "whole" if n >= all_ else "part"
        parts.append(tag("p", view.words("open_coverage", done=n, all=all_), class_=f"coverage {kind}"))
    if fact is not None and fact.carried:
        parts.append(tag("p", carried(view, fact), class_="coverage part"))
    if fact is not None and isinstance(fact.value, str) and of.form.schedule.period == "on change":
        key = "open_since_ground" if of.ground else "open_since"
        parts.append(tag("p", view.words(key, date=fact.period, ground=of.ground), class_="coverage"))
    if known is not None and question.kind != "state":
        if fact is None:
            parts.append(_last(board, of, known))
        parts.append(_trend(board, of.form, question, shown, known.history(of.unit, question)))
    return tag("article", *parts, class_="card")


def _spread(board: Board, question: Question, of: Spread) -> Html:
    """How many units stand at each choice, a line each."""
    counts = sorted(of.counts, key=lambda each: [choice.name for choice in question.choices].index(each[0]))
    lines = [tag("li", value(board.view, question, Spread((each,)))) for each in counts]
    return tag("ul", *lines, class_="spread")


def _last(board: Board, of: OpenFigure, known: Known) -> Html:
    """The last value known, where the day asked for has none."""
    fact = known.newest(of.unit, of.question, of.period)
    if fact is None:
        return Html("")
    said = value(board.view, of.question, fact.value)
    return tag("p", board.view.words("open_last", date=fact.period, value=said), class_="coverage")


def absent(board: Board, of: OpenFigure) -> Html:
    """Why there is no figure, in a few words; never 0."""
    return board.view.words(f"open_absent_{of.status}")


def _trend(board: Board, form: Form, question: Question, shown: Sequence[date], facts: Mapping[date, Fact]) -> Html:
    view, words, language = board.view, board.view.words, board.view.words.language
    begins = next((place for place, period in enumerate(shown) if period in facts), 0)
    shown = shown[min(begins, len(shown) - SHORTEST) :]  # what lies before all records is no gap in them
    count = periods(view, form, len(shown))
    have = sum(period in facts for period in shown)
    if not have:
        return tag("p", words("open_trend_none", periods=count), class_="note")
    said = words.plain("open_trend", indicator=view.label(question), periods=count, n=have)
    ends = [format_date(shown[place], "dd/MM", locale=language) for place in (0, -1)]
    rows = [
        tag("tr", tag("th", view.html(period), scope="row"), tag("td", _told(board, question, facts.get(period))))
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
    if fact.coverage is None or (fact.coverage.received >= fact.coverage.expected and not fact.carried):
        return said
    short = words("open_coverage", done=fact.coverage.received, all=fact.coverage.expected)
    notes = [short, *([words("open_carried", n=len(fact.carried))] if fact.carried else [])]
    return joined([said, " ", tag("span", Html(", ".join(notes)), class_="coverage part")])
