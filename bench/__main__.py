"""`python -m bench [NAME ...]`: runs the benches one after the other, the quick way; `--full` takes the long one."""

import argparse
import ast
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
QUICK = {
    "answers": ["--answers", "600", "--seconds", "8"],
    "broadcast": ["--communes", "300", "--rates", "30"],
    "digests": ["--units", "34", "559"],
    "planning": ["--sizes", "34", "559"],
    "residents": ["--units", "1020", "--days", "60", "--residents", "30", "--questions", "8"],
}
FULL = {"commands": ["--rounds", "5"], "answers": ["--rounds", "3"], "residents": ["--postgresql-days", "30"]}


def benches() -> dict[str, str]:
    """The benches that there are, by name, with the sentence that says what each measures."""
    found = {}
    for path in sorted(FOLDER.glob("[!_]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(part, ast.FunctionDef) and part.name == "main" for part in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or path.stem).splitlines()[0]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Each bench runs in a process of its own; 1 if one of them failed."""
    known = benches()
    listed = "\n".join(f"  {name:16}{what}" for name, what in known.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"{__doc__}\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", choices=[[], *known], metavar="NAME", help="all of them if none is named")
    parser.add_argument("--full", action="store_true", help="the long way: more answers, units and rounds")
    chosen = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {_load()}")
    failed = []
    for name in chosen.names or known:
        print(f"\n## {name}: {known[name]}\n", flush=True)
        options = (FULL if chosen.full else QUICK).get(name, [])
        done = subprocess.run([sys.executable, "-m", f"bench.{name}", *options], cwd=FOLDER.parent, check=False)
        if done.returncode:
            failed.append(name)
        print(f"\nload {_load()}", flush=True)
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return int(bool(failed))


def _load() -> str:
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


if __name__ == "__main__":
    raise SystemExit(main())
