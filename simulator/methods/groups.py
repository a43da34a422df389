"""Methods about chats and who is in them."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat, User
from simulator.description import shapes
from simulator.errors import Refusal
from simulator.methods.media import photo_sizes, taken
from simulator.requests import Request, Upload

Json = dict[str, Any]

SIZES = ("small", "big")
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def member(user: User, status: str) -> Json:
    """The Bot API's ChatMember."""
    view: Json = {"user": user.view(), "status": status}
    if status == "creator":
        view["is_anonymous"] = False
    elif status == "administrator":
        fields = shapes().types["ChatMemberAdministrator"]
        rights = (name for name, spec in fields.items() if spec.required and spec.types == ("Boolean",))
        view |= {right: right not in ("can_be_edited", "is_anonymous") for right in rights}
    elif status == "kicked":
        view["until_date"] = 0
    return view


def get_chat(request: Request) -> Json:
    chat = request.chat()
    view = {
        **chat.view(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    files = [file for number in chat.photos if (file := request.cloud.files.by_id.get(number))]
    if len(files) == len(SIZES):
        view["photo"] = {
            f"{size}_file{part}": number
            for size, file in zip(SIZES, files, strict=True)
            for part, number in (("_id", file.file_id), ("_unique_id", file.unique_id))
        }
    if chat.description:
        view["description"] = chat.description
    if chat.pinned and (message := chat.messages.get(chat.pinned[-1])):
        view["pinned_message"] = chat.show(message, with_reply=False)
    return view


def get_chat_member(request: Request) -> Json:
    chat = request.chat()
    user = request.cloud.account(request.params["user_id"])
    if user is None:
        raise Refusal("invalid user_id specified")
    if chat.type == "private":
        return member(user, "member")
    return member(user, chat.members.get(user.id, "left"))


def _group(request: Request) -> Chat:
    chat = request.writable()
    if chat.type == "private":
        raise Refusal("there are no administrators in the private chat")
    return chat


def get_chat_administrators(request: Request) -> list[Json]:
    found = []
    for user_id, status in _group(request).members.items():
        user = request.cloud.account(user_id)
        if status in ("creator", "administrator") and user and (request.get("return_bots") or not user.is_bot):
            found.append(member(user, status))
    return found


def get_chat_member_count(request: Request) -> int:
    chat = request.chat()
    return 2 if chat.type == "private" else sum(s not in ("left", "kicked") for s in chat.members.values())


def leave_chat(request: Request) -> bool:
    chat = _group(request)
    chat.members[request.bot.id] = "left"
    request.cloud.touch_chat(chat)
    request.cloud.hub.tell("chat", lambda: {"chat": chat.key})
    return True


def pin_chat_message(request: Request) -> bool:
    chat = request.administered()
    number = request.params["message_id"]
    if number not in chat.messages:
        raise Refusal("message to pin not found")
    if number not in chat.pinned:
        chat.pinned.append(number)
    return _pins(request, chat)


def unpin_chat_message(request: Request) -> bool:
    chat = request.administered()
    number = request.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise Refusal("message to unpin not found")
    chat.pinned.remove(number)
    return _pins(request, chat)


def unpin_all_chat_messages(request: Request) -> bool:
    chat = request.administered()
    chat.pinned.clear()
    return _pins(request, chat)


def _pins(request: Request, chat: Chat) -> bool:
    request.cloud.touch_chat(chat)
    request.cloud.hub.tell("chat", lambda: {"chat": chat.key})
    return True


def set_chat_title(request: Request) -> bool:
    chat = request.administered()
    if chat.type == "private":
        raise Refusal("can't change private chat title")
    chat.title = request.params["title"]
    request.cloud.post(chat, {"from": request.bot.user.view(), "new_chat_title": chat.title}, request.bot.id)
    return _pins(request, chat)


def set_chat_description(request: Request) -> bool:
    chat = request.administered()
    chat.description = request.get("description", "")
    return _pins(request, chat)


def set_chat_photo(request: Request) -> bool:
    chat = request.administered()
    if chat.type == "private":
        raise Refusal("can't change private chat photo")
    if not isinstance(request.params["photo"], Upload) and not str(request.params["photo"]).startswith("attach://"):
        raise Refusal("photo must be uploaded as an InputFile")
    file = taken(request, request.params["photo"], "photos")
    cloud = request.cloud
    small = cloud.files.add(file.content, file.name, "photos", file.mime, (file.width, file.height))
    chat.photos = [cloud.keep_file(small).file_id, file.file_id]
    request.cloud.post(chat, {"from": request.bot.user.view(), "new_chat_photo": photo_sizes(file)}, request.bot.id)
    return _pins(request, chat)


def delete_chat_photo(request: Request) -> bool:
    chat = request.administered()
    if not chat.photos:
        raise Refusal("CHAT_NOT_MODIFIED")
    chat.photos = []
    request.cloud.post(chat, {"from": request.bot.user.view(), "delete_chat_photo": True}, request.bot.id)
    return _pins(request, chat)


METHODS = {
    "setChatPhoto": set_chat_photo,
    "deleteChatPhoto": delete_chat_photo,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
}
