"""The glossary says where each word lives, a name means one thing, and nothing is kept by accident."""

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.environment import ROOT

ROOMS = ("reporting", "understanding", "messages", "storage", "services", "handlers", "reminders", "bot")
AT_THE_TOP = {
    ".dockerignore", ".env.example", ".gitignore", "CONTRIBUTING.md", "GLOSSARY.md", "LICENSE", "Makefile", "README.md",
    "postgres.lock", "pyproject.toml", "requirements.lock",
}  # fmt: skip
BINARY = {".gz", ".png", ".ttf", ".xls", ".xlsx"}
ROW = re.compile(r"^\| \*\*(?P<word>[^*]+)\*\* \|.*\| `(?P<file>[^`]+)` \|$")


def test_each_word_of_the_glossary_names_where_it_lives() -> None:
    lines = [line for line in (ROOT / "GLOSSARY.md").read_text().splitlines() if line.startswith("| **")]
    found = [ROW.match(line) for line in lines]
    assert [line for line, row in zip(lines, found, strict=True) if row is None] == []
    gone = [row["word"] for row in found if row is not None and not (ROOT / row["file"]).exists()]
    assert gone == []


def test_the_words_of_the_glossary_stand_in_the_order_of_the_alphabet_each_once() -> None:
    words = re.findall(r"^\| \*\*([^*]+)\*\*", (ROOT / "GLOSSARY.md").read_text(), flags=re.MULTILINE)
    assert words == sorted(set(words), key=str.casefold)


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours but the migrations, with its dotted name."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.parent.name != "versions":
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts), ast.parse(path.read_text())


def test_no_two_public_classes_have_one_name() -> None:
    places = defaultdict(list)
    for name, module in modules():
        for node in module.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_of_functions_of_one_name_all_but_one_are_called_by_their_module() -> None:
    """`drafts.begin`, `follows.begin`: there the module is part of the name, and the reason why it may stand twice."""
    places, bare = defaultdict(set), defaultdict(set)
    for name, module in modules():
        for node in module.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                places[node.name].add(name)
        for imported in ast.walk(module):
            if isinstance(imported, ast.ImportFrom) and imported.module is not None:
                for each in imported.names:
                    bare[each.name].add(imported.module)
    doubled = {name: sorted(found & bare[name]) for name, found in places.items() if len(found) > 1}
    assert {name: found for name, found in doubled.items() if len(found) > 1} == {}


def kept_files() -> list[str]:
    """What git keeps, by paths from the top."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.strip("\0").split("\0")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone: git does not know what is kept")
def test_nothing_is_kept_by_accident() -> None:
    """At the top lies what belongs there, and what is no text is a picture, a font, a workbook or a packed database."""
    kept = kept_files()
    assert {each for each in kept if "/" not in each} == AT_THE_TOP
    odd = [each for each in kept if (ROOT / each).suffix not in BINARY and b"\0" in (ROOT / each).read_bytes()[:8192]]
    assert odd == []
