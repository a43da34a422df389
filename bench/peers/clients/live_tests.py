"""python-telegram-bot's own tests of the live Bot API (LGPL: fetched, run and never kept), with the simulator as Telegram."""

import asyncio
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.peers.clients.stand_ins import jpeg, make
from simulator import Simulator

HERE = Path(__file__).parent
RELEASE = "python-telegram-bot==22.8"
BOT, OTHER = "1001:PEERS", "1002:PEERS"
LIVE = re.compile(r"^class \w+WithRequest\b", re.MULTILINE)
OPTIONS = ("-q", "--tb=native", "-p", "ptb_plugin", "-p", "no:cacheprovider", "-o", "addopts=", "-m", "req")
Outcomes = dict[str, tuple[str, str]]
"""A test's id to what came of it (passed, skipped, refused as not simulated, elsewhere, wrong) and its words."""


def fetch(folder: Path) -> Path:
    """Their source distribution, unpacked in a temporary folder, with stand-ins for the files that it leaves out."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--no-binary", ":all:", "-d", str(folder), RELEASE], check=True)
    (packed,) = folder.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    theirs = next(path for path in folder.iterdir() if path.is_dir())
    make(theirs / "tests" / "data")
    return theirs


def furnish(sim: Simulator) -> dict[str, str | int]:
    """The bots, people and chats that their tests expect to be there; what their `bot_info` holds."""
    bot, other = sim.bot(BOT, "peers_bot", "Peers"), sim.bot(OTHER, "other_peers_bot", "Other peers")
    bot.last_message_id = 1_000
    person = sim.person("PTB", username="peer", language_code="en")
    person.user.last_name = "Test user"
    picture = jpeg(640, 640, 5_403)
    photos = [sim.cloud.files.add(picture, "a.jpg", "photos", size=(640, 640)).file_id for _ in range(2)]
    person.user.photos = photos[:1]
    sim.cloud.private(bot, person.user).started = True
    others = [sim.person(f"Peer {number}") for number in range(3)]
    group = sim.group(">>> telegram.Bot(test) @peers_bot", [person], bots=())
    group.photos = photos
    forum = sim.group("Forum", [person], forum=True, bots=())
    channel = sim.channel("Channel", [person, *others], bots=(other,), username="peers_channel")
    paid = sim.channel("Paid channel", [person], bots=())
    for chat in (group, forum, channel, paid):
        sim.admit(chat, bot, "administrator")
    return {
        "token": BOT,
        "name": "Peers",
        "username": "@peers_bot",
        "payment_provider_token": "1:TEST:peers",
        "chat_id": str(person.id),
        "super_group_id": str(group.id),
        "forum_group_id": str(forum.id),
        "channel_id": "@peers_channel",
        "subscription_channel_id": paid.id,
    }


async def outcomes(python: Path, theirs: Path) -> Outcomes:
    """Run the live tests with this interpreter, in their unpacked folder. RuntimeError when they do not run."""
    async with Simulator(seed=1) as sim:
        results = theirs.parent / "results.json"
        given = json.dumps({"url": sim.url, "results": str(results), "bot": furnish(sim)})
        running = await asyncio.create_subprocess_exec(
            str(python), "-m", "pytest", *OPTIONS, *_files(theirs), cwd=theirs,
            env=os.environ | {"PEER": given, "PYTHONPATH": str(HERE)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await running.communicate()
    return _read(results, said.decode())


def _files(theirs: Path) -> list[str]:
    files = sorted(theirs.glob("tests/**/test_*.py"))
    return [str(path) for path in files if LIVE.search(path.read_text(encoding="utf-8"))]


def _read(results: Path, said: str) -> Outcomes:
    if not results.exists():
        raise RuntimeError(said[-2_000:])
    found = json.loads(results.read_text("utf-8"))
    excused = [line.split("\t") for line in (HERE / "beyond.txt").read_text("utf-8").splitlines() if "\t" in line]
    names = [name for name, _ in excused]
    return {
        test: ("elsewhere" if outcome == "wrong" and any(name in test for name in names) else outcome, words)
        for test, (outcome, words) in found.items()
    }


def run(python: Path) -> Outcomes:
    """Fetch the tests, run them, and leave nothing of them."""
    with TemporaryDirectory(prefix="peers-") as folder:
        return asyncio.run(outcomes(python, fetch(Path(folder))))
