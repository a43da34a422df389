"""Every simulated method, called through aiogram's Bot and through python-telegram-bot's."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiogram.types as at
import pytest
import telegram as pt
from aiogram import Bot as AiogramBot
from telegram import Bot as PtbBot

from simulator import Chat, Person, Simulator
from simulator.methods import METHODS
from tests.simulator.examples import MORE


@dataclass
class Scene:
    """What the examples need: a person who has started the bot, a forum, a channel, messages, queries, a file."""

    nam: Person
    forum: Chat
    channel: Chat
    topic: int
    said: int
    picture: bytes
    photo: int = 0
    file_id: str = ""
    tap: str = ""
    inline: str = ""


@pytest.fixture
async def scene(sim: Simulator, nam: Person, picture: bytes, ptb: PtbBot) -> Scene:
    await nam.starts()
    forum = sim.group("Lãnh đạo huyện", [nam], forum=True)
    sim.admit(forum, sim.first_bot, "administrator")
    channel = sim.channel("Bản tin", [nam])
    topic = sim.topic(forum, "Giao ban")
    keyboard = pt.InlineKeyboardMarkup([[pt.InlineKeyboardButton("Gửi", callback_data="send")]])
    message = await ptb.send_message(nam.id, "Gửi báo cáo?", reply_markup=keyboard)
    photo = await ptb.send_photo(nam.id, picture, caption="Ảnh")
    await nam.taps("Gửi")
    query = sim.acts.ask_inline(nam.user, sim.first_bot, "thọ dân")
    return Scene(
        nam,
        forum,
        channel,
        topic,
        message.message_id,
        picture,
        photo.message_id,
        photo.photo[-1].file_id,
        next(iter(sim.first_bot.queries)),
        query.id,
    )


Ask = tuple[Callable[[AiogramBot, Scene], Awaitable[Any]], Callable[[PtbBot, Scene], Awaitable[Any]]]

EXAMPLES: dict[str, Ask] = {
    "getUpdates": (lambda b, s: b.get_updates(), lambda b, s: b.get_updates()),
    "setWebhook": (
        lambda b, s: b.set_webhook("http://127.0.0.1:1/hook", secret_token="abc", max_connections=2),
        lambda b, s: b.set_webhook("http://127.0.0.1:1/hook", secret_token="abc", max_connections=2),
    ),
    "deleteWebhook": (lambda b, s: b.delete_webhook(True), lambda b, s: b.delete_webhook(True)),
    "getWebhookInfo": (lambda b, s: b.get_webhook_info(), lambda b, s: b.get_webhook_info()),
    "logOut": (lambda b, s: b.log_out(), lambda b, s: b.log_out()),
    "close": (lambda b, s: b.close(), lambda b, s: b.close()),
    "getMe": (lambda b, s: b.get_me(), lambda b, s: b.get_me()),
    "sendMessage": (
        lambda b, s: b.send_message(
            s.nam.id, "<b>Chào</b>", parse_mode="HTML", reply_parameters=at.ReplyParameters(message_id=s.said)
        ),
        lambda b, s: b.send_message(s.nam.id, "<b>Chào</b>", "HTML", reply_to_message_id=s.said),
    ),
    "sendLocation": (
        lambda b, s: b.send_location(s.nam.id, 19.8, 105.6),
        lambda b, s: b.send_location(s.nam.id, 19.8, 105.6),
    ),
    "sendVenue": (
        lambda b, s: b.send_venue(s.nam.id, 19.8, 105.6, "UBND xã", "Thọ Dân"),
        lambda b, s: b.send_venue(s.nam.id, 19.8, 105.6, "UBND xã", "Thọ Dân"),
    ),
    "sendContact": (
        lambda b, s: b.send_contact(s.nam.id, "84237", "Trực ban"),
        lambda b, s: b.send_contact(s.nam.id, "84237", "Trực ban"),
    ),
    "sendChatAction": (
        lambda b, s: b.send_chat_action(s.nam.id, "typing"),
        lambda b, s: b.send_chat_action(s.nam.id, "typing"),
    ),
    "forwardMessage": (
        lambda b, s: b.forward_message(s.channel.id, s.nam.id, s.said),
        lambda b, s: b.forward_message(s.channel.id, s.nam.id, s.said),
    ),
    "forwardMessages": (
        lambda b, s: b.forward_messages(s.nam.id, s.nam.id, [s.said, s.photo]),
        lambda b, s: b.forward_messages(s.nam.id, s.nam.id, [s.said, s.photo]),
    ),
    "copyMessage": (
        lambda b, s: b.copy_message(s.nam.id, s.nam.id, s.photo, caption="khác"),
        lambda b, s: b.copy_message(s.nam.id, s.nam.id, s.photo, caption="khác"),
    ),
    "copyMessages": (
        lambda b, s: b.copy_messages(s.nam.id, s.nam.id, [s.said]),
        lambda b, s: b.copy_messages(s.nam.id, s.nam.id, [s.said]),
    ),
    "sendPhoto": (
        lambda b, s: b.send_photo(
            s.nam.id, at.BufferedInputFile(s.picture, "a.png"), caption="<i>Ảnh</i>", parse_mode="HTML"
        ),
        lambda b, s: b.send_photo(s.nam.id, s.picture, caption="<i>Ảnh</i>", parse_mode="HTML"),
    ),
    "sendDocument": (
        lambda b, s: b.send_document(s.nam.id, at.BufferedInputFile(b"1,2", "báo cáo.csv")),
        lambda b, s: b.send_document(s.nam.id, b"1,2", filename="báo cáo.csv"),
    ),
    "sendSticker": (
        lambda b, s: b.send_sticker(s.nam.id, at.BufferedInputFile(b"RIFF", "a.webp")),
        lambda b, s: b.send_sticker(s.nam.id, b"RIFF"),
    ),
    "sendMediaGroup": (
        lambda b, s: b.send_media_group(
            s.nam.id,
            [
                at.InputMediaPhoto(media=at.BufferedInputFile(s.picture, "a.png"), caption="Một"),
                at.InputMediaPhoto(media=s.file_id),
            ],
        ),
        lambda b, s: b.send_media_group(
            s.nam.id, [pt.InputMediaPhoto(s.picture, "Một"), pt.InputMediaPhoto(s.file_id)]
        ),
    ),
    "getFile": (lambda b, s: b.get_file(s.file_id), lambda b, s: b.get_file(s.file_id)),
    "getUserProfilePhotos": (
        lambda b, s: b.get_user_profile_photos(s.nam.id),
        lambda b, s: b.get_user_profile_photos(s.nam.id),
    ),
    "editMessageText": (
        lambda b, s: b.edit_message_text("Đã gửi", chat_id=s.nam.id, message_id=s.said),
        lambda b, s: b.edit_message_text("Đã gửi", s.nam.id, s.said),
    ),
    "editMessageCaption": (
        lambda b, s: b.edit_message_caption(chat_id=s.nam.id, message_id=s.photo, caption="Khác"),
        lambda b, s: b.edit_message_caption(s.nam.id, s.photo, caption="Khác"),
    ),
    "editMessageMedia": (
        lambda b, s: b.edit_message_media(
            at.InputMediaDocument(media=at.BufferedInputFile(b"1", "a.txt")), chat_id=s.nam.id, message_id=s.photo
        ),
        lambda b, s: b.edit_message_media(pt.InputMediaDocument(b"1", filename="a.txt"), s.nam.id, s.photo),
    ),
    "editMessageReplyMarkup": (
        lambda b, s: b.edit_message_reply_markup(chat_id=s.nam.id, message_id=s.said),
        lambda b, s: b.edit_message_reply_markup(s.nam.id, s.said),
    ),
    "deleteMessage": (lambda b, s: b.delete_message(s.nam.id, s.said), lambda b, s: b.delete_message(s.nam.id, s.said)),
    "deleteMessages": (
        lambda b, s: b.delete_messages(s.nam.id, [s.said, s.photo]),
        lambda b, s: b.delete_messages(s.nam.id, [s.said, s.photo]),
    ),
    "answerCallbackQuery": (
        lambda b, s: b.answer_callback_query(s.tap, "Đã nhận", show_alert=True),
        lambda b, s: b.answer_callback_query(s.tap, "Đã nhận", True),
    ),
    "answerInlineQuery": (
        lambda b, s: b.answer_inline_query(
            s.inline,
            [
                at.InlineQueryResultArticle(
                    id="1", title="Thọ Dân", input_message_content=at.InputTextMessageContent(message_text="3 ca")
                )
            ],
            cache_time=0,
        ),
        lambda b, s: b.answer_inline_query(
            s.inline, [pt.InlineQueryResultArticle("1", "Thọ Dân", pt.InputTextMessageContent("3 ca"))], cache_time=0
        ),
    ),
    "setMyCommands": (
        lambda b, s: b.set_my_commands(
            [at.BotCommand(command="baocao", description="Báo cáo")], at.BotCommandScopeChat(chat_id=s.nam.id), "vi"
        ),
        lambda b, s: b.set_my_commands([pt.BotCommand("baocao", "Báo cáo")], pt.BotCommandScopeChat(s.nam.id), "vi"),
    ),
    "deleteMyCommands": (
        lambda b, s: b.delete_my_commands(at.BotCommandScopeAllPrivateChats()),
        lambda b, s: b.delete_my_commands(pt.BotCommandScopeAllPrivateChats()),
    ),
    "getMyCommands": (lambda b, s: b.get_my_commands(), lambda b, s: b.get_my_commands()),
    "setMyName": (lambda b, s: b.set_my_name("Giao Ban"), lambda b, s: b.set_my_name("Giao Ban")),
    "getMyName": (lambda b, s: b.get_my_name(), lambda b, s: b.get_my_name()),
    "setMyDescription": (lambda b, s: b.set_my_description("Số liệu"), lambda b, s: b.set_my_description("Số liệu")),
    "getMyDescription": (lambda b, s: b.get_my_description(), lambda b, s: b.get_my_description()),
    "setMyShortDescription": (
        lambda b, s: b.set_my_short_description("Số liệu"),
        lambda b, s: b.set_my_short_description("Số liệu"),
    ),
    "getMyShortDescription": (lambda b, s: b.get_my_short_description(), lambda b, s: b.get_my_short_description()),
    "setChatMenuButton": (
        lambda b, s: b.set_chat_menu_button(s.nam.id, at.MenuButtonCommands()),
        lambda b, s: b.set_chat_menu_button(s.nam.id, pt.MenuButtonCommands()),
    ),
    "getChatMenuButton": (lambda b, s: b.get_chat_menu_button(), lambda b, s: b.get_chat_menu_button()),
    "getChat": (lambda b, s: b.get_chat(s.forum.id), lambda b, s: b.get_chat(s.forum.id)),
    "getChatMember": (
        lambda b, s: b.get_chat_member(s.forum.id, s.nam.id),
        lambda b, s: b.get_chat_member(s.forum.id, s.nam.id),
    ),
    "getChatAdministrators": (
        lambda b, s: b.get_chat_administrators(s.forum.id),
        lambda b, s: b.get_chat_administrators(s.forum.id),
    ),
    "getChatMemberCount": (
        lambda b, s: b.get_chat_member_count(s.forum.id),
        lambda b, s: b.get_chat_member_count(s.forum.id),
    ),
    "leaveChat": (lambda b, s: b.leave_chat(s.forum.id), lambda b, s: b.leave_chat(s.forum.id)),
    "pinChatMessage": (
        lambda b, s: b.pin_chat_message(s.nam.id, s.said),
        lambda b, s: b.pin_chat_message(s.nam.id, s.said),
    ),
    "unpinChatMessage": (
        lambda b, s: _after(b.pin_chat_message(s.nam.id, s.said), lambda: b.unpin_chat_message(s.nam.id)),
        lambda b, s: _after(b.pin_chat_message(s.nam.id, s.said), lambda: b.unpin_chat_message(s.nam.id)),
    ),
    "unpinAllChatMessages": (
        lambda b, s: b.unpin_all_chat_messages(s.nam.id),
        lambda b, s: b.unpin_all_chat_messages(s.nam.id),
    ),
    "setChatTitle": (
        lambda b, s: b.set_chat_title(s.forum.id, "Lãnh đạo"),
        lambda b, s: b.set_chat_title(s.forum.id, "Lãnh đạo"),
    ),
    "setChatDescription": (
        lambda b, s: b.set_chat_description(s.forum.id, "Nhóm"),
        lambda b, s: b.set_chat_description(s.forum.id, "Nhóm"),
    ),
    "createForumTopic": (
        lambda b, s: b.create_forum_topic(s.forum.id, "Tối"),
        lambda b, s: b.create_forum_topic(s.forum.id, "Tối"),
    ),
    "editForumTopic": (
        lambda b, s: b.edit_forum_topic(s.forum.id, s.topic, "Sáng"),
        lambda b, s: b.edit_forum_topic(s.forum.id, s.topic, "Sáng"),
    ),
    "closeForumTopic": (
        lambda b, s: b.close_forum_topic(s.forum.id, s.topic),
        lambda b, s: b.close_forum_topic(s.forum.id, s.topic),
    ),
    "reopenForumTopic": (
        lambda b, s: _after(
            b.close_forum_topic(s.forum.id, s.topic), lambda: b.reopen_forum_topic(s.forum.id, s.topic)
        ),
        lambda b, s: _after(
            b.close_forum_topic(s.forum.id, s.topic), lambda: b.reopen_forum_topic(s.forum.id, s.topic)
        ),
    ),
    "deleteForumTopic": (
        lambda b, s: b.delete_forum_topic(s.forum.id, s.topic),
        lambda b, s: b.delete_forum_topic(s.forum.id, s.topic),
    ),
    **MORE,
}


async def _after(first: Awaitable[Any], then: Callable[[], Awaitable[Any]]) -> Any:
    await first
    return await then()


def test_every_method_has_an_example() -> None:
    assert set(EXAMPLES) == set(METHODS)


@pytest.mark.parametrize("method", EXAMPLES)
async def test_aiogram_calls_it_and_reads_the_answer(
    method: str, aiogram: AiogramBot, scene: Scene, sim: Simulator
) -> None:
    await EXAMPLES[method][0](aiogram, scene)
    if method != "getUpdates":
        assert (sim.first_bot.calls[-1].method, sim.first_bot.calls[-1].status) == (method, 200)


@pytest.mark.parametrize("method", EXAMPLES)
async def test_python_telegram_bot_calls_it_and_reads_the_answer(
    method: str, ptb: PtbBot, scene: Scene, sim: Simulator
) -> None:
    await EXAMPLES[method][1](ptb, scene)
    if method != "getUpdates":
        assert (sim.first_bot.calls[-1].method, sim.first_bot.calls[-1].status) == (method, 200)
