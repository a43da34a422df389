"""What each command costs as a whole process: processor time, peak memory, and which costly libraries it has brought in."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
COSTLY = ("aiogram", "telegram", "PIL", "openpyxl", "docx", "pyxform", "alembic", "rapidfuzz", "babel")
UNITS = "code,name,kind,parent,aliases,since,until\n397,Triệu Sơn,huyện,,,,\n15742,Thọ Dân,xã,397,,,\n"
FORM = str(ROOT / "forms" / "covid_daily.md")
FIRST_DAY = "2021-11-01"
FIGURES = "date,unit,indicator,value\n2021-11-09,15742,f0_new,3\n"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("migrate",),
    ("units", "import", "units.csv"),
    ("units", "list"),
    ("form", "check", FORM),
    ("form", "publish", FORM, "--from", FIRST_DAY),
    ("invite", "reporter", "15742"),
    ("figures", "import", "figures.csv"),
    ("figures", "export", "--from", FIRST_DAY, "--to", "2021-11-30"),
    ("figures", "export", "--from", FIRST_DAY, "--to", "2021-11-30", "--format", "xlsx", "-o", "figures.xlsx"),
    ("standing", "--date", "2021-11-10"),
    ("run",),
)
"""In an order in which each finds what it needs. `run` has no token: it refuses when all of it is imported."""
ENTRY = """
import json, sys
from bot.cli.main import main
status = main(sys.argv[2:])
brought = [name for name in json.loads(sys.argv[1]) if name in sys.modules]
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps([status, brought]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process: seconds of the processor, peak memory in MB, and what it imported of the costly libraries."""

    seconds: float
    memory: float
    status: int = 0
    brought: tuple[str, ...] = ()


def cost(program: Sequence[str], folder: Path) -> Cost:
    """Runs Python with these arguments in a folder; what it cost."""
    settings = {"DATABASE_URL": f"sqlite:///{folder}/giaoban.db", "BOT_TOKEN": "", "PYTHONPATH": str(ROOT)}
    error = folder / "error"
    with error.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, *program], cwd=folder, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=stderr
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    lines = error.read_text(encoding="utf-8").splitlines()
    if process.returncode:
        raise RuntimeError(f"{program}: {lines}")
    said, brought = json.loads(lines[-1]) if lines else (0, [])
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said, tuple(brought))


def costs(folder: Path) -> Iterator[tuple[str, Cost]]:
    """Every command, one after the other, on one new database."""
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    for command in COMMANDS:
        said = " ".join(word.removeprefix(f"{ROOT}/") for word in command)
        yield said, cost(["-c", ENTRY, json.dumps(COSTLY), *command], folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table. `--rounds`: each command so many times, the median counts."""
    parser = argparse.ArgumentParser(prog="python -m bench.commands", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    chosen = parser.parse_args(arguments)
    rounds: dict[str, list[Cost]] = {}
    nothing: list[Cost] = []
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
            nothing.append(cost(["-c", "pass"], Path(folder)))
            for command, found in costs(Path(folder)):
                rounds.setdefault(command, []).append(found)
    least, memory = median(each.seconds for each in nothing), median(each.memory for each in nothing)
    print("| command | CPU s | ÷ python -c pass | peak MB | ÷ | brings in |")
    print("|---|---:|---:|---:|---:|---|")
    print(f"| python -c pass | {least:.2f} | 1 | {memory:.0f} | 1 | |")
    for command, several in rounds.items():
        seconds, peak = median(each.seconds for each in several), median(each.memory for each in several)
        print(
            f"| {command} | {seconds:.2f} | {seconds / least:.0f} | {peak:.0f} | {peak / memory:.1f}"
            f" | {', '.join(several[0].brought)} |"
        )


if __name__ == "__main__":
    main()
