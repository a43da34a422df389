"""docs/reliability.md names, for each promise, tests that there are."""

import ast
import re

import pytest

from tests.environment import ROOT

TABLE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PROMISES, _, SEEN = TABLE.partition("\n## What the long runs saw\n")
ROWS = [line for line in PROMISES.splitlines() if line.startswith("| ") and not line.startswith("| fault")]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def promised(row: str) -> list[tuple[str, ast.Module, str]]:
    """The tests that a row names: of each its file, what stands in that, and its name; «»: all of the file."""
    cells = row.strip("|").split("|")
    return [
        (path, ast.parse((ROOT / path).read_text(encoding="utf-8")), name) for path, name in NAMED.findall(cells[2])
    ]


def is_for_long(test: ast.stmt) -> bool:
    """Whether a test, or the `pytestmark` of a whole file, has the mark of what `make endure` runs."""
    match test:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return any("pytest.mark.endure" in ast.unparse(each) for each in test.decorator_list)
        case ast.Assign(targets=[ast.Name(id="pytestmark")]):
            return "pytest.mark.endure" in ast.unparse(test.value)
    return False


def test_what_was_seen_stands_under_all_promises() -> None:
    assert "\n| fault |" not in SEEN
    assert "\n| run | seed | seen |" in SEEN


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_each_promise_names_tests_that_there_are(row: str) -> None:
    cells = row.strip("|").split("|")
    assert len(cells) == 4
    assert cells[0].strip()
    assert cells[1].strip()
    named = promised(row)
    assert named
    for path, module, name in named:
        tests = {each.name for each in module.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in tests if name else any(each.startswith("test_") for each in tests), f"{path}::{name}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_a_star_has_what_is_tried_for_long_and_nothing_else(row: str) -> None:
    """The rows with a star are those of which `make endure` runs a test."""
    run = [
        name or path
        for path, module, name in promised(row)
        for each in module.body
        if is_for_long(each) and (not name or getattr(each, "name", name) == name)
    ]
    assert bool(run) == row.startswith("| * "), run
