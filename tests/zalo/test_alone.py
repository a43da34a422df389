"""A whole day at Zalo alone, where Telegram may not be used: invitation, reminder, report, digest, a resident's question."""

import re

import pytest

from bot.doctor.checks import CHECKS
from bot.doctor.findings import Health, Surroundings
from bot.running.alerts import alert_address
from bot.zalo.doctor_checks import check_zalo_settings
from bot.zalo.folder import ZALO_FOLDER
from bot.zalo.settings import ZaloSettings
from messages.admins.invitation_words import joining
from reporting.people import Address
from reporting.translator import LANGUAGES, translator
from reporting.way_in import WayIn
from tests.channels import CHANNELS
from tests.conversations.house import ANSWERS
from tests.zalo.roads import TwoRoads


async def test_a_day_without_telegram(zalo_alone: TwoRoads) -> None:
    house = zalo_alone
    assert [each.channel.name for each in house.running.messengers] == ["zalo"]
    desk = await house.joined_by_zalo("Trực hệ thống", "admin", "397")
    await desk.says("/moi Thọ Dân")
    made = desk.hears("Giấy mời số", "Qua Zalo: mở Zalo, tìm bot «Bot Giao Ban» và nhắn: mã ").words
    assert "t.me" not in made
    nam = house.zalo_talker("Lê Văn Nam")
    await nam.says(made[made.index("mã ") :])
    nam.hears("Kính chào đồng chí Lê Văn Nam", "xã Thọ Dân")
    hoa = await house.joined_by_zalo("Trần Thị Hoa", "leader", "397")
    await house.moves_to("16:00")
    reminder = nam.hears("Còn 30 phút", "11 Báo cáo ngay").words
    assert "ấm «" not in reminder
    await nam.says("11")
    nam.hears("(1/20)")
    for place, answer in enumerate((*ANSWERS, "*6"), 1):
        await nam.says(answer)
        nam.hears("Báo cáo ngày" if place == 20 else f"({place + 1}/20)")
    await nam.says("1")
    nam.hears("đã tiếp nhận báo cáo ngày 10/11/2021")
    await house.moves_to("17:00")
    digest = [each.words for each in hoa.forgets()]
    assert any("1/3 đơn vị" in each for each in digest)
    assert not any("Excel" in each for each in digest)  # there is no page that could give it
    lan = house.zalo_talker("Bà Lan")
    await lan.says("Thọ Dân hôm nay bao nhiêu F0?")
    lan.hears("3 ca", "Thọ Dân")
    await nam.says("/lienket")
    nam.hears("Hệ thống hiện chưa có kênh nào khác")
    for each in house.zalo_talkers:
        assert not [heard.words for heard in each.forgets() if "Telegram" in heard.words or "t.me" in heard.words]
    assert not [row for row in await house.rows("outbox") if row.channel != "zalo"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_names_every_way_in(language: str) -> None:
    words = translator(language)
    both = [WayIn(CHANNELS["telegram"], "giaoban_bot"), WayIn(CHANNELS["zalo"], "Bot Giao Ban")]
    link, typed = joining("AbC", both, words)
    assert link == "https://t.me/giaoban_bot?start=AbC"
    assert "«Bot Giao Ban»" in typed or "“Bot Giao Ban”" in typed
    assert re.search(r"(mã|code) AbC$", typed)


def test_the_doctor_takes_zalo_alone_for_well(zalo_alone_settings: Surroundings) -> None:
    found = {check.__name__: check(zalo_alone_settings) for check in (*CHECKS, *ZALO_FOLDER.checks())}
    assert found["check_token"].key == found["check_clock"].key == "doctor_telegram_none"
    assert not [name for name, each in found.items() if each.health is Health.FAILURE and name != "check_disk"]


@pytest.mark.parametrize(
    ("changed", "check", "key"),
    [
        ({"public_url": "https://a.vn"}, "check_links", "doctor_links_unserved"),
        ({"public_url": "https://a.vn", "link_secret": ""}, "check_links", "doctor_links_unsigned"),
        ({"desk_url": "https://a.vn"}, "check_links", "doctor_links_desk"),
        ({}, "check_links", "doctor_links_none"),
        ({"public_url": "https://a.vn", "open_data_listen": "127.0.0.1:1"}, "check_links", "doctor_links"),
        ({"zalo_token": ""}, "check_links", "doctor_links_unused"),
        ({"zalo_webhook_url": ""}, "check_zalo_settings", "doctor_zalo_polled"),
        ({"zalo_webhook_secret": ""}, "check_zalo_settings", "doctor_zalo_unproved"),
        ({"zalo_name": ""}, "check_zalo_settings", "doctor_zalo_unnamed"),
        ({"alert_chat": "-100"}, "check_telegram_alone", "doctor_telegram_mute"),
        ({"alert_chat": "zalo:x1"}, "check_telegram_alone", "doctor_telegram_settings"),
        ({"bot_token": "1:x", "alert_chat": "-100"}, "check_telegram_alone", "doctor_telegram_settings"),
    ],
)
def test_what_does_not_go_together_is_named(
    zalo_alone_settings: Surroundings, changed: dict[str, str], check: str, key: str
) -> None:
    of = zalo_alone_settings
    zalo = of.settings.of(ZaloSettings).model_copy(update=changed)
    changed_to = Surroundings(of.settings.model_copy(update=changed).with_own(zalo), of.now, None)
    found = {each.__name__: each for each in (*CHECKS, check_zalo_settings)}[check](changed_to)
    assert found.key == key
    for language in LANGUAGES:
        words = translator(language)
        assert words.plain(found.key, **found.values)
        assert found.health is Health.OK or words.plain(f"{found.key}_advice")


def test_alerts_go_to_a_chat_of_any_channel_that_there_is(zalo_alone_settings: Surroundings) -> None:
    settings, zalo = zalo_alone_settings.settings, {"zalo": CHANNELS["zalo"]}
    at_zalo, at_telegram = (settings.model_copy(update={"alert_chat": each}) for each in ("zalo:x1", "-100"))
    assert alert_address(at_zalo, zalo) == Address("zalo", "x1")
    assert alert_address(at_telegram, zalo) is None
    assert alert_address(at_telegram, CHANNELS) == Address("telegram", "-100")
