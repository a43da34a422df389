"""The control interface: everything that Python can do, over HTTP."""

import base64
from typing import Any

import pytest

from simulator import Person, Simulator
from simulator.control import Control
from simulator.methods import METHODS
from simulator.orders import ORDERS
from tests.environment import ROOT
from tests.simulator.conftest import Raw

ORDER_EXAMPLES: dict[str, dict[str, Any]] = {
    "say": {"text": "3"},
    "tap": {"label": "Gửi"},
    "start": {"payload": "ma"},
    "open": {"link": "https://t.me/giaoban_bot?start=ma"},
    "photo": {"content": "PNG", "caption": "Ảnh"},
    "document": {"content": base64.b64encode(b"x").decode(), "file_name": "a.xlsx"},
    "location": {"latitude": 19.8, "longitude": 105.6},
    "sticker": {},
    "contact": {},
    "forward": {"from_chat": "PRIVATE", "message_id": 1},
    "edit": {"message_id": 1, "text": "khác"},
    "delete": {"message_id": 1},
    "choose": {"result": {"type": "article", "id": "1", "title": "Thọ Dân: 3 ca"}},
    "read": {"message_id": 1},
    "join": {"into": "GROUP"},
    "leave": {"chat": "GROUP"},
    "block": {},
    "unblock": {},
    "offline": {},
    "online": {},
}


@pytest.mark.parametrize("order", ORDER_EXAMPLES)
async def test_a_person_does_it(order: str, raw: Raw, nam: Person, sim: Simulator, picture: bytes) -> None:
    group = sim.group("Lãnh đạo", [nam])
    await nam.starts()
    keyboard = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "1"}]]}
    await raw.result("sendMessage", chat_id=nam.id, text="?", reply_markup=keyboard)
    known = {"PRIVATE": nam.private().key, "GROUP": group.key, "PNG": base64.b64encode(picture).decode()}
    body = {k: known.get(v, v) if isinstance(v, str) else v for k, v in ORDER_EXAMPLES[order].items()}
    answer = await raw.control(f"people/{nam.id}/{order}", **body)
    assert "error" not in answer
    assert await raw.updates()


def test_every_order_has_an_example() -> None:
    assert set(ORDER_EXAMPLES) == set(ORDERS) - {"inline"}


async def test_what_cannot_be_done_is_said_in_words(raw: Raw, nam: Person) -> None:
    await nam.starts()
    wrong: list[tuple[str, dict[str, Any], str]] = [
        (f"people/{nam.id}/fly", {}, "people do not fly"),
        ("people/7/say", {"text": "x"}, "nobody has the id 7"),
        (f"people/{nam.id}/tap", {"label": "Gửi"}, "sees no button «Gửi»"),
        (f"people/{nam.id}/say", {"text": " "}, "does not send an empty message"),
        (f"people/{nam.id}/say", {"text": "x", "chat": "-5"}, "does not see the chat -5"),
        (f"people/{nam.id}/edit", {"message_id": 9, "text": "x"}, "sees no message 9"),
        (f"people/{nam.id}/photo", {"content": "eA=="}, "IMAGE_PROCESS_FAILED"),
        ("bots", {"token": "x"}, "a token looks like"),
    ]
    for path, body, words in wrong:
        assert words in (await raw.control(path, **body))["error"]


async def test_people_groups_and_bots_are_added_and_found(raw: Raw, sim: Simulator) -> None:
    person = await raw.control("people", name="Lê Văn Nam", id=77, caption="Thọ Dân")
    assert person["chats"] == ["1000:77"]
    made = await raw.control("groups", title="Tổ", members=[77], type="forum", topics=["Sáng"], bot="administrator")
    assert list(made["topics"]) == ["Sáng"]
    assert (await raw.control("bots", token="2000:OTHER", username="khac_bot", name="Khác"))["id"] == 2000
    assert (await raw.control("people?q=thọ", "GET"))[0]["id"] == 77
    state = await raw.control("state", "GET")
    assert [chat["title"] for chat in state["chats"]] == ["Giao Ban", "Tổ"]
    assert (await raw("getMe", token="2000:OTHER"))[1]["result"]["username"] == "khac_bot"


async def test_coming_and_going_is_announced(raw: Raw, nam: Person, sim: Simulator) -> None:
    group = sim.group("Tổ", [sim.person("Trưởng tổ")])
    sim.admit(group, sim.first_bot, "administrator")
    await raw.updates(allowed_updates=["message", "chat_member"])
    await nam.joins(group)
    await nam.leaves(group)
    updates = await raw.updates()
    assert [u["chat_member"]["new_chat_member"]["status"] for u in updates if "chat_member" in u] == ["member", "left"]
    assert ["new_chat_members" in u["message"] for u in updates if "message" in u] == [True, False]


async def test_another_sites_page_may_not_control_the_simulator(raw: Raw, sim: Simulator) -> None:
    for origin, status in [("https://example.org", 403), (sim.url, 200)]:
        async with raw.session.post(
            f"{raw.url}/control/clock", json={"speed": 0}, headers={"Origin": origin}
        ) as response:
            assert response.status == status


async def test_the_log_names_calls_and_how_they_ended(raw: Raw, nam: Person) -> None:
    await nam.starts()
    await raw.result("sendMessage", chat_id=nam.id, text="x")
    await raw.refused("sendMessage", chat_id=1, text="x")
    log = await raw.control("log?method=sendMessage", "GET")
    assert [(call["status"], call["params"]["text"]) for call in log] == [(200, "x"), (400, "x")]
    assert await raw.control(f"log?after={log[-1]['number']}", "GET") == []


def test_the_documentation_names_every_method_order_and_route() -> None:
    words = (ROOT / "simulator" / "README.md").read_text(encoding="utf-8")
    missing = [name for name in [*METHODS, *ORDERS] if f"`{name}`" not in words]
    routes = [path for _, path in Control.ROUTES if f"/control/{path}" not in words]
    assert missing + routes == []
