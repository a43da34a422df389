"""The board of units by days as text: a line for each unit, a sign for each day, in letters of one width."""

from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

from messages.reminders.reminder_words import noted
from reporting.digests.content import BoardCell, BoardRow, DigestUnit
from reporting.digests.digest_record import Digest
from reporting.translator import Html, Translator

DAYS, NAME = 7, 13
"""A phone of 360 pixels shows 34 letters of one width in a line: the name, and three for each day."""

MOST = 60
ALL, LATE, ARCHIVE, SOME, NONE, FREE = "✓", "•", "□", "◦", "–", "~"

LEGEND = {
    NONE: "board_sign_none",
    SOME: "board_sign_some",
    LATE: "board_sign_late",
    ALL: "board_sign_all",
    ARCHIVE: "board_sign_archive",
    FREE: "board_sign_free",
}
"""What each sign means; a board explains those that it has, the missing first."""


def board_text(digest: Digest, words: Translator) -> Html:
    """The newest days of a digest's board, over it what its signs mean: «✓» has reported, «•» late, «□» in the archive, «–» not,
    «◦» in part, «~» none owed.

    Under it stands why units are late on the last day, where they have said so, and what the digest says of targets.
    """
    content = digest.content
    days = content.days[-DAYS:]
    head = " " * NAME + " " + " ".join(f"{day.day:02d}" for day in days)
    shown = content.board[:MOST]
    signs, names = [[_sign(cell) for cell in row.cells[-len(days) :]] for row in shown], _names(content.board)
    rows = [f"{name:<{NAME}} " + " ".join(f"{sign:>2}" for sign in of) for name, of in zip(names, signs, strict=False)]
    lines = [words("lead_board_title", unit=content.unit, first=days[0], last=days[-1])]
    used = {sign for of in signs for sign in of}
    lines.append(Html(" · ".join(words(LEGEND[sign]) for sign in LEGEND if sign in used)))
    lines.append(Html(f"<pre>{words.format(head)}\n" + "\n".join(words.format(row) for row in rows) + "</pre>"))
    if len(content.board) > MOST:
        lines.append(words("round_more", n=len(content.board) - MOST))
    reasons = [noted(row.unit, words, row.remark) for row in content.rows if row.remark and _is_wanting(row)]
    if reasons:
        more = [words("round_more", n=len(reasons) - MOST)] if len(reasons) > MOST else []
        lines.append(words("lead_board_reasons", date=days[-1], names=Html(", ".join([*reasons[:MOST], *more]))))
    lines += [said for name, said in zip(content.sections, content.paragraphs, strict=False) if name == "targets"]
    return Html("\n".join(lines))


def _is_wanting(row: DigestUnit) -> bool:
    """Whether a unit's report is late or missing; of a span, any."""
    return bool(row.late or row.reports.received < row.reports.expected)


def _names(board: Sequence[BoardRow]) -> list[str]:
    """Each row's name as short as its place: without the kind where it is too long and no other row is called so.

    Digests were frozen that have no names beside the titles.
    """
    alike = Counter(row.name for row in board)
    found = []
    for row in board:
        title = normalize("NFC", row.unit)
        name = normalize("NFC", row.name or title)
        shown = name if len(title) > NAME and alike[row.name] == 1 else title
        found.append(shown if len(shown) <= NAME else shown[: NAME - 1] + "…")
    cut = Counter(found)
    same = [at for at, shown in enumerate(found) if cut[shown] > 1]
    for place, told in zip(same, _both_ends([board[at] for at in same]), strict=True):
        found[place] = told
    return found


def _both_ends(rows: Sequence[BoardRow]) -> list[str]:
    """How names begin and end, where what they begin with does not tell one from another: «Thọ Dâ…ệu Sơn».

    As much of the end as tells them all apart, and of two that nothing so short tells apart the whole.
    """
    titles = [normalize("NFC", row.unit).rstrip(")") for row in rows]
    names = [normalize("NFC", row.name or row.unit) for row in rows]
    found = titles
    for end in range(NAME // 2, NAME - 1):
        found = [
            title if len(title) <= NAME else f"{name[: NAME - 1 - end]}…{title[-end:]}"
            for name, title in zip(names, titles, strict=True)
        ]
        if len(set(found)) == len(found):
            return found
    times = Counter(found)
    return [title if times[short] > 1 else short for short, title in zip(found, titles, strict=True)]


def _sign(cell: BoardCell) -> str:
    if not cell.owed:
        return FREE
    if cell.came < cell.owed:
        return SOME if cell.units or cell.came else NONE
    return LATE if cell.late else ARCHIVE if cell.archive else ALL
