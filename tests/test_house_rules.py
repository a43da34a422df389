"""House rules: every sentence stands in every language with the same values; every command has its help; every job is listed."""

import ast
import re
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import get_type_hints

import pytest
from babel.messages.pofile import read_po

from messages.reminders.receiver_words import entries as of_receiver
from reminders.context import Job, Tick
from reminders.jobs import JOBS, READ_AHEAD
from reporting.commands import COMMANDS
from reporting.people import ROLES
from reporting.receivers import Receiver
from reporting.say import Say
from reporting.translator import LANGUAGES, LOCALE, ON_SHEET, translator
from tests.environment import ROOT

ROOMS = ("reporting", "understanding", "messages", "storage", "services", "handlers", "reminders", "bot")
FILES = sorted(path.name for path in (LOCALE / "vi").glob("*.po"))


def entries(language: str, file: str) -> dict[str, tuple[str, ...]]:
    """Key to its sentences (several where there is a plural)."""
    with (LOCALE / language / file).open("rb") as opened:
        found = read_po(opened, locale=language)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string or ())
        for message in found
        if message.id
    }


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("file", FILES)
def test_every_sentence_stands_in_every_language_with_the_same_values(file: str) -> None:
    ours, theirs = entries("vi", file), entries("en", file)
    assert set(ours) == set(theirs)
    for key, sentences in ours.items():
        assert all(sentences), key
        assert all(theirs[key]), key
        named = [fields(sentence) for sentence in (*sentences, *theirs[key])]
        assert all(each - {"n"} == named[0] - {"n"} for each in named), key


def test_no_key_stands_in_two_catalogues() -> None:
    seen: dict[str, str] = {}
    for file in FILES:
        for key in entries("vi", file):
            assert key not in seen, f"{key} stands in {seen.get(key)} and {file}"
            seen[key] = file


def literals() -> set[str]:
    """Every string in the code of the rooms."""
    found: set[str] = set()
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found | template_keys()


def template_keys() -> set[str]:
    """Every sentence that a template of a page says."""
    templates = (path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("templates/*.html"))
    return {key for text in templates for key in re.findall(r"\bsay\(\"(\w+)\"", text)}


def test_what_a_template_says_is_in_the_catalogue_and_nothing_else_is_in_it() -> None:
    known = {key for file in FILES for key in entries("vi", file)}
    assert template_keys()
    assert template_keys() - known == set()
    for path in (ROOT / "bot").rglob("templates/*.html"):
        bare = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"[^\W\d_]{2,}", bare) == [], path.name


def patterns() -> list[re.Pattern[str]]:
    """Keys that the code puts together: f"type_{…}_answer" as a pattern."""
    found: set[str] = set()
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(each.value)) if isinstance(each, ast.Constant) else r"\w+" for each in node.values
                ]
                pattern = "".join(parts)
                if re.fullmatch(r"[a-z_\\w+]+", pattern) and len(pattern.replace(r"\w+", "")) > 3:
                    found.add(pattern)
    return [re.compile(each) for each in sorted(found)]


def test_every_sentence_is_said_somewhere() -> None:
    said, made = literals(), patterns()
    idle = [
        key
        for file in FILES
        for key in (each.removesuffix(ON_SHEET) for each in entries("vi", file))
        if not key.endswith("_example") and key not in said and not any(pattern.fullmatch(key) for pattern in made)
    ]
    assert idle == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receiver_of_reminders_has_its_words(language: str) -> None:
    there = {key for file in FILES for key in entries(language, file)}
    assert [key for to in Receiver for key in of_receiver(to) if key not in there] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_role_has_its_words(language: str) -> None:
    words = translator(language)
    for command in COMMANDS:
        assert words.plain(command.key)
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command.names[language])
    for role in ROLES:
        assert words.plain(f"role_{role}")


def test_no_two_commands_have_the_same_name() -> None:
    names = [name for command in COMMANDS for name in set(command.names.values())]
    assert len(names) == len(set(names))


def test_no_sentence_for_people_stands_in_code() -> None:
    """Vietnamese letters stand in docstrings, comments and typed words that are read, not in what is said."""
    letters = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    for room in ("handlers", "reminders", "services", "storage"):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docs = {id(each) for node in ast.walk(tree) for each in _docstring(node)}
            said = [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docs
                and letters.search(node.value)
            ]
            assert said == [], f"{Path(path).relative_to(ROOT)}: {said}"


def _docstring(node: ast.AST) -> list[ast.expr]:
    """The node of a docstring, if there is one."""
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return [first.value] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else []


def _jobs_of(module: ModuleType) -> list[object]:
    """The module's public functions that say what is due, by their names or by what they are given and return."""
    own = [each for each in vars(module).values() if isfunction(each) and each.__module__ == module.__name__]
    public = [each for each in own if not each.__name__.startswith("_")]
    shapes = ([Tick, list[Say]], [Tick, Job])
    return [each for each in public if each.__name__.startswith("due_") or [*get_type_hints(each).values()] in shapes]


@pytest.mark.parametrize("path", sorted((ROOT / "reminders").glob("*.py")), ids=lambda path: path.stem)
def test_every_job_of_the_tick_stands_in_the_list_of_jobs_and_in_a_file_of_its_own(path: Path) -> None:
    found = _jobs_of(import_module(f"reminders.{path.stem}"))
    assert [each for each in found if each not in (*READ_AHEAD, *JOBS)] == []
    assert len(found) <= 1


def test_every_job_of_the_tick_is_known_by_what_it_is_given_and_returns_and_is_done_once() -> None:
    listed = [*READ_AHEAD, *JOBS]
    assert len(listed) == len(set(listed))
    for job in listed:
        assert _jobs_of(import_module(job.__module__)) == [job]
