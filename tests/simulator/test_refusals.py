"""What is refused, in Telegram's words."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from simulator import Person, Simulator
from tests.simulator.conftest import Raw

UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keys(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


BAD_TEXTS = [
    ({"text": ""}, "Bad Request: message text is empty"),
    ({}, "Bad Request: message text is empty"),
    ({"text": " \n "}, "Bad Request: message text is empty"),
    ({"text": "x" * 4097}, "Bad Request: message is too long"),
    ({"text": "😀" * 2049}, "Bad Request: message is too long"),
    (
        {"text": "<b>x</i>", "parse_mode": "HTML"},
        'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    (
        {"text": "số <b>x", "parse_mode": "HTML"},
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        {"text": "số <h1>x</h1>", "parse_mode": "HTML"},
        'Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 5',
    ),
    ({"text": "x</b>", "parse_mode": "HTML"}, "Bad Request: can't parse entities: Unexpected end tag at byte offset 1"),
    (
        {"text": "3 < 5", "parse_mode": "HTML"},
        'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    ({"text": "x", "parse_mode": "Lời"}, "Bad Request: unsupported parse_mode"),
    (
        {"text": "x.", "parse_mode": "MarkdownV2"},
        "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    ({"text": "x", "reply_markup": keys({"text": "a", "callback_data": "x" * 65})}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keys({"text": "a", "callback_data": "ă" * 33})}, "Bad Request: BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": keys({"text": "a"})},
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": keys(*[{"text": "a", "callback_data": "a"}] * 101)},
        "Bad Request: reply markup is too long",
    ),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "Bad Request: message to be replied not found"),
    ({"text": "x", "message_thread_id": 77}, "Bad Request: message thread not found"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": "x"}},
        "Bad Request: can't parse reply keyboard markup JSON object: reply_markup.inline_keyboard is not an array",
    ),
    (
        {"text": "x", "colour": "red"},
        'Bad Request: unknown parameter "colour" of sendMessage (the simulator is strict)',
    ),
    ({"text": "x", "protect_content": "perhaps"}, 'Bad Request: parameter "protect_content" must be of type Boolean'),
]


@pytest.mark.parametrize(("params", "words"), BAD_TEXTS)
async def test_a_text_that_telegram_would_not_send_is_refused(
    params: dict[str, Any], words: str, raw: Raw, nam: Person
) -> None:
    await nam.starts()
    assert await raw.refused("sendMessage", chat_id=nam.id, **params) == words
    assert nam.heard == []


async def test_4096_characters_and_64_bytes_are_not_too_long(raw: Raw, nam: Person) -> None:
    await nam.starts()
    markup = keys({"text": "a", "callback_data": "x" * 64})
    await raw.result("sendMessage", chat_id=nam.id, text="ă" * 4096, reply_markup=markup)
    assert len(nam.heard[0].text) == 4096


async def test_a_caption_has_1024_characters_at_most(raw: Raw, nam: Person, picture: bytes) -> None:
    await nam.starts()
    photo = (await nam.sends_photo(picture)).body["photo"][-1]["file_id"]
    assert await raw.refused("sendPhoto", chat_id=nam.id, photo=photo, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )


async def test_a_bot_writes_only_where_it_may(raw: Raw, nam: Person, sim: Simulator) -> None:
    assert await raw.refused("sendMessage", chat_id=nam.id, text="x") == "Bad Request: chat not found"
    assert await raw.refused("sendMessage", chat_id="@nobody", text="x") == "Bad Request: chat not found"
    assert await raw.refused("sendMessage", text="x") == "Bad Request: chat_id is empty"
    group = sim.group("Lãnh đạo", [nam])
    initiate = "Forbidden: bot can't initiate conversation with a user"
    assert await raw.refused("sendMessage", chat_id=nam.id, text="x") == initiate
    await nam.starts()
    await raw.result("sendMessage", chat_id=nam.id, text="x")
    await nam.blocks()
    assert await raw.refused("sendMessage", chat_id=nam.id, text="x") == "Forbidden: bot was blocked by the user"
    await nam.is_deleted()
    assert await raw.refused("sendMessage", chat_id=nam.id, text="x") == "Forbidden: user is deactivated"
    sim.admit(group, sim.first_bot, "kicked")
    kicked = "Forbidden: bot was kicked from the supergroup chat"
    assert await raw.refused("sendMessage", chat_id=group.id, text="x") == kicked


async def test_a_group_that_became_a_supergroup_says_where_it_went(raw: Raw, nam: Person, sim: Simulator) -> None:
    group = sim.group("Tổ COVID", [nam], supergroup=False)
    await raw.result("sendMessage", chat_id=group.id, text="x")
    new = sim.migrate(group)
    status, answer = await raw("sendMessage", chat_id=group.id, text="x")
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    await raw.result("sendMessage", chat_id=new.id, text="x")


async def test_an_edit_that_changes_nothing_is_refused(raw: Raw, nam: Person) -> None:
    await nam.starts()
    markup = keys({"text": "Gửi", "callback_data": "1"})
    said = await raw.result("sendMessage", chat_id=nam.id, text="x", reply_markup=markup)
    where = {"chat_id": nam.id, "message_id": said["message_id"]}
    assert await raw.refused("editMessageText", **where, text="x", reply_markup=markup) == UNCHANGED
    assert await raw.refused("editMessageReplyMarkup", **where, reply_markup=markup) == UNCHANGED
    await raw.result("editMessageText", **where, text="x")
    assert await raw.refused("editMessageText", **where, text="x") == UNCHANGED
    assert await raw.refused("editMessageCaption", **where, caption="y") == (
        "Bad Request: there is no caption in the message to edit"
    )
    missing = {"chat_id": nam.id, "message_id": 999}
    assert await raw.refused("editMessageText", **missing, text="y") == "Bad Request: message to edit not found"
    assert await raw.refused("deleteMessage", **missing) == "Bad Request: message to delete not found"
    own = {"chat_id": nam.id, "message_id": nam.chat[0].message_id}
    assert await raw.refused("editMessageText", **own, text="y") == "Bad Request: message can't be edited"


async def test_a_new_keyboard_alone_does_not_mark_a_message_as_edited(raw: Raw, nam: Person) -> None:
    await nam.starts()
    said = await raw.result("sendMessage", chat_id=nam.id, text="x")
    markup = keys({"text": "Gửi", "callback_data": "1"})
    await raw.result("editMessageReplyMarkup", chat_id=nam.id, message_id=said["message_id"], reply_markup=markup)
    assert (nam.heard[0].edited, nam.heard[0].labels) == (False, ["Gửi"])
    await raw.result("editMessageText", chat_id=nam.id, message_id=said["message_id"], text="y")
    assert (nam.heard[0].edited, nam.heard[0].labels) == (True, [])


async def test_a_tap_is_answered_once_within_150_seconds(raw: Raw, nam: Person, sim: Simulator) -> None:
    await nam.starts()
    markup = keys({"text": "Gửi", "callback_data": "1"})
    await raw.result("sendMessage", chat_id=nam.id, text="x", reply_markup=markup)
    await nam.taps("Gửi")
    query = (await raw.updates())[-1]["callback_query"]["id"]
    too_long = {"callback_query_id": query, "text": "x" * 201}
    assert await raw.refused("answerCallbackQuery", **too_long) == "Bad Request: MESSAGE_TOO_LONG"
    await raw.result("answerCallbackQuery", callback_query_id=query, text="x" * 200)
    assert await raw.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD
    assert await raw.refused("answerCallbackQuery", callback_query_id="7") == TOO_OLD
    await nam.taps("Gửi")
    query = (await raw.updates())[-1]["callback_query"]["id"]
    sim.clock.advance(timedelta(seconds=151))
    assert await raw.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_tokens_and_methods_that_do_not_exist_are_told_apart(raw: Raw) -> None:
    assert await raw("getMe", token="1:WRONG") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert await raw("getEverything") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    assert await raw("banChatMember", chat_id=1, user_id=1) == (
        501,
        {"ok": False, "error_code": 501, "description": "Not Implemented: the simulator does not do banChatMember"},
    )
    assert (await raw("GETME"))[0] == 200


async def test_files_are_checked_and_old_ones_are_known_by_id(raw: Raw, nam: Person, picture: bytes) -> None:
    await nam.starts()
    sent = await nam.sends_document(b"1,2,3", "số liệu.csv")
    document = sent.body["document"]["file_id"]
    again = await raw.result("sendDocument", chat_id=nam.id, document=document)
    assert again["document"]["file_name"] == "số liệu.csv"
    for params, words in [
        ({"photo": document}, "type of file mismatch: can't use file of type Document as Photo"),
        ({"photo": "AgAC"}, "wrong file identifier/HTTP URL specified"),
        ({}, "there is no photo in the request"),
    ]:
        assert await raw.refused("sendPhoto", chat_id=nam.id, **params) == f"Bad Request: {words}"
    outside = await raw.refused("sendPhoto", chat_id=nam.id, photo="https://example.org/a.png")
    assert outside == "Not Implemented: the simulator fetches files from loopback only, not from example.org"
    form = aiohttp.FormData({"chat_id": str(nam.id)})
    form.add_field("photo", b"no picture", filename="a.png")
    async with raw.session.post(f"{raw.url}/bot1000:SIMULATOR/sendPhoto", data=form) as response:
        assert (await response.json())["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    path = (await raw.result("getFile", file_id=document))["file_path"]
    async with raw.session.get(f"{raw.url}/file/bot1000:SIMULATOR/{path}") as response:
        assert await response.read() == b"1,2,3"
    async with raw.session.get(f"{raw.url}/file/bot1000:SIMULATOR/documents/none.csv") as response:
        assert response.status == 404


async def test_a_form_is_read_like_json(raw: Raw, nam: Person) -> None:
    await nam.starts()
    form = {
        "chat_id": str(nam.id),
        "text": "a",
        "disable_notification": "true",
        "reply_markup": '{"inline_keyboard":[]}',
    }
    async with raw.session.post(f"{raw.url}/bot1000:SIMULATOR/sendMessage", data=form) as response:
        assert (await response.json())["ok"] is True
    url = f"{raw.url}/bot1000:SIMULATOR/sendMessage"
    async with raw.session.get(url, params={"chat_id": str(nam.id), "text": "b"}) as response:
        assert (await response.json())["result"]["text"] == "b"


async def test_commands_are_chosen_by_scope_and_language(raw: Raw, nam: Person, sim: Simulator) -> None:
    await nam.starts()
    for scope, language, name in [
        ({"type": "default"}, "", "all"),
        ({"type": "default"}, "vi", "tatca"),
        ({"type": "all_private_chats"}, "", "private"),
        ({"type": "chat", "chat_id": nam.id}, "en", "english"),
    ]:
        command = {"command": name, "description": "x"}
        await raw.result("setMyCommands", commands=[command], scope=scope, language_code=language)
    bot = sim.first_bot
    menu = bot.commands_for(nam.id, nam.id, "private", "vi")
    assert [c["command"] for c in menu] == ["private"]
    assert [c["command"] for c in bot.commands_for(nam.id, nam.id, "private", "en")] == ["english"]
    assert [c["command"] for c in bot.commands_for(-1, nam.id, "supergroup", "vi")] == ["tatca"]
    await raw.result("deleteMyCommands", scope={"type": "all_private_chats"})
    assert [c["command"] for c in bot.commands_for(nam.id, nam.id, "private", "vi")] == ["tatca"]
    assert (await raw.result("getMyCommands", language_code="vi"))[0]["command"] == "tatca"
    wrong = [{"command": "Báo cáo", "description": "x"}]
    assert await raw.refused("setMyCommands", commands=wrong) == "Bad Request: BOT_COMMAND_INVALID"
