"""A command brings in only what it needs: aiogram alone costs seconds, and none but `run` and `demo` hears or speaks."""

import json
import os
import subprocess
import sys
from pathlib import Path

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


def test_only_the_running_bot_brings_in_the_telegram_libraries_and_pictures(tmp_path: Path) -> None:
    commands = [command for command in COMMANDS if command != ("run",)]
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/giaoban.db", "BOT_TOKEN": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ENTRY, json.dumps(COSTLY), json.dumps(commands)],
        cwd=tmp_path,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    told = json.loads(done.stderr.splitlines()[-1])
    refused = [command for command, (status, _) in told.items() if status and not command.startswith("invite")]
    assert refused == [], done.stderr
    assert {command: brought for command, (_, brought) in told.items() if brought} == {}


def test_the_running_bot_does_without_what_no_answer_needs() -> None:
    spared = ["alembic", "click", "docx", "lxml", "PIL", "openpyxl", "pyxform", "rich", "simulator", "xlrd"]
    asks = "import json, sys, bot.running.run; print(json.dumps([each for each in json.loads(sys.argv[1]) if each in sys.modules]))"
    command = [sys.executable, "-c", asks, json.dumps(spared)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    assert json.loads(done.stdout) == []


def test_help_is_there_at_once() -> None:
    spared = ["sqlalchemy", "pydantic", "babel", "aiogram", "telegram", "asyncio"]
    asks = (
        "import json, sys; from bot.cli.main import main; from bot.cli.arguments.parser import parser; parser().format_help();"
        " print(json.dumps([each for each in json.loads(sys.argv[1]) if each in sys.modules]))"
    )
    command = [sys.executable, "-c", asks, json.dumps(spared)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    assert json.loads(done.stdout) == []
