"""An export format is added: tab-separated lines, for whoever pastes them into a letter."""

from pathlib import Path

import pytest

from bot.cli.main import main
from tests.conversations.house import prepare
from tests.one_place.additions import Addition, Put
from tests.sqlite import fresh_sqlite

WRITER = '''def write_tsv(rows: "Iterable[ExportedFigure]", file: IO[bytes]) -> None:
    """A line a figure, its fields between tabs."""
    lines = (f"{each.on:%d/%m/%Y}\\t{each.unit}\\t{each.indicator}\\t{_plain(each.value)}\\n" for each in rows)
    file.writelines(line.encode() for line in lines)


'''
ADDITION = Addition(
    "an export format",
    (
        Put("bot/cli/exporting.py", WRITER, "def _number("),
        Put("bot/cli/exporting.py", '    "tsv": ExportFormat(write_tsv),\n', '    "xlsx": ExportFormat('),
    ),
)


def test_figures_leave_in_the_new_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    history = tmp_path / "history.csv"
    history.write_text("date,unit,indicator,value\n2021-10-05,15742,f0_new,3\n", encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["figures", "import", str(history)]) == 0
    assert main(["figures", "export", "--format", "tsv"]) == 0
    assert "05/10/2021\t15742\tf0_new\t3\n" in capsys.readouterr().out
