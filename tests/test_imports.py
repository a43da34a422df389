"""A command brings in only what it needs: aiogram alone costs seconds, and none but `run` and `demo` hears or speaks."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.commands import COMMANDS, FIGURES, ROOT, UNITS

COSTLY = ("aiogram", "telegram", "bot.drawing.typeface", "docx", "apscheduler", "handlers", "simulator")
ENTRY = """
import json, sys
from bot.cli.main import main
costly, commands = json.loads(sys.argv[1]), json.loads(sys.argv[2])
told = {}
for command in commands:
    status = main(command)
    told[" ".join(command)] = [status, [name for name in costly if name in sys.modules]]
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps(told))
"""


def ran(folder: Path, commands: Sequence[tuple[str, ...]], costly: Sequence[str]) -> tuple[dict[str, Any], str]:
    """By command its status and what of the costly modules had been imported by then; and all that was said on stderr."""
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    settings = {"DATABASE_URL": f"sqlite:///{folder}/giaoban.db", "BOT_TOKEN": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ENTRY, json.dumps(costly), json.dumps(commands)],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    told: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
    return told, done.stderr


def test_only_the_running_bot_brings_in_the_telegram_libraries_and_pictures(tmp_path: Path) -> None:
    told, said = ran(tmp_path, [command for command in COMMANDS if command != ("run",)], COSTLY)
    refused = [command for command, (status, _) in told.items() if status and not command.startswith("invite")]
    assert refused == [], said
    assert {command: brought for command, (_, brought) in told.items() if brought} == {}


def test_the_running_bot_brings_in_the_library_of_pictures_with_the_first_one(tmp_path: Path) -> None:
    told, said = ran(tmp_path, [("run",)], ("aiogram", "PIL"))
    assert told == {"run": [1, ["aiogram"]]}, said
