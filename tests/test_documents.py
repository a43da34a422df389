"""What the documents name is there: files and tests, commands of `giaoban`, of make and of the chat, settings, names of the code."""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.cli.arguments.parser import parser
from bot.cli.examples import commands_of
from reporting.commands import COMMANDS
from tests.environment import ROOT

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / folder / "README.md" for folder in ("simulator", "findings", "bot/drawing/fonts")),
]
every = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
MADE = ("build", "data", "dist")
ROOMS = tuple(path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in MADE)
OF_OTHERS = {"SQLITE_TMPDIR"}
"""Settings of what the program is made of."""
AN_EXAMPLE = "tests/test_x.py"
SAMPLES = {"D": "2021-11-10", "DAY": "2021-11-10", "DATE": "2021-11-10", "FROM": "2021-11-10", "TO": "2021-11-10"}
SAMPLES |= {"N": "3", "ID": "1", "PERSON": "1", "ROLE": "reporter", "R": "page"}

FENCED = re.compile(r"```.*?\n(.*?)```", re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
FILE = re.compile(r"(?<![\w./:-])((?:[\w.-]+/)+[\w-][\w.-]*)(?:::(\w+))?")
COMMAND = re.compile(r"(?:^|[ /])giaoban +([a-z].*)")
SETTING = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
WHERE = re.compile(r"`([A-Z]\w*)(?:\.\w+)*`(?:,| in| \()? ?\(?`((?:[\w-]+/)+\w+\.py)`")
"""A name and the file in which it is said to stand: «(`STOP_SECONDS`, `bot/running/run.py`)»."""
NAME_OF_CODE = re.compile(r"_?[A-Za-z]+(?:_\w+|[a-z][A-Z]\w*)(?:\.\w+)*")


def as_code(document: Path) -> Iterator[str]:
    """What stands there as code: within a line, and the lines of blocks."""
    text = document.read_text(encoding="utf-8")
    for block in FENCED.findall(text):
        yield from block.splitlines()
    yield from SPAN.findall(FENCED.sub("", text))


@cache
def words_of_the_house() -> frozenset[str]:
    """All words of code and of settings."""
    files = [path for room in ROOMS for kind in ("py", "js", "html") for path in (ROOT / room).rglob(f"*.{kind}")]
    files += [ROOT / name for name in ("Makefile", ".env.example", "pyproject.toml")]
    return frozenset(word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))


def is_there(name: str) -> bool:
    return any((ROOT / each).exists() for each in (name, f"{name}.py")) or any(
        ROOT.glob(f"{name}*")  # «docs/portal_…»
    )


@every
def test_a_document_names_files_and_tests_that_there_are(document: Path) -> None:
    gone = []
    for name, test in (found for each in as_code(document) for found in FILE.findall(each)):
        if name == AN_EXAMPLE or name.partition("/")[0] not in ROOMS:
            continue
        if not is_there(name) or (test and f"def {test}(" not in (ROOT / name).read_text(encoding="utf-8")):
            gone.append(f"{name}::{test}" if test else name)
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert gone + [each for each in links if not (document.parent / each).exists()] == []


@cache
def made_in(file: str) -> frozenset[str]:
    """The classes of a file, and the names that it gives to something."""
    tree = list(ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))))
    named = {each.id for each in tree if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return frozenset(named | {each.name for each in tree if isinstance(each, ast.ClassDef)})


def test_a_document_names_what_stands_in_the_file_that_it_names_for_it() -> None:
    told = [found for document in DOCUMENTS for found in WHERE.findall(document.read_text(encoding="utf-8"))]
    assert told
    assert [(name, file) for name, file in told if name not in made_in(file)] == []


def typed(command: str) -> list[str]:
    """A command as somebody would type it: with all that may be left out, and a sample for each word in capitals."""
    command = re.split(r"\s{2,}| #| [|<>;] | && |…", command.replace(r"\|", "|"))[0]
    words = shlex.split(re.sub(r"[][]", "", command))
    return [SAMPLES.get(each, each.partition("|")[0]) for each in words]


@every
def test_a_document_names_commands_that_there_are(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for command in (found[1] for each in as_code(document) if (found := COMMAND.search(each))):
        try:
            parser().parse_args(typed(command))
        except SystemExit:
            said = capsys.readouterr().err.strip().rpartition("\n")[2]
            if "arguments are required" not in said:  # «`giaoban form export` gives the workbook»
                wrong.append((command, said))
    assert wrong == []


def test_every_command_is_told_of_in_a_document() -> None:
    text = "\n".join(line for document in DOCUMENTS for line in as_code(document))
    assert [each for each, _ in commands_of(parser()) if not re.search(rf"\b{each}\b", text)] == []


def test_every_command_of_the_chat_is_told_of_by_both_its_names() -> None:
    """In one row a command, but for what differs by what stands behind it."""
    rows = re.findall(r"^\| `/(\w+)` `/(\w+)`.*\| ([^|]+) \|$", _of_the_chat(), re.MULTILINE)
    told = {(vietnamese, english) for vietnamese, english, _ in rows}
    assert {(each.names["vi"], each.names["en"]) for each in COMMANDS} - told == set()
    known = {each.names["vi"]: each for each in COMMANDS}
    assert [vietnamese for vietnamese, *_ in rows if vietnamese not in known] == []
    assert [
        vietnamese for vietnamese, _, who in rows if (None in known[vietnamese].roles) != (who == "everybody")
    ] == []


def _of_the_chat() -> str:
    return "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("reporting.md", "leading.md"))


@every
def test_a_document_names_settings_and_targets_that_there_are(document: Path) -> None:
    code = list(as_code(document))
    settings = {name for each in code for name in SETTING.findall(each)} - OF_OTHERS
    assert settings - words_of_the_house() == set()
    makes = {name for each in code for name in re.findall(r"\bmake ([a-z-]+)", each)}
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert makes - set(targets) == set()


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "GLOSSARY.md"])
def test_a_document_names_what_the_code_calls_so(document: str) -> None:
    names = [each for each in as_code(ROOT / document) if NAME_OF_CODE.fullmatch(each)]
    assert names
    parts = {part for each in names for part in each.split(".")}
    assert parts - words_of_the_house() == set()
