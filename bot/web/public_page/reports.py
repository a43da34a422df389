"""The state of reporting, in the sentences of the chat: how many units have reported, and who has not."""

from bot.web.public_page.board import Board
from bot.web.public_page.markup import joined, tag
from messages.residents.who_reported import missing
from reporting.rounds.standings import coverage
from reporting.texts import in_language
from reporting.translator import Html


def reports(board: Board) -> Html:
    """A section with a bar and a sentence for each form that units report."""
    words, view = board.view.words, board.view
    if board.reading.query.search:
        return Html("")
    roots = [board.unit] if board.unit is not None else view.tree.roots(board.day)
    parts = []
    for form in board.reported:
        period = board.period(form)
        for root in roots:
            here = board.standings_of(form, root)
            if not here:
                continue
            got = coverage(here)
            said = missing(view, form, root, period, here)
            label = words.plain("open_progress", done=got.received, all=got.expected)
            bar = tag("progress", label, value=str(got.received), max=str(got.expected or 1), aria_label=label)
            bar = bar if len(here) > 1 else Html("")
            title = tag("h3", in_language(form.title, words.language))
            lines = [tag("p", Html(line)) for line in said.split("\n") if line]
            parts.append(tag("div", title, bar, *lines, class_="report-state"))
    if not parts:
        return Html("")
    return tag("section", tag("h2", words("open_reports"), id="reports"), joined(parts), aria_labelledby="reports")
