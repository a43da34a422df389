"""The state of reporting, in the sentences of the chat: how many units have reported, and who has not."""

from bot.public_page.board import Board
from bot.public_page.markup import joined, tag
from reporting.telling.many import missing
from reporting.texts import in_language
from reporting.words import Html


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
            have = {each.deadline.unit_id: in_archive for each, in_archive in here}
            owed = [each for each in here if each[0].deadline.is_owed]
            done = sum(each.sent is not None or in_archive for each, in_archive in owed)
            said = missing(view, form, root, period, [each for each, _ in here], have)
            label = words.plain("open_progress", done=done, all=len(owed))
            bar = tag("progress", label, value=str(done), max=str(len(owed) or 1), aria_label=label)
            bar = bar if len(here) > 1 else Html("")
            title = tag("h3", in_language(form.title, words.language))
            lines = [tag("p", Html(line)) for line in said.split("\n") if line]
            parts.append(tag("div", title, bar, *lines, class_="report-state"))
    if not parts:
        return Html("")
    return tag("section", tag("h2", words("open_reports"), id="reports"), joined(parts), aria_labelledby="reports")
