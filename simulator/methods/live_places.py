"""Methods that move a place which is shared as it changes, and stop sharing it."""

from __future__ import annotations

from typing import Any

from simulator.chats import Message
from simulator.errors import Refusal
from simulator.methods.edits import edit, edited
from simulator.methods.places import place
from simulator.requests import Request

Json = dict[str, Any]

FOR_EVER = 0x7FFFFFFF


def _check_live(request: Request, message: Message) -> Json:
    location: Json = message.body.get("location") or {}
    if "live_period" not in location:
        raise Refusal("message can't be edited")
    over = message.body["date"] + location["live_period"] < request.cloud.clock.seconds()
    if over and location["live_period"] != FOR_EVER:
        raise Refusal("message can't be edited")
    return location


def edit_message_live_location(request: Request) -> Json | bool:
    chat, message = edited(request)
    before = _check_live(request, message)
    period = request.get("live_period") or before["live_period"]
    moved = place({**request.params, "live_period": period})
    return edit(request, chat, message, {"location": moved}, {"location"})


def stop_message_live_location(request: Request) -> Json | bool:
    chat, message = edited(request)
    before = _check_live(request, message)
    still = {name: part for name, part in before.items() if name in ("latitude", "longitude", "horizontal_accuracy")}
    return edit(request, chat, message, {"location": still}, {"location"})


METHODS = {
    "editMessageLiveLocation": edit_message_live_location,
    "stopMessageLiveLocation": stop_message_live_location,
}
