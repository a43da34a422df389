"""The simulator as a distribution of its own: no circle of imports, a wheel that is whole, and a bot's first call to it."""

import ast
import asyncio
import subprocess
import sys
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from importlib.metadata import Distribution, distribution
from pathlib import Path
from zipfile import ZipFile

import aiohttp
import pytest
from packaging.requirements import Requirement

from simulator import DEFAULT_NAME, DEFAULT_TOKEN
from tests.environment import ROOT

HOME = ROOT / "simulator"
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in HOME.rglob("*.py")}
OF_THE_PROJECT = ("pyproject.toml", "README.md", "LICENSE")
SHIPPED = ("py", "json", "html", "js", "css", "svg")


def imports_of(path: Path) -> Iterator[str]:
    """Every module of the simulator that a file imports, for types alone and inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [name for alias in node.names if (name := f"{node.module}.{alias.name}") in MODULES]
            package = f"{node.module}.__init__"
            yield from inner or [name for name in (node.module, package) if name in MODULES]


def test_nothing_in_the_simulator_imports_in_a_circle() -> None:
    graph = {name: list(imports_of(path)) for name, path in MODULES.items()}
    assert "simulator.cloud" in graph["simulator.screen"]
    assert [*TopologicalSorter(graph).static_order()][-1] in ("simulator.__init__", "simulator.__main__")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The simulator's wheel, built from its folder alone, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=HOME, check=True, capture_output=True, timeout=60)
    (built,) = folder.glob("*.whl")
    return ZipFile(built)


def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel: ZipFile) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    ours = [path for path in HOME.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {path.relative_to(ROOT).as_posix() for path in ours if path.name not in OF_THE_PROJECT}
    assert held == wanted
    assert {path.suffix.lstrip(".") for path in map(Path, held)} >= set(SHIPPED)


def needed(lines: Iterable[str], found: set[str]) -> set[str]:
    """The names of all distributions that these requirements bring in here, extras left out."""
    for each in map(Requirement, lines):
        if each.name not in found and (each.marker is None or each.marker.evaluate({"extra": ""})):
            found.add(each.name)
            needed(distribution(each.name).requires or (), found)
    return found


@pytest.fixture
def elsewhere(wheel: ZipFile, tmp_path: Path) -> Path:
    """A folder with the wheel unpacked and links to what it declares that it needs, and no more."""
    wheel.extractall(tmp_path)
    declared = Distribution.at(next(tmp_path.glob("*.dist-info"))).requires or []
    assert [line for line in declared if ";" not in line] == ["aiohttp>=3.10"]
    for its in map(distribution, needed(declared, set())):
        for top in {file.parts[0] for file in its.files or ()} - {"..", "__pycache__"}:
            (tmp_path / top).unlink(missing_ok=True)  # a name may be spelled in two ways: typing_extensions
            (tmp_path / top).symlink_to(Path(str(its.locate_file(top))))
    return tmp_path


def python(elsewhere: Path, *words: str) -> list[str]:
    """A command of a Python that sees the standard library and that folder alone."""
    enter = f"import sys, runpy; sys.path.append({str(elsewhere)!r}); sys.argv = ['simulator', *sys.argv[1:]]; "
    return [sys.executable, "-I", "-S", "-c", f"{enter}runpy.run_module('simulator', run_name='__main__')", *words]


def test_the_installed_simulator_explains_itself(elsewhere: Path) -> None:
    command = python(elsewhere, "--help")
    done = subprocess.run(command, cwd=elsewhere, check=True, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert "--username" in done.stdout


async def test_the_installed_simulator_answers_a_bot_and_shows_its_page(elsewhere: Path) -> None:
    command = python(elsewhere, "--port", "0")
    running = await asyncio.create_subprocess_exec(*command, cwd=elsewhere, stdout=subprocess.PIPE)
    assert running.stdout is not None
    try:
        url = (await running.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{url}/bot{DEFAULT_TOKEN}/getMe") as answer:
                assert (await answer.json())["result"]["username"] == DEFAULT_NAME
            async with session.get(f"{url}/page/main.js") as script:
                assert script.status == 200
    finally:
        running.terminate()
    assert await running.wait() == 0
