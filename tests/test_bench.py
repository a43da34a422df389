"""The bench's table: a figure is the ratio of what was measured in turns, and the document keeps all but the table."""

from pathlib import Path

import pytest

from bench import __main__ as bench
from bench.figure import Figure


def test_a_figure_is_the_median_of_the_rounds_ratios_and_tells_how_far_they_lie_apart() -> None:
    figure = Figure("answers ÷ echo", ">= 1.0", "a second", [90.0, 110.0, 400.0], [100.0, 100.0, 200.0])
    assert figure.is_reached
    expected = (
        "| answers ÷ echo | >= 1.0 | 1.10 (0.90–2.00) | 110 (90.0–400) a second | 100 (100–200) a second | reached |"
    )
    assert figure.line() == expected


@pytest.mark.parametrize(("aim", "reached"), [(">= 98", False), ("<= 98", True), ("", None)])
def test_without_a_peer_the_aim_is_of_ours(aim: str, reached: bool | None) -> None:
    assert Figure("delivery", aim, "%", [97.5]).is_reached is reached


def test_the_document_keeps_all_but_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = bench.DOCUMENT.read_text(encoding="utf-8")
    copy = tmp_path / "benchmarks.md"
    copy.write_text(there, encoding="utf-8")
    monkeypatch.setattr(bench, "DOCUMENT", copy)
    for table in ("| one |", "| two |"):
        bench.write(table)
    before, _, rest = there.partition("<!-- written by make bench -->\n")
    after = rest.partition("<!-- up to here -->")[2]
    assert copy.read_text(encoding="utf-8") == (
        f"{before}<!-- written by make bench -->\n\n| two |\n\n<!-- up to here -->{after}"
    )
