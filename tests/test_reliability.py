"""docs/reliability.md names, for each promise, tests that there are."""

import ast
import re

import pytest

from tests.environment import ROOT

TABLE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| fault")]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_each_promise_names_tests_that_there_are(row: str) -> None:
    cells = row.strip("|").split("|")
    assert len(cells) == 4
    assert cells[0].strip()
    assert cells[1].strip()
    named = NAMED.findall(cells[2])
    assert named
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        tests = {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in tests if name else any(each.startswith("test_") for each in tests), f"{path}::{name}"


def test_what_is_tried_for_long_is_marked() -> None:
    """The rows with a star are those whose tests `make endure` tries more often."""
    marked = {name for row in ROWS if row.startswith("| * ") for name in NAMED.findall(row)}
    assert marked
    for path, _ in marked:
        assert "endure" in (ROOT / path).read_text(encoding="utf-8") or "test_troubles" in path, path
