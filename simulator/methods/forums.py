"""Methods about the topics of a forum."""

from __future__ import annotations

from typing import Any

from simulator.chats import Chat, Topic
from simulator.cloud import Cloud
from simulator.errors import Refusal
from simulator.requests import Request

Json = dict[str, Any]

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _forum(request: Request) -> Chat:
    chat = request.administered()
    if not chat.is_forum:
        raise Refusal("the chat is not a forum")
    return chat


def open_topic(cloud: Cloud, chat: Chat, name: str, sender: Json, by_bot: int, color: int = COLOURS[0]) -> Topic:
    """Make a topic, announced by a service message whose id is the topic's."""
    body = {"from": sender, "forum_topic_created": {"name": name, "icon_color": color}, "is_topic_message": True}
    message = cloud.post(chat, body, by_bot)
    message.body["message_thread_id"] = message.message_id
    topic = chat.topics[message.message_id] = Topic(message.message_id, name, color)
    cloud.touch_message(chat, message, "edited")
    cloud.touch_chat(chat)
    cloud.hub.tell("chat", lambda: {"chat": chat.key})
    return topic


def create_forum_topic(request: Request) -> Json:
    chat = _forum(request)
    name = request.params["name"]
    color = request.get("icon_color", COLOURS[0])
    if len(name) > 128 or color not in COLOURS:
        raise Refusal("TOPIC_TITLE_EMPTY" if len(name) > 128 else "TOPIC_ICON_COLOR_INVALID")
    topic = open_topic(request.cloud, chat, name, request.bot.user.view(), request.bot.id, color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def _topic(request: Request) -> tuple[Chat, Topic]:
    chat = _forum(request)
    topic = chat.topics.get(request.params["message_thread_id"])
    if topic is None:
        raise Refusal("message thread not found")
    return chat, topic


def _say(request: Request, chat: Chat, topic: Topic, service: Json) -> bool:
    body = {"from": request.bot.user.view(), "message_thread_id": topic.id, "is_topic_message": True, **service}
    request.cloud.post(chat, body, request.bot.id)
    request.cloud.touch_chat(chat)
    request.cloud.hub.tell("chat", lambda: {"chat": chat.key})
    return True


def edit_forum_topic(request: Request) -> bool:
    chat, topic = _topic(request)
    name = request.get("name", topic.name)
    if name == topic.name:
        raise Refusal("TOPIC_NOT_MODIFIED")
    topic.name = name
    return _say(request, chat, topic, {"forum_topic_edited": {"name": name}})


def _close(closed: bool) -> Any:
    def method(request: Request) -> bool:
        chat, topic = _topic(request)
        if topic.closed == closed:
            raise Refusal("TOPIC_NOT_MODIFIED")
        topic.closed = closed
        return _say(request, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})

    return method


def delete_forum_topic(request: Request) -> bool:
    chat, topic = _topic(request)
    del chat.topics[topic.id]
    for number in [m.message_id for m in chat.messages.values() if m.body.get("message_thread_id") == topic.id]:
        request.cloud.remove(chat, number)
    request.cloud.touch_chat(chat)
    request.cloud.hub.tell("chat", lambda: {"chat": chat.key})
    return True


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": _close(True),
    "reopenForumTopic": _close(False),
    "deleteForumTopic": delete_forum_topic,
}
