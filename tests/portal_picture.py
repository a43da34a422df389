"""Makes the picture of docs/portal.md: `python -m tests.portal_picture FILE.png`; `make picture` calls this.

It is what `giaoban portal preview` prints of the demonstration's day by the mapping for the form that ships, its first lines. A
picture with a letter that the font has not is not written.
"""

import contextlib
import io
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.cli import demo
from bot.cli.main import main as giaoban
from bot.drawing.canvas import GREY, MARGIN, NAVY, PALE, ROOM, Canvas
from tests.environment import ROOT

MAPPING = ROOT / "docs" / "portal_covid.toml"
LINES = 20
"""So many lines of the table are shown: two communes with all their figures."""
LETTERS, HIGH, GAP = 20, 36, 24
"""Pixels of the letters, of a line, and between two columns at the least."""
LABELS = 3
"""The column that is cut where there is not room for all: the indicators' labels."""


def printed(folder: Path) -> list[str]:
    """The lines of `giaoban portal preview`."""
    url = f"sqlite:///{folder / 'preview.db'}"
    demo.furnish(url, ZoneInfo("Asia/Ho_Chi_Minh"))
    os.environ |= {"DATABASE_URL": url, "LANGUAGE": "vi", "TIMEZONE": "Asia/Ho_Chi_Minh"}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = giaoban(["portal", "preview", str(MAPPING), "--date", f"{demo.START:%Y-%m-%d}"])
    if status:
        raise RuntimeError("the preview was refused")
    return out.getvalue().splitlines()


def drawn(lines: list[str]) -> bytes:
    """The head line, the table's heads and its first lines, with a line that says how many there are."""
    title, heads, *rows = lines
    starts = [match.start() for match in re.finditer(r"\S+(?: \S+)*", heads)]

    def cells(line: str) -> list[str]:
        ends = [*starts[1:], len(line) + 1]
        return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]

    table = [cells(each) for each in (heads, *rows[:LINES])]
    canvas = Canvas((len(table) + 3) * HIGH + MARGIN)
    wide = [max(canvas.width_of(row[at], LETTERS, bold=row is table[0]) for row in table) for at in range(len(starts))]
    wide[LABELS] = min(wide[LABELS], ROOM - GAP * (len(wide) - 1) - sum(wide) + wide[LABELS])
    for row in table:
        row[LABELS] = canvas.cut(row[LABELS], LETTERS, wide[LABELS])
    gap = (ROOM - sum(wide)) / (len(wide) - 1)
    canvas.write(MARGIN, MARGIN, title.strip(), LETTERS, bold=True, colour=NAVY)
    for place, row in enumerate(table):
        middle, left = MARGIN + (place + 1.5) * HIGH, float(MARGIN)
        if place % 2 == 0:
            canvas.box(MARGIN - 10, middle - HIGH / 2, ROOM + 20, HIGH, PALE)
        for at, cell in enumerate(row):
            is_last = at == len(row) - 1
            edge = left + wide[at] if is_last else left
            canvas.write(
                edge, middle, cell, LETTERS, bold=place == 0, middle=True, align="right" if is_last else "left"
            )
            left += wide[at] + gap
    foot = MARGIN + (len(table) + 1.5) * HIGH
    canvas.write(MARGIN, foot, f"… và {len(rows) - LINES} dòng nữa", LETTERS, colour=GREY, middle=True)
    if canvas.lacking:
        raise RuntimeError(f"no glyph for {sorted(canvas.lacking)}")
    return canvas.png()


def main() -> int:
    with TemporaryDirectory() as folder:
        Path(sys.argv[1]).write_bytes(drawn(printed(Path(folder))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
