"""The board of units by days as text: a line for each unit, a sign for each day, in letters of one width."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from unicodedata import normalize

from messages.reminders.reminder_words import noted
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
    days = content["days"][-DAYS:]
    head = " " * NAME + " " + " ".join(f"{date.fromisoformat(day).day:02d}" for day in days)
    rows = [_line(row, len(days)) for row in content["board"][:MOST]]
    lines = [words("lead_board_title", unit=content["unit"], first=_day(days[0]), last=_day(days[-1]))]
    lines.append(Html(f"<pre>{words.format(head)}\n" + "\n".join(words.format(row) for row in rows) + "</pre>"))
    if len(content["board"]) > MOST:
        lines.append(words("round_more", n=len(content["board"]) - MOST))
    lines.append(words("lead_board_legend"))
    reasons = [
        noted(row["unit"], words, row["remark"]) for row in content["rows"] if row["remark"] and _is_wanting(row)
    ]
    if reasons:
        more = [words("round_more", n=len(reasons) - MOST)] if len(reasons) > MOST else []
        lines.append(words("lead_board_reasons", date=_day(days[-1]), names=Html(", ".join([*reasons[:MOST], *more]))))
    return Html("\n".join(lines))


def _is_wanting(row: Mapping[str, Any]) -> bool:
    """Whether a unit's report is late or missing; of a span, any."""
    received, expected = row["reports"]
    return bool(row["late"] or received < expected)


def _line(row: Mapping[str, Any], count: int) -> str:
    came, archive = row.get("came", row["units"]), row.get("archive", [0] * len(row["units"]))
    days = list(zip(owed_of(row), row["units"], came, row["late"], archive, strict=True))
    signs = [_sign(*each) for each in days[-count:]]
    name = normalize("NFC", str(row["unit"]))
    name = name if len(name) <= NAME else name[: NAME - 1] + "…"
    return f"{name:<{NAME}} " + " ".join(f"{sign:>2}" for sign in signs)


def owed_of(row: Mapping[str, Any]) -> Sequence[int]:
    """How many were expected on each of the days; digests were frozen that knew only how many units there are."""
    owed: Sequence[int] = row.get("owed") or [row["of"]] * len(row["units"])
    return owed


def _sign(owed: int, known: int, came: int, late: int, archive: int) -> str:
    if not owed:
        return FREE
    if came < owed:
        return SOME if known or came else NONE
    return LATE if late else ARCHIVE if archive else ALL


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
