"""`python -m bench.peers.clients`: clients of others against the simulator; a part of `make peers`."""

import asyncio
import json
import shutil
import subprocess
import sys
import venv
from collections import Counter
from pathlib import Path

from bench.peers.clients import echoes, live_tests

HERE = Path(__file__).parent
BUILD = HERE.parents[2] / "build" / "peers" / "clients"
PYTHON = BUILD / "python" / "bin" / "python"
MUST_PASS = 180
LONGEST = 120.0


def main() -> int:
    if not shutil.which("node"):
        print("needs node (20)", file=sys.stderr)
        return 2
    _set_up()
    failed = [each for each in asyncio.run(_echo_bots()) if each]
    found = live_tests.run(PYTHON)
    counts = Counter(outcome for outcome, _ in found.values())
    (BUILD / "live_tests.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    for name, (outcome, words) in found.items():
        if outcome == "wrong":
            print(f"{name}: {words.strip().splitlines()[-1]}")
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    print(f"{len(found)} live tests of {live_tests.RELEASE}: {told}")
    print(f"{2 * len(echoes.BOTS) - len(failed)} of {2 * len(echoes.BOTS)} echo bots pass")
    return 1 if failed or counts["wrong"] or counts["passed"] < MUST_PASS else 0


async def _echo_bots() -> list[str]:
    troubles = []
    for name in echoes.BOTS:
        for webhook in (False, True):
            try:
                trouble = await asyncio.wait_for(echoes.passes(name, BUILD, PYTHON, webhook), LONGEST)
            except TimeoutError:
                trouble = f"not done in {LONGEST:.0f} s"
            print(f"{name}, {'by webhook' if webhook else 'polling'}: {trouble or 'passes'}")
            troubles.append(trouble)
    return troubles


def _set_up() -> None:
    """The libraries, in environments of their own under build/, and the echo bots beside them."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for path in (*HERE.glob("*.mjs"), *HERE.glob("package*.json"), HERE / "echo_telebot.py"):
        shutil.copy(path, BUILD)
    if not (BUILD / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=BUILD, check=True)
    if not PYTHON.exists():
        venv.create(BUILD / "python", with_pip=True)
        install = [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r"]
        subprocess.run([*install, str(HERE / "requirements.lock")], check=True)


if __name__ == "__main__":
    sys.exit(main())
