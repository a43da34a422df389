"""Methods about polls and dice."""

from __future__ import annotations

from typing import Any

from simulator import entities, markup
from simulator.chats import Message
from simulator.errors import Refusal
from simulator.methods.media import input_media
from simulator.methods.messages import deliver, formatted
from simulator.methods.places import place, venue
from simulator.requests import Request

Json = dict[str, Any]

MOST_OPTIONS = 12
LONGEST = {"question": 300, "option": 100, "explanation": 200, "description": 1024}
SHOWN = ("allows_multiple_answers", "allows_revoting", "members_only")
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def _words(request: Request, name: str, text: str, longest: int) -> Json:
    """A text of a poll with its entities, by the parse mode or the entities that go with it."""
    call = {"parse_mode": request.get(f"{name}_parse_mode", ""), "entities": request.get(f"{name}_entities", [])}
    plain, found = formatted(Request(request.cloud, request.bot, request.method, call), text)
    if entities.units(plain) > longest:
        raise Refusal(f"poll {name} length must not exceed {longest}")
    return {name: plain, **({f"{name}_entities": found} if found else {})}


def _medium(request: Request, media: Json) -> Json:
    """The PollMedia of what was sent along."""
    if media["type"] == "location":
        return {"location": place(media)}
    if media["type"] == "venue":
        return {"venue": venue(media)}
    if media["type"] in ("sticker", "link"):
        raise Refusal(f"the simulator does not do {media['type']}s in polls", 501)
    return input_media(request, media)


def _option(request: Request, place_of: int, option: Json) -> Json:
    part = Request(request.cloud, request.bot, request.method, dict(option), request.uploads)
    words = _words(part, "text", option["text"], LONGEST["option"])
    if not words["text"]:
        raise Refusal("poll options must be non-empty")
    media = {"media": _medium(request, option["media"])} if option.get("media") else {}
    return {"persistent_id": str(place_of), **words, **media, "voter_count": 0}


def _answers(request: Request, quiz: bool, options: int) -> Json:
    right = request.get("correct_option_ids", [])
    if not quiz:
        return {}
    if not right:
        raise Refusal("quiz polls must have a correct option")
    if any(not 0 <= each < options for each in right):
        raise Refusal("wrong correct option ID specified")
    return {"correct_option_ids": right}


def send_poll(request: Request) -> Json:
    chat = request.writable()
    options = request.params["options"]
    if not 1 <= len(options) <= MOST_OPTIONS:
        raise Refusal(f"poll must have at least 1 option and at most {MOST_OPTIONS}")
    kind = request.get("type", "regular")
    now = int(request.cloud.clock.seconds())
    poll: Json = {
        "id": str(request.cloud.chance.getrandbits(62)),
        **_words(request, "question", request.params["question"], LONGEST["question"]),
        "options": [_option(request, number, option) for number, option in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": bool(request.get("is_closed")),
        "is_anonymous": bool(request.get("is_anonymous", True)),
        "type": kind,
        **{name: bool(request.get(name)) for name in SHOWN},
        **_answers(request, kind == "quiz", len(options)),
    }
    for name in ("explanation", "description"):
        if request.get(name):
            poll |= _words(request, name, request.params[name], LONGEST[name])
    for name in ("media", "explanation_media"):
        if request.get(name):
            poll[name] = _medium(request, request.params[name])
    if request.get("open_period"):
        poll["open_period"] = request.params["open_period"]
    if request.get("close_date") or request.get("open_period"):
        poll["close_date"] = request.get("close_date") or now + request.params["open_period"]
    return deliver(request, {"poll": poll}, chat)


def close_when_due(request: Request, message: Message) -> None:
    """Close a poll whose time is over by the simulator's clock."""
    poll = message.body.get("poll")
    if poll and not poll["is_closed"] and poll.get("close_date", 1e12) <= request.cloud.clock.seconds():
        message.body = {**message.body, "poll": {**poll, "is_closed": True}}


def stop_poll(request: Request) -> Json:
    chat = request.writable()
    message = chat.messages.get(request.params["message_id"])
    if message is None or "poll" not in message.body:
        raise Refusal("message with poll to stop not found")
    close_when_due(request, message)
    if message.by_bot != request.bot.id:
        raise Refusal("poll can't be stopped")
    if message.body["poll"]["is_closed"]:
        raise Refusal("poll has already been closed")
    body = {**message.body, "poll": {**message.body["poll"], "is_closed": True}}
    body.pop("reply_markup", None)
    if buttons := markup.inline(request.get("reply_markup")):
        body["reply_markup"] = buttons
    message.body = body
    request.cloud.touch_message(chat, message, "edited")
    poll: Json = body["poll"]
    return poll


def send_dice(request: Request) -> Json:
    emoji = (request.get("emoji") or "🎲").rstrip("\N{VARIATION SELECTOR-16}")
    if emoji not in DICE:
        raise Refusal("DICE_EMOJI_INVALID")
    return deliver(request, {"dice": {"emoji": emoji, "value": request.cloud.chance.randint(1, DICE[emoji])}})


METHODS = {"sendPoll": send_poll, "stopPoll": stop_poll, "sendDice": send_dice}
