"""Who a link to a report's page lets in: its person, once, for a while, for that report; everybody else is told what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.context import Context
from services.end_duty import end_duty
from services.report_page import SESSION_HOLDS
from storage.organisation import people
from tests.conversations.house import House, Talker, fills_in
from tests.report_page.conftest import LINK, Browser, link_for
from tests.report_page.test_filling import numbers

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def ends_duty(house: House, name: str) -> None:
    """As the desk's command line does it."""

    def end(connection) -> None:  # type: ignore[no-untyped-def]
        context: Context = house.running.dispatch.context(connection, house.simulator.clock.now())
        (person,) = people.named(connection, name)
        (duty,) = context.duties(person)
        end_duty(context, duty, None)

    await house.running.clerk.write(end)


async def test_a_link_opens_once_and_whoever_only_fetches_it_uses_nothing_up(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    link, mine, other = await link_for(reporter), browser(), browser()
    for each in (other, other, mine):
        door = await each.get(link)
        door.has("Phiếu này của đồng chí Lê Văn Nam", "Mở phiếu", "xã Thọ Dân")
        assert door.headers["Cache-Control"] == "no-store"
        assert "script-src 'self'" in door.headers["Content-Security-Policy"]
    page = await mine.opens(link)
    assert page.status == 200
    cookie = next(iter(mine.http.cookie_jar))
    path = "/" + page.url.split("/", 3)[3]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", path)
    assert (await mine.get(link)).field("token")  # who has come in by it is led to the page
    stranger = await other.get(link)
    stranger.has("Đường dẫn này đã dùng", "/phieu")
    assert stranger.status == 410
    assert (await other.posts(link.partition("?")[0], [("k", link.partition("?k=")[2])])).status == 410


async def test_a_link_that_is_over_forged_or_whose_duty_has_ended_lets_nobody_in(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    first, second, mine = await link_for(reporter), await link_for(reporter), browser()
    said, _, signed = first.partition("?k=")[2].partition(".")
    for forged in (f"{said}.{signed[:-2]}AA", f"{said[:-2]}AA.{signed}", f"{said}.", ".", "x" * 5000):
        assert (await mine.get(first.partition("?")[0] + f"?k={forged}")).status == 410
    page = await mine.opens(second)
    house.simulator.clock.advance(timedelta(hours=25))
    await house.settled()
    reporter.forgets()
    assert (await browser().opens(first)).status == 410
    assert (await mine.get(page.url)).status == 410  # twelve hours are over too
    third = browser()
    page = await third.opens(await link_for(reporter))
    assert page.status == 200
    await ends_duty(house, "Lê Văn Nam")
    await house.settled()
    reporter.forgets()
    (await third.sends(f0_new="3")).has("đồng chí không còn phụ trách")
    assert timedelta(hours=25) > SESSION_HOLDS


async def test_a_form_of_another_site_or_of_another_browser_changes_nothing(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine, other = browser(), browser()
    page = await mine.opens(await link_for(reporter))
    fields = [*page.fields, ("a:f0_new", "3"), ("do", "save")]
    for wrong in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert (await mine.posts(page.url, fields, **wrong)).status == 403
    assert (await mine.posts(page.url, [("do", "save")])).status == 403
    assert (await other.posts(page.url, fields)).status == 403
    again = await mine.posts(page.url, fields, Accept="application/json")
    assert '"state": "open"' not in again.text
    (await mine.get(page.url)).has("Số ca mắc mới")


async def test_it_sends_once_and_a_correction_comes_by_a_new_link_with_its_reason(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    fields = [*page.fields, *((f"a:{name}", value) for name, value in numbers(page).items())]
    sent = [(name, value) for name, value in dict(fields).items()] + [("do", "send")]
    (await mine.posts(page.url, sent)).has("đã tiếp nhận")
    await house.settled()
    new = next(each for each in reporter.forgets() if "đã tiếp nhận" in each.text)
    (await mine.posts(page.url, sent)).has("CD-15742-101121-1")  # the answer was lost: nothing is sent twice
    assert 'value="correct"' not in (await mine.get(page.url)).text
    link = next(button.url for row in new.buttons for button in row if button.url)
    page = await mine.opens(link)
    page.has("Điều chỉnh")
    page = await mine.sends("correct")
    page.has("Đang điều chỉnh báo cáo số CD-15742-101121-1", "Lý do điều chỉnh")
    (await mine.sends("send")).has("không có gì để điều chỉnh")
    (await mine.sends("send", f1_new="7")).has("cần có lý do")
    (await mine.sends_fields({"reason": "nhập nhầm số ca"}, "send")).has("CD-15742-101121-2", "nhập nhầm số ca")
    await house.settled()
    reporter.hears("CD-15742-101121-2")


async def test_of_a_returned_report_only_the_returned_figures_are_open(
    house: House, reporter: Talker, leader: Talker, browser: Callable[[], Browser]
) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.forgets()
    await leader.says("/tralai CD-15742-101121-1 2: xem lại số ca cộng đồng")
    leader.forgets()
    await house.moves_to("15:35")
    reporter.forgets()
    leader.forgets()
    mine = browser()
    await mine.opens(await link_for(reporter))
    page = await mine.sends("correct")
    page.has("Trả lại: xem lại số ca cộng đồng")
    assert [name for name, _ in page.fields if name.startswith("a:")] == ["a:f0_new_community"]
    done = await mine.sends_fields({"a:f0_new_community": "0", "reason": "kiểm tra lại"}, "send")
    done.has("CD-15742-101121-2")
    await house.settled()
    reporter.forgets()
    leader.forgets()


async def test_a_leader_opens_the_form_of_a_unit_below_him_and_nobody_elses(
    house: House, leader: Talker, resident: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(leader, "Dân Lực"))
    page.has("xã Dân Lực", "Trần Thị Hoa")
    assert {name for name, _ in page.fields if name.startswith("k:")} >= {"k:level"}
    await leader.says("/phieu Hà Nội")
    leader.hears("Hà Nội")
    await resident.says("/phieu")
    assert LINK.search(" ".join(each.text for each in resident.forgets())) is None
    typed = {"a:level": "2", "a:decision_number": "4521/QĐ-UBND", "a:decision_date": "2021-11-10"}
    (await mine.sends_fields(typed, "send")).has("đã tiếp nhận", "xã Dân Lực")
    await house.settled()
    leader.hears("đã tiếp nhận")


async def test_whoever_tries_many_links_waits(house: House, reporter: Talker, browser: Callable[[], Browser]) -> None:
    link, thief = await link_for(reporter), browser()
    address = link.partition("?")[0]
    asked = [(await thief.get(f"{address}?k=a.{n}")).status for n in range(32)]
    assert asked[:30] == [410] * 30
    assert asked[30:] == [429] * 2
    assert (await thief.get(link)).status == 200  # many people share an address: a link of ours is always looked at


async def test_a_reminder_carries_the_link_and_a_printed_code_carries_no_right(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    await house.moves_to("16:00")
    letter = next(each for each in reporter.forgets() if "Mở trên trang" in each.labels)
    link = next(button.url for row in letter.buttons for button in row if button.url)
    assert LINK.fullmatch(link)
    (await browser().opens(link)).has("Lê Văn Nam", "Số ca mắc mới")
    printed = await browser().get(f"{house.settings.public_url}/r/")
    printed.has("hãy nhắn /phieu cho bot", "Về khung chat với bot")
    assert "Thọ Dân" not in printed.text


async def test_where_nobody_reaches_us_there_is_no_page_and_nothing_of_it_is_said(
    house: House, reporter: Talker
) -> None:
    await house.stop()
    house.settings = house.settings.model_copy(update={"public_url": ""})
    await house.start()
    await reporter.says("/phieu")
    reporter.hears("Chưa mở được phiếu trên trang", "/baocao")
    await reporter.says("/baocao")
    assert "Mở trên trang" not in reporter.hears("(1/20)").labels
