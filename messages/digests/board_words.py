"""The board of units by days as text: a line for each unit, a sign for each day, in letters of one width."""

from unicodedata import normalize

from messages.reminders.reminder_words import noted
from reporting.digests.content import BoardCell, BoardRow, DigestUnit
from reporting.digests.digest_record import Digest
from reporting.translator import Html, Translator

DAYS = 7
NAME = 15
MOST = 60
ALL, LATE, ARCHIVE, SOME, NONE, FREE = "✓", "•", "□", "◦", "–", "~"


def board_text(digest: Digest, words: Translator) -> Html:
    """The newest days of a digest's board; «✓» has reported, «•» late, «□» in the archive, «–» not, «◦» in part, «~» none owed.

    Under it stands why units are late on the last day, where they have said so.
    """
    content = digest.content
    days = content.days[-DAYS:]
    head = " " * NAME + " " + " ".join(f"{day.day:02d}" for day in days)
    rows = [_line(row, len(days)) for row in content.board[:MOST]]
    lines = [words("lead_board_title", unit=content.unit, first=days[0], last=days[-1])]
    lines.append(Html(f"<pre>{words.format(head)}\n" + "\n".join(words.format(row) for row in rows) + "</pre>"))
    if len(content.board) > MOST:
        lines.append(words("round_more", n=len(content.board) - MOST))
    lines.append(words("lead_board_legend"))
    reasons = [noted(row.unit, words, row.remark) for row in content.rows if row.remark and _is_wanting(row)]
    if reasons:
        more = [words("round_more", n=len(reasons) - MOST)] if len(reasons) > MOST else []
        lines.append(words("lead_board_reasons", date=days[-1], names=Html(", ".join([*reasons[:MOST], *more]))))
    return Html("\n".join(lines))


def _is_wanting(row: DigestUnit) -> bool:
    """Whether a unit's report is late or missing; of a span, any."""
    return bool(row.late or row.reports.received < row.reports.expected)


def _line(row: BoardRow, count: int) -> str:
    name = normalize("NFC", row.unit)
    name = name if len(name) <= NAME else name[: NAME - 1] + "…"
    return f"{name:<{NAME}} " + " ".join(f"{_sign(cell):>2}" for cell in row.cells[-count:])


def _sign(cell: BoardCell) -> str:
    if not cell.owed:
        return FREE
    if cell.came < cell.owed:
        return SOME if cell.units or cell.came else NONE
    return LATE if cell.late else ARCHIVE if cell.archive else ALL
