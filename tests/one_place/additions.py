"""The house in a temporary place, to which something is added, and the tests that run there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tests.environment import ROOT

LEFT_OUT = shutil.ignore_patterns(".[!e]*", "build", "releases", "pictures")
"""Nothing that starts with a dot but `.env.example`; and what is large."""


@dataclass(frozen=True, slots=True)
class Put:
    """Text that is put into a file: `before` the one place where that stands, or else at the end; a file that is not there is new."""

    path: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that is added. `row`: as CONTRIBUTING names it under «to add»."""

    row: str
    puts: tuple[Put, ...]

    @property
    def touched(self) -> set[str]:
        return {each.path for each in self.puts}


def touches(row: str) -> list[str]:
    """The files, and folders where a file is added, that CONTRIBUTING names for it."""
    lines = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    (line,) = [each for each in lines if each.startswith(f"| {row} |")]
    return re.findall(r"`([a-z_]+/[a-z_/.]*)`", line)


class HouseCopy:
    """A copy of the house without what is large."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)

    def put(self, each: Put) -> None:
        path = self.folder / each.path
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        assert there.count(each.before) == 1 or not each.before, f"{each.path}: {each.before}"
        written = there.replace(each.before, each.text + each.before) if each.before else there + each.text
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")

    def run(self, tests: Collection[str]) -> tuple[int, str]:
        """Runs these test files there; the exit status and what was printed."""
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
