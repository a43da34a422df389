"""What clients of others send that our own bot does not, and what they read in the answers."""

import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bench.peers.clients.stand_ins import make
from simulator import Person, Simulator
from simulator.probe import look
from tests.environment import ROOT
from tests.simulator.conftest import Raw, png

Json = dict[str, Any]


async def sent(raw: Raw, method: str, files: dict[str, tuple[str, bytes]], **params: Any) -> Json:
    """The result of a call with files in a form."""
    form = aiohttp.FormData(
        {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    )
    for name, (file_name, content) in files.items():
        form.add_field(name, content, filename=file_name)
    async with raw.session.post(f"{raw.url}/bot1000:SIMULATOR/{method}", data=form) as response:
        answer = await response.json()
    assert answer["ok"] is True, answer
    result: Json = answer["result"]
    return result


async def test_a_button_of_a_reply_keyboard_may_be_a_string(raw: Raw, nam: Person) -> None:
    await nam.starts()
    await raw.result("sendMessage", chat_id=nam.id, text="?", reply_markup={"keyboard": [["Có", "Không"]]})
    assert (await nam.next_message()).labels == ["Có", "Không"]


async def test_fields_that_no_button_has_are_passed_over(raw: Raw, nam: Person) -> None:
    await nam.starts()
    buttons = [[{"text": "Gửi", "callback_data": "send", "hide": False}]]
    answer = await raw.result("sendMessage", chat_id=nam.id, text="?", reply_markup={"inline_keyboard": buttons})
    assert answer["reply_markup"] == {"inline_keyboard": [[{"text": "Gửi", "callback_data": "send"}]]}


async def test_a_parameter_of_other_methods_is_passed_over_but_no_typing_error(raw: Raw, nam: Person) -> None:
    await nam.starts()
    assert await raw.result("sendLocation", chat_id=nam.id, latitude=1, longitude=2, parse_mode="HTML")
    assert "strict" in await raw.refused("sendLocation", chat_id=nam.id, latitude=1, longitude=2, pasre_mode="HTML")


async def test_rights_that_a_bot_does_not_name_are_not_asked_for(raw: Raw) -> None:
    await raw.result("setMyDefaultAdministratorRights", rights={"can_delete_messages": True})
    rights = await raw.result("getMyDefaultAdministratorRights")
    assert rights["can_delete_messages"]
    assert not rights["can_invite_users"]


@pytest.mark.parametrize(
    ("mode", "text"), [("Markdown", "*Số* _ca_"), ("MarkdownV2", "*Số* _ca_"), ("html", "<b>Số</b> <i>ca</i>")]
)
async def test_each_parse_mode_says_the_same(mode: str, text: str, raw: Raw, nam: Person) -> None:
    await nam.starts()
    answer = await raw.result("sendMessage", chat_id=nam.id, text=text, parse_mode=mode)
    assert (answer["text"], [each["type"] for each in answer["entities"]]) == ("Số ca", ["bold", "italic"])


async def test_an_album_may_hold_photos_and_videos_but_documents_only_alone(
    raw: Raw, nam: Person, picture: bytes
) -> None:
    await nam.starts()
    files = {"a": ("a.png", picture), "b": ("b.mp4", b"video"), "c": ("c.txt", b"text")}
    photo, video, document = (
        {"type": kind, "media": f"attach://{name}"}
        for kind, name in (("photo", "a"), ("video", "b"), ("document", "c"))
    )
    await sent(raw, "sendMediaGroup", files, chat_id=str(nam.id), media=[photo, video])
    first, second = await nam.next_message(), await nam.next_message()
    assert ("photo" in first.body, "video" in second.body) == (True, True)
    assert first.body["media_group_id"] == second.body["media_group_id"]
    await sent(raw, "sendMediaGroup", files, chat_id=str(nam.id), media=[document, document])
    form = aiohttp.FormData({"chat_id": str(nam.id), "media": json.dumps([photo, document])})
    for name, (file_name, content) in files.items():
        form.add_field(name, content, filename=file_name)
    async with raw.session.post(f"{raw.url}/bot1000:SIMULATOR/sendMediaGroup", data=form) as response:
        assert response.status == 400


async def test_a_large_photo_is_told_in_sizes_up_to_1280(raw: Raw, nam: Person) -> None:
    await nam.starts()
    answer = await sent(raw, "sendPhoto", {"photo": ("a.png", png(1920, 1080))}, chat_id=str(nam.id))
    assert [(each["width"], each["height"]) for each in answer["photo"]] == [
        (90, 51),
        (320, 180),
        (800, 450),
        (1280, 720),
    ]


async def test_a_sticker_has_a_thumbnail_that_can_be_fetched(raw: Raw, nam: Person, picture: bytes) -> None:
    await nam.starts()
    sticker = (await sent(raw, "sendSticker", {"sticker": ("a.png", png(512, 256))}, chat_id=str(nam.id)))["sticker"]
    assert (sticker["thumbnail"]["width"], sticker["thumbnail"]["height"]) == (320, 160)
    assert (await raw.result("getFile", file_id=sticker["thumbnail"]["file_id"]))["file_path"]


async def test_a_recording_says_what_its_bytes_say(raw: Raw, nam: Person, tmp_path: Any) -> None:
    make(tmp_path)
    await nam.starts()
    files = {name: (name, (tmp_path / name).read_bytes()) for name in ("telegram.mp4", "telegram.mp3", "telegram.ogg")}
    video = await sent(raw, "sendVideo", {"video": files["telegram.mp4"]}, chat_id=str(nam.id))
    assert {k: video["video"][k] for k in ("width", "height", "duration", "mime_type", "file_name")} == {
        "width": 360, "height": 640, "duration": 5, "mime_type": "video/mp4", "file_name": "telegram.mp4",
    }  # fmt: skip
    audio = await sent(raw, "sendAudio", {"audio": files["telegram.mp3"]}, chat_id=str(nam.id), performer="Đài xã")
    assert (audio["audio"]["duration"], audio["audio"]["performer"]) == (3, "Đài xã")
    voice = await sent(raw, "sendVoice", {"voice": files["telegram.ogg"]}, chat_id=str(nam.id))
    assert (voice["voice"]["duration"], voice["voice"]["mime_type"]) == (3, "audio/ogg")
    again = await raw.result("sendAudio", chat_id=nam.id, audio=audio["audio"]["file_id"], duration=9)
    assert again["audio"] == audio["audio"]


@pytest.mark.parametrize("content", [b"", b"\xff", b"\0\0\0\x08ftyp", b"OggS", b"ID3", b"\x1aE\xdf\xa3", b"GIF89a"])
def test_a_broken_recording_says_nothing_of_itself(content: bytes) -> None:
    seen = look(content)
    assert (seen.width, seen.height, seen.duration) == (0, 0, 0)


async def test_a_video_can_be_forwarded_and_copied(raw: Raw, nam: Person) -> None:
    await nam.starts()
    video = await sent(raw, "sendVideo", {"video": ("a.mp4", b"video")}, chat_id=str(nam.id), caption="Diễn tập")
    call = {"chat_id": nam.id, "from_chat_id": nam.id, "message_id": video["message_id"]}
    assert (await raw.result("forwardMessage", **call))["video"] == video["video"]
    await raw.result("copyMessage", **call, caption="Khác")
    assert nam.heard[-1].body["video"] == video["video"]
    assert nam.heard[-1].text == "Khác"


async def test_a_file_is_fetched_from_an_address_on_loopback(raw: Raw, nam: Person, picture: bytes) -> None:
    async def shown(http: web.Request) -> web.Response:
        return web.Response(body=picture, content_type="image/png")

    app = web.Application()
    app.router.add_get("/so-lieu.png", shown)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await nam.starts()
    await raw.result("sendPhoto", chat_id=nam.id, photo=f"{here}/so-lieu.png")
    photo = (await nam.next_message()).photo
    assert photo is not None
    assert photo.content == picture
    await raw.result("sendMediaGroup", chat_id=nam.id, media=[{"type": "document", "media": f"{here}/so-lieu.png"}] * 2)
    assert (
        await raw.refused("sendPhoto", chat_id=nam.id, photo=f"{here}/none")
        == "Bad Request: failed to get HTTP URL content"
    )
    await runner.cleanup()


async def test_a_chat_shows_its_photo_small_and_big(raw: Raw, sim: Simulator, nam: Person, picture: bytes) -> None:
    group = sim.group("Lãnh đạo", [nam])
    sim.admit(group, sim.first_bot, "administrator")
    await sent(raw, "setChatPhoto", {"photo": ("a.png", picture)}, chat_id=str(group.id))
    photo = (await raw.result("getChat", chat_id=group.id))["photo"]
    assert len(set(photo.values())) == 4
    assert (await raw.result("getFile", file_id=photo["small_file_id"]))["file_size"] == len(picture)
    await raw.result("deleteChatPhoto", chat_id=group.id)
    assert "photo" not in await raw.result("getChat", chat_id=group.id)
    assert await raw.refused("deleteChatPhoto", chat_id=group.id) == "Bad Request: CHAT_NOT_MODIFIED"


async def test_a_poll_is_closed_when_its_time_is_over_by_the_clock(raw: Raw, sim: Simulator, nam: Person) -> None:
    await nam.starts()
    poll = await raw.result(
        "sendPoll", chat_id=nam.id, question="Họp?", options=[{"text": "Có"}, {"text": "Không"}], open_period=60
    )
    sim.clock.advance(timedelta(seconds=61))
    buttons = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "1"}]]}
    edited = await raw.result(
        "editMessageReplyMarkup", chat_id=nam.id, message_id=poll["message_id"], reply_markup=buttons
    )
    assert (edited["poll"]["id"], edited["poll"]["is_closed"]) == (poll["poll"]["id"], True)
    over = await raw.refused("stopPoll", chat_id=nam.id, message_id=poll["message_id"])
    assert over == "Bad Request: poll has already been closed"


