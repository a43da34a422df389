"""Methods about the links that lead into a group or channel."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat
from simulator.errors import Refusal
from simulator.requests import Request

Json = dict[str, Any]

SECONDS_OF_A_MONTH = 2_592_000


def _chat(request: Request) -> Chat:
    chat = request.administered()
    if chat.type == "private":
        raise Refusal("can't invite to a private chat")
    return chat


def _new(request: Request, chat: Chat, **more: Any) -> Json:
    link = f"https://t.me/+{request.cloud.files.letters(16)}"
    known = {"is_primary": False, "is_revoked": False, "creates_join_request": False}
    chat.invite_links[link] = {"invite_link": link, "creator": request.bot.user.view(), **known, **more}
    request.cloud.touch_chat(chat)
    return chat.invite_links[link]


def _asked(request: Request) -> Json:
    """What a call says of a link; Refusal where a limit and requests are wanted together."""
    if request.get("creates_join_request") and request.get("member_limit"):
        raise Refusal("member limit can't be specified for links requiring administrator approval")
    found = {name: request.params[name] for name in ("name", "expire_date", "member_limit") if request.get(name)}
    return {**found, "creates_join_request": bool(request.get("creates_join_request"))}


def create_chat_invite_link(request: Request) -> Json:
    return _new(request, _chat(request), **_asked(request))


def create_chat_subscription_invite_link(request: Request) -> Json:
    if request.params["subscription_period"] != SECONDS_OF_A_MONTH:
        raise Refusal("SUBSCRIPTION_PERIOD_INVALID")
    chat = _chat(request)
    if chat.type != "channel":
        raise Refusal("the chat must be a channel")
    price, period = request.params["subscription_price"], request.params["subscription_period"]
    named = {"name": request.params["name"]} if request.get("name") else {}
    return _new(request, chat, **named, subscription_price=price, subscription_period=period)


def _link(request: Request) -> tuple[Chat, Json]:
    chat = _chat(request)
    link = chat.invite_links.get(request.params["invite_link"])
    if link is None:
        raise Refusal("INVITE_HASH_EXPIRED")
    return chat, link


def _kept(request: Request, chat: Chat, link: Json) -> Json:
    chat.invite_links[link["invite_link"]] = link
    request.cloud.touch_chat(chat)
    return link


def edit_chat_invite_link(request: Request) -> Json:
    chat, link = _link(request)
    stays = {k: v for k, v in link.items() if k not in ("name", "expire_date", "member_limit")}
    return _kept(request, chat, {**stays, **_asked(request)})


def edit_chat_subscription_invite_link(request: Request) -> Json:
    chat, link = _link(request)
    stays = {k: v for k, v in link.items() if k != "name"}
    return _kept(request, chat, {**stays, **({"name": request.params["name"]} if request.get("name") else {})})


def revoke_chat_invite_link(request: Request) -> Json:
    chat, link = _link(request)
    if link["is_primary"]:
        _new(request, chat, is_primary=True)
    return _kept(request, chat, {**link, "is_revoked": True})


def export_chat_invite_link(request: Request) -> str:
    chat = _chat(request)
    for link in [each for each in chat.invite_links.values() if each["is_primary"]]:
        chat.invite_links[link["invite_link"]] = {**link, "is_primary": False, "is_revoked": True}
    return str(_new(request, chat, is_primary=True)["invite_link"])


METHODS = {
    "createChatInviteLink": create_chat_invite_link,
    "editChatInviteLink": edit_chat_invite_link,
    "revokeChatInviteLink": revoke_chat_invite_link,
    "exportChatInviteLink": export_chat_invite_link,
    "createChatSubscriptionInviteLink": create_chat_subscription_invite_link,
    "editChatSubscriptionInviteLink": edit_chat_subscription_invite_link,
}
