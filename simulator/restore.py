"""Brings the kept state back into a fresh cloud."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.bots import Query, SimulatedBot
from simulator.chats import Chat, Message, User
from simulator.cloud import Cloud
from simulator.files import File
from simulator.updates import LIVES, Pending

Json = dict[str, Any]


def restore(cloud: Cloud) -> bool:
    """Read the journal into the cloud; whether there was anything."""
    journal = cloud.journal
    meta = dict(journal.read("meta"))
    if not meta:
        return False
    for _, kept in sorted(journal.read("person"), key=_place):
        cloud.people[kept["id"]] = User(**kept)
    for token, kept in journal.read("bot"):
        cloud.bots[token] = SimulatedBot.from_state(kept, cloud.clock, cloud.chance)
    for key, kept in sorted(journal.read("chat"), key=_place):
        chat = cloud.chats[key] = Chat.from_state(kept)
        chat.person = cloud.people.get(chat.person_id)
    _messages(cloud)
    _files(cloud)
    _updates(cloud)
    world = meta["cloud"]
    cloud.files.count = world["files"]
    if not world["real"]:
        cloud.clock.restore(datetime.fromisoformat(world["now"]), world["speed"])
    return True


def _place(row: tuple[str, Json]) -> int:
    """Where somebody or a chat stood among the others; states were kept that did not know it."""
    return int(row[1].get("place", 0))


def _messages(cloud: Cloud) -> None:
    rows = []
    for key, kept in cloud.journal.read("message"):
        chat_key, _, last = key.rpartition("/")
        rows.append((int(last), chat_key, kept))
    for number, chat_key, kept in sorted(rows, key=lambda row: row[0]):
        message = Message(number, kept["b"], kept["r"], kept["bot"], kept["i"])
        cloud.chats[chat_key].messages[number] = message
        if message.inline_id:
            cloud.inline_messages[message.inline_id] = (chat_key, number)


def _files(cloud: Cloud) -> None:
    kept_files = [File(content=b"", **kept) for _, kept in cloud.journal.read("file")]
    for file in sorted(kept_files, key=lambda f: int(f.path.rpartition("_")[2].partition(".")[0])):
        file.content = cloud.journal.content(file.file_id) or b""
        cloud.files.keep(file)


def _updates(cloud: Cloud) -> None:
    rows = [(int(key.partition("/")[2]), kept) for key, kept in cloud.journal.read("update")]
    for update_id, kept in sorted(rows, key=lambda row: row[0]):
        bot = cloud.bots.get(kept["bot"])
        if bot is not None:
            update = Pending(update_id, kept["kind"], kept["body"], kept["until"], kept["lane"])
            bot.queue.pending[update_id] = update
            if update.kind in LIVES:
                bot.remember(_query(bot, update))


def _query(bot: SimulatedBot, update: Pending) -> Query:
    """The query of an update that the bot has not fetched yet, so that it can still be answered."""
    query = Query(update.body["id"], update.body["from"]["id"], update.until - LIVES[update.kind])
    if message := update.body.get("message"):
        query.chat_key = f"{bot.id}:{update.lane}" if update.lane > 0 else str(update.lane)
        query.message_id = message["message_id"]
    return query


def keep_world(cloud: Cloud) -> None:
    """Keep what belongs to the cloud as a whole: the clock, the counters."""

    def world() -> Json:
        return {
            "seed": cloud.seed,
            "starts": cloud.starts,
            "files": cloud.files.count,
            "now": cloud.clock.now().isoformat(),
            "speed": cloud.clock.speed,
            "real": cloud.clock.is_real,
        }

    cloud.journal.write("meta", "cloud", world)
    cloud.journal.flush()


def take_up_seed(cloud: Cloud) -> None:
    """Go on with the seed of the kept state, if there is one."""
    meta = dict(cloud.journal.read("meta"))
    if meta:
        cloud.reseed(int(meta["cloud"]["seed"]), int(meta["cloud"]["starts"]) + 1)
