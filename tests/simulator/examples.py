"""Examples of calls of what is sent, asked and linked, for both libraries' bots; they are tried with those of test_methods."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiogram.types as at
import telegram as pt
from aiogram import Bot as AiogramBot
from telegram import Bot as PtbBot

Asks = tuple[Callable[[AiogramBot, Any], Awaitable[Any]], Callable[[PtbBot, Any], Awaitable[Any]]]
MONTH = 2_592_000


async def link_then(bot: Any, chat: int, then: Callable[[str], Awaitable[Any]], **month: Any) -> Any:
    """A new link, or one for a month's subscription, and what is done with it."""
    make = bot.create_chat_subscription_invite_link if month else bot.create_chat_invite_link
    return await then((await make(chat, **month)).invite_link)


async def poll_then_stop(bot: Any, chat: int, options: list[Any]) -> Any:
    message = await bot.send_poll(chat, "Đã nhận công văn chưa?", options)
    return await bot.stop_poll(chat, message.message_id)


async def live_then(bot: Any, chat: int, then: str) -> Any:
    shared = await bot.send_location(chat, 19.8, 105.6, live_period=600)
    moved = {"latitude": 19.9, "longitude": 105.6} if then.startswith("edit") else {}
    return await getattr(bot, then)(chat_id=chat, message_id=shared.message_id, **moved)


async def photo_then_none(bot: Any, chat: int, photo: Any) -> Any:
    await bot.set_chat_photo(chat, photo)
    return await bot.delete_chat_photo(chat)


def file(content: bytes, name: str) -> at.BufferedInputFile:
    return at.BufferedInputFile(content, name)


SUBSCRIPTION = {"subscription_period": MONTH, "subscription_price": 10}

