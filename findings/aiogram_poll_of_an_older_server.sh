#!/bin/sh
# aiogram 3.31.0 (Bot API 10.3) refuses a whole update because of one poll in it that an older Bot API server describes.
#
# Who runs his own Bot API server updates it when he can. A server of Bot API 9 describes a poll without `allows_revoting` and
# `members_only`, its options without `persistent_id`: they came later, and the library requires them. Where such a poll is quoted in a reply («reply_to_message»),
# the text that replies to it is not decoded either: the update raises, and a bot that goes on loses what the person said.
# Seen: four validation errors, all under message.reply_to_message.poll. Source: https://core.telegram.org/bots/api#poll
# This project leaves out of a message what its library does not understand and hears the rest (bot/telegram/decode.py).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check aiogram==3.31.0
"$dir/venv/bin/python" - <<'PYTHON'
from aiogram import __version__
from aiogram.types import Update
from pydantic import ValidationError

chat = {"id": 7, "type": "private", "first_name": "A"}
poll = {
    "id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0}, {"text": "b", "voter_count": 0}],
    "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
}
quoted = {"message_id": 4, "date": 1700000000, "chat": chat, "poll": poll}
message = {"message_id": 5, "date": 1700000001, "chat": chat, "text": "12", "reply_to_message": quoted}
try:
    Update.model_validate({"update_id": 1, "message": message})
except ValidationError as error:
    found = sorted(".".join(map(str, each["loc"])) for each in error.errors())
else:
    raise SystemExit("changed: the update is decoded")
print("aiogram", __version__, found)
wanted = [f"message.reply_to_message.poll.{name}" for name in ("allows_revoting", "members_only")]
assert [each for each in found if "allows_revoting" in each or "members_only" in each] and len(found) >= 2, f"changed: {found}"
assert all(each.startswith("message.reply_to_message.poll.") for each in found), f"changed: {found}"
assert set(wanted) <= set(found), f"changed: {found}"
PYTHON
