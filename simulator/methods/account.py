"""Methods about what a bot owns and may do: rights that it asks for, stars, gifts. There is no money here."""

from __future__ import annotations

from typing import Any

from simulator.description import shapes
from simulator.errors import Refusal
from simulator.requests import Request

Json = dict[str, Any]

OF_GROUPS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
OF_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")


def set_my_default_administrator_rights(request: Request) -> bool:
    rights = request.get("rights") or {}
    request.bot.rights["channels" if request.get("for_channels") else "groups"] = rights
    request.cloud.touch_bot(request.bot)
    return True


def get_my_default_administrator_rights(request: Request) -> Json:
    """Every right that chats of this kind know; nobody who is anonymous in a channel is told so."""
    channels = bool(request.get("for_channels"))
    kept = request.bot.rights.get("channels" if channels else "groups", {})
    fields = shapes().types["ChatAdministratorRights"]
    left_out = OF_GROUPS if channels else OF_CHANNELS
    named = [name for name, spec in fields.items() if spec.required or (name in kept and name not in left_out)]
    named += OF_CHANNELS if channels else [name for name in OF_GROUPS if name != "can_manage_tags"]
    rights = {name: bool(kept.get(name, False)) for name in named if name in fields}
    return rights | ({"is_anonymous": False} if channels else {})


def get_my_star_balance(request: Request) -> Json:
    return {"amount": 0}


def get_star_transactions(request: Request) -> Json:
    return {"transactions": []}


def get_user_gifts(request: Request) -> Json:
    if request.cloud.account(request.params["user_id"]) is None:
        raise Refusal("user not found")
    return {"total_count": 0, "gifts": []}


def get_chat_gifts(request: Request) -> Json:
    request.chat()
    return {"total_count": 0, "gifts": []}


METHODS = {
    "setMyDefaultAdministratorRights": set_my_default_administrator_rights,
    "getMyDefaultAdministratorRights": get_my_default_administrator_rights,
    "getMyStarBalance": get_my_star_balance,
    "getStarTransactions": get_star_transactions,
    "getUserGifts": get_user_gifts,
    "getChatGifts": get_chat_gifts,
}