async def test_an_invitation_is_changed_and_taken_back(raw: Raw, sim: Simulator, nam: Person) -> None:
    group = sim.group("Lãnh đạo", [nam])
    refused = await raw.refused("createChatInviteLink", chat_id=group.id)
    assert refused == "Bad Request: not enough rights"
    sim.admit(group, sim.first_bot, "administrator")
    link = await raw.result("createChatInviteLink", chat_id=group.id, name="Cán bộ", member_limit=3)
    where = {"chat_id": group.id, "invite_link": link["invite_link"]}
    assert await raw.result("editChatInviteLink", **where, creates_join_request=True) == {
        **{name: link[name] for name in link if name not in ("name", "member_limit")},
        "creates_join_request": True,
    }
    assert (await raw.result("revokeChatInviteLink", **where))["is_revoked"]


async def test_the_menu_button_of_a_chat_is_the_default_until_it_has_one(raw: Raw, nam: Person) -> None:
    await nam.starts()
    assert await raw.result("getChatMenuButton") == {"type": "commands"}
    assert await raw.result("getChatMenuButton", chat_id=nam.id) == {"type": "default"}


async def test_a_place_that_is_shared_live_moves_and_stays(raw: Raw, nam: Person) -> None:
    await nam.starts()
    live = await raw.result("sendLocation", chat_id=nam.id, latitude=19.8, longitude=105.6, live_period=600)
    where = {"chat_id": nam.id, "message_id": live["message_id"]}
    moved = await raw.result("editMessageLiveLocation", **where, latitude=20, longitude=105.6)
    assert moved["location"] == {"latitude": 20, "longitude": 105.6, "live_period": 600}
    assert "live_period" not in (await raw.result("stopMessageLiveLocation", **where))["location"]
    assert await raw.refused("stopMessageLiveLocation", **where) == "Bad Request: message can't be edited"


def test_no_lock_of_the_peers_names_an_address() -> None:
    for name in ("package-lock.json", "requirements.lock"):
        text = (ROOT / "bench" / "peers" / "clients" / name).read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert "index-url" not in text
