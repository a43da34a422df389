"""The table: a row a unit, a column a headline indicator, and how the unit stands with its report."""

from bot.web.public_page.board import Board, Column, searched
from bot.web.public_page.cards import absent
from bot.web.public_page.head import link
from bot.web.public_page.markup import joined, tag
from messages.residents.answer_lines import carried, mismatches, untold, value
from messages.residents.open_data import standing_status
from reporting.figures.open_figures import OpenFigure
from reporting.figures.sums import Withheld
from reporting.figures.told_amounts import Amount
from reporting.questions.names import short_label
from reporting.rounds.standings import coverage
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit


def table(board: Board) -> Html:
    """The section with the table; of a unit without others under it nothing."""
    words, query = board.view.words, board.reading.query
    if not board.units and not query.search:
        return Html("")
    heading = tag("h2", words("open_table_found" if query.search else "open_table", date=board.day), id="table")
    if not board.units:
        none = words("open_none_found", search=query.search)
        return tag("section", heading, tag("p", none, " ", _all_units(board)))
    names = [tag("th", tag("span", words("open_column_unit")), scope="col", aria_sort="none")]
    names += [_name(board, each) for each in board.columns]
    if board.reported:
        names.append(tag("th", words("open_column_report"), scope="col", class_="report"))
    rows = [_row(board, each) for each in board.units]
    inside = tag("table", tag("thead", tag("tr", *names)), tag("tbody", *rows), id="units", aria_labelledby="table")
    label = words.plain("open_table", date=board.day)
    scrolled = tag("div", inside, class_="scrolled", role="region", tabindex="0", aria_label=label)
    count = tag(
        "p",
        "",
        id="found",
        class_="note",
        role="status",
        hidden=True,
        data_found=words.plain("open_found", n="{n}", all="{all}"),
    )
    back = [tag("p", _all_units(board))] if query.search else []
    return tag("section", heading, *back, count, scrolled)


def _all_units(board: Board) -> Html:
    return tag("a", board.view.words("open_all_units"), href=link(board, q=""))


def _name(board: Board, column: Column) -> Html:
    form, question = column
    language = board.view.words.language
    unit, whole = in_language(question.unit, language), board.view.label(question)
    parts: list[str] = [tag("span", short_label(form, question, language))]
    if unit:
        parts.append(tag("small", unit))
    kind = "state" if question.kind == "state" else "number"
    return tag("th", joined(parts), scope="col", title=whole, class_=kind, aria_sort="none")


def _row(board: Board, unit: Unit) -> Html:
    name = tag("a", unit.title, href=link(board, unit=unit.code, q=""))
    named = tag("th", name, *_doubts(board, unit), scope="row")
    cells = [_cell(board, board.figures.get((unit.id, form.key, question.name))) for form, question in board.columns]
    if board.reported:
        cells.append(_report(board, unit))
    return tag("tr", named, *cells, data_names=searched(unit))


def _doubts(board: Board, unit: Unit) -> list[Html]:
    """A sign that parts in the row are greater than their wholes, with the sentence that says which."""
    found = []
    for form, questions in board.forms.values():
        shown = (board.figures.get((unit.id, form.key, question.name)) for question in questions)
        facts = {of.question.name: of.fact for of in shown if of is not None and of.fact is not None}
        found += [tag("abbr", " ⚠", title=said) for said in mismatches(board.view, form, facts).split("\n") if said]
    return found


def _cell(board: Board, of: OpenFigure | None) -> Html:
    """A figure; a total with its coverage; a held-back count by what it lies between; or why there is none."""
    words = board.view.words
    if of is None:
        return tag("td", "–", class_="none")
    fact = of.fact
    if fact is None:
        return tag("td", absent(board, of), class_="none")
    if isinstance(fact.value, Withheld):
        return tag("td", untold(words, fact.value), class_="none", title=value(board.view, of.question, fact.value))
    if not isinstance(fact.value, Amount):
        choice = fact.value if isinstance(fact.value, str) else None
        order = next((str(n) for n, each in enumerate(of.question.choices) if each.name == choice), None)
        return tag("td", value(board.view, of.question, fact.value), class_="state", data_sort=order)
    if fact.value.is_exact:
        said = words("open_number", n=fact.value.low)
    elif fact.value.is_few:
        said = words("open_fewer", n=fact.value.high + 1)
    else:
        said = words("open_between", low=fact.value.low, high=fact.value.high)
    parts: list[str] = [said]
    if fact.is_corrected and fact.coverage is None:
        parts.append(tag("abbr", "*", title=words.plain("open_corrected")))
    if fact.coverage is not None:
        done, all_ = fact.coverage.received, fact.coverage.expected
        parts.append(tag("small", words("open_coverage", done=done, all=all_)))
    if fact.carried:
        parts.append(tag("small", words("open_carried", n=len(fact.carried)), title=carried(board.view, fact)))
    return tag("td", joined(parts), class_="number", data_sort=str(fact.value.high))


def _report(board: Board, unit: Unit) -> Html:
    """How the unit stands with its first form that is due; of a unit that others report for, how many have."""
    words, form = board.view.words, board.reported[0]
    standing = board.standings[form.key].get(unit.id)
    if standing is not None:
        status = standing_status(standing)
        parts: list[str] = [tag("span", words(f"open_standing_{status}"), class_=f"badge {status}")]
        if standing.sent is not None:
            at = standing.sent.first_sent_at.astimezone(board.view.zone)
            parts.append(tag("time", f"{at:%H:%M}", datetime=at.isoformat(timespec="seconds")))
        return tag("td", joined(parts), class_="report")
    got = coverage(board.standings_of(form, unit))
    said = words("open_coverage", done=got.received, all=got.expected) if got.expected else "–"
    return tag("td", said, class_="report")