MORE: dict[str, Asks] = {
    "sendAudio": (
        lambda b, s: b.send_audio(s.nam.id, file(b"ID3", "a.mp3"), title="Bản tin"),
        lambda b, s: b.send_audio(s.nam.id, b"ID3", title="Bản tin"),
    ),
    "sendVideo": (
        lambda b, s: b.send_video(s.nam.id, file(b"x", "a.mp4"), width=4, height=3, cover=file(s.picture, "b.png")),
        lambda b, s: b.send_video(s.nam.id, b"x", width=4, height=3, cover=s.picture),
    ),
    "sendAnimation": (
        lambda b, s: b.send_animation(s.nam.id, file(b"GIF89a\1\0\1\0", "a.gif"), thumbnail=file(s.picture, "b.png")),
        lambda b, s: b.send_animation(s.nam.id, b"GIF89a\1\0\1\0", thumbnail=s.picture),
    ),
    "sendVoice": (
        lambda b, s: b.send_voice(s.nam.id, file(b"OggS", "a.ogg"), duration=2),
        lambda b, s: b.send_voice(s.nam.id, b"OggS", duration=2),
    ),
    "sendVideoNote": (
        lambda b, s: b.send_video_note(s.nam.id, file(b"x", "a.mp4"), length=240),
        lambda b, s: b.send_video_note(s.nam.id, b"x", length=240),
    ),
    "sendLivePhoto": (
        lambda b, s: b.send_live_photo(s.nam.id, file(b"x", "a.mp4"), file(s.picture, "b.png")),
        lambda b, s: b.send_live_photo(s.nam.id, b"x", s.picture),
    ),
    "sendPoll": (
        lambda b, s: b.send_poll(
            s.nam.id, "Đã nhận?", [at.InputPollOption(text="Có"), at.InputPollOption(text="Chưa")]
        ),
        lambda b, s: b.send_poll(s.nam.id, "Đã nhận?", ["Có", "Chưa"]),
    ),
    "stopPoll": (
        lambda b, s: poll_then_stop(b, s.nam.id, [at.InputPollOption(text="Có"), at.InputPollOption(text="Chưa")]),
        lambda b, s: poll_then_stop(b, s.nam.id, ["Có", "Chưa"]),
    ),
    "sendDice": (lambda b, s: b.send_dice(s.nam.id), lambda b, s: b.send_dice(s.nam.id)),
    "createChatInviteLink": (
        lambda b, s: b.create_chat_invite_link(s.forum.id, "Cán bộ"),
        lambda b, s: b.create_chat_invite_link(s.forum.id, name="Cán bộ"),
    ),
    "editChatInviteLink": (
        lambda b, s: link_then(b, s.forum.id, lambda link: b.edit_chat_invite_link(s.forum.id, link, member_limit=5)),
        lambda b, s: link_then(b, s.forum.id, lambda link: b.edit_chat_invite_link(s.forum.id, link, member_limit=5)),
    ),
    "revokeChatInviteLink": (
        lambda b, s: link_then(b, s.forum.id, lambda link: b.revoke_chat_invite_link(s.forum.id, link)),
        lambda b, s: link_then(b, s.forum.id, lambda link: b.revoke_chat_invite_link(s.forum.id, link)),
    ),
    "exportChatInviteLink": (
        lambda b, s: b.export_chat_invite_link(s.forum.id),
        lambda b, s: b.export_chat_invite_link(s.forum.id),
    ),
    "createChatSubscriptionInviteLink": (
        lambda b, s: b.create_chat_subscription_invite_link(s.channel.id, MONTH, 10),
        lambda b, s: b.create_chat_subscription_invite_link(s.channel.id, MONTH, 10),
    ),
    "editChatSubscriptionInviteLink": (
        lambda b, s: link_then(
            b, s.channel.id, lambda x: b.edit_chat_subscription_invite_link(s.channel.id, x, "A"), **SUBSCRIPTION
        ),
        lambda b, s: link_then(
            b, s.channel.id, lambda x: b.edit_chat_subscription_invite_link(s.channel.id, x, name="A"), **SUBSCRIPTION
        ),
    ),
    "setMyDefaultAdministratorRights": (
        lambda b, s: b.set_my_default_administrator_rights(),
        lambda b, s: b.set_my_default_administrator_rights(pt.ChatAdministratorRights.all_rights(), True),
    ),
    "getMyDefaultAdministratorRights": (
        lambda b, s: b.get_my_default_administrator_rights(),
        lambda b, s: b.get_my_default_administrator_rights(True),
    ),
    "getMyStarBalance": (lambda b, s: b.get_my_star_balance(), lambda b, s: b.get_my_star_balance()),
    "getStarTransactions": (lambda b, s: b.get_star_transactions(), lambda b, s: b.get_star_transactions()),
    "getUserGifts": (lambda b, s: b.get_user_gifts(s.nam.id), lambda b, s: b.get_user_gifts(s.nam.id)),
    "getChatGifts": (lambda b, s: b.get_chat_gifts(s.channel.id), lambda b, s: b.get_chat_gifts(s.channel.id)),
    "editMessageLiveLocation": (
        lambda b, s: live_then(b, s.nam.id, "edit_message_live_location"),
        lambda b, s: live_then(b, s.nam.id, "edit_message_live_location"),
    ),
    "stopMessageLiveLocation": (
        lambda b, s: live_then(b, s.nam.id, "stop_message_live_location"),
        lambda b, s: live_then(b, s.nam.id, "stop_message_live_location"),
    ),
    "setChatPhoto": (
        lambda b, s: b.set_chat_photo(s.forum.id, file(s.picture, "a.png")),
        lambda b, s: b.set_chat_photo(s.forum.id, s.picture),
    ),
    "deleteChatPhoto": (
        lambda b, s: photo_then_none(b, s.forum.id, file(s.picture, "a.png")),
        lambda b, s: photo_then_none(b, s.forum.id, s.picture),
    ),
    "setMyProfilePhoto": (
        lambda b, s: b.set_my_profile_photo(at.InputProfilePhotoStatic(photo=file(s.picture, "a.png"))),
        lambda b, s: b.set_my_profile_photo(pt.InputProfilePhotoStatic(s.picture)),
    ),
    "removeMyProfilePhoto": (lambda b, s: b.remove_my_profile_photo(), lambda b, s: b.remove_my_profile_photo()),
}
