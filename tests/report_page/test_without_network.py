"""A phone on a weak network: the page is closed and opened again without one, answers are lost, windows do not know of each other."""

from collections.abc import Callable

import pytest
from playwright.async_api import Page, Route, expect

from tests.conversations.house import ANSWERS, House, Talker
from tests.report_page.conftest import Browser, link_for
from tests.report_page.test_filling import numbers
from tests.report_page.test_in_chromium import draws, opens

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COPIES = "caches.has('giaoban report 1')"
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"


async def test_a_page_that_was_closed_opens_without_a_network_with_all_that_was_typed(
    page: Page, house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    link = await link_for(reporter)
    await opens(page, link)
    await page.locator("#f-f0_new").fill("3")
    await expect(page.locator("#status")).to_contain_text("Đã lưu")
    await page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    await page.wait_for_function(f"{COPIES}.then((is) => is)")
    await house.stop()
    await page.locator("#f-f0_new_community").fill("1")
    await expect(page.locator("#status")).to_contain_text("Chưa lưu, đang chờ mạng")
    await page.goto("about:blank")
    await page.goto(link)  # as he does in the chat
    await expect(page.locator("#f-f0_new")).to_have_value("3")
    await expect(page.locator("#f-f0_new_community")).to_have_value("1")
    await expect(page.locator("#status")).to_contain_text("Chưa lưu, đang chờ mạng")
    await draws(page, "offline-again")
    await page.locator("#f-f0_recovered_new").fill("2")
    await house.start()
    await expect(page.locator("#status")).to_contain_text("Đã lưu")
    await reporter.says("/baocao")
    reporter.hears("(4/20)")
    shown = await browser().opens(await link_for(reporter))
    for name, value in numbers(shown).items():
        await page.locator(f"#f-{name}").fill(value)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#closed")).to_contain_text("đã tiếp nhận")
    await page.wait_for_function(f"Promise.all([{COPIES}, {WORKERS}]).then(([is, n]) => !is && n === 0)")
    await house.settled()
    reporter.hears("đã tiếp nhận", f"F0 mới: {ANSWERS[0]} ca")


async def test_an_answer_that_was_lost_makes_no_clash_and_windows_keep_what_was_typed_in_each(
    page: Page, house: House, reporter: Talker
) -> None:
    assert page.context.browser is not None
    context = await page.context.browser.new_context(locale="vi-VN")
    first, second = await context.new_page(), await context.new_page()
    await opens(first, await link_for(reporter))
    await second.goto(first.url)
    status, new = first.locator("#status"), first.locator("#f-f0_new")

    async def lose_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await first.route("**/r/**", lose_answer, times=1)
    await new.fill("3")
    await expect(status).to_contain_text("Chưa lưu, đang chờ mạng")
    await new.fill("5")  # it was saved as 3, by this very browser: nobody else was at it
    await expect(status).to_contain_text("Đã lưu")
    await expect(first.locator("#q-f0_new .wrong")).to_have_count(0)
    await context.set_offline(True)
    await first.locator("#f-f0_new_community").fill("4")
    await expect(status).to_contain_text("Chưa lưu, đang chờ mạng")
    await second.goto("about:blank")
    kept = await first.evaluate("JSON.parse(Object.values(localStorage)[0]).fields")
    assert {name: each["text"] for name, each in kept.items()} == {"f0_new_community": "4"}
    await context.close()


async def test_saves_that_come_twice_late_or_in_another_order_leave_what_was_typed_last(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    blank = dict(page.fields)
    first = list((blank | {"a:f0_new": "3"}).items())
    later = list((blank | {"t:f0_new": "03", "a:f0_new": "5"}).items())
    for fields in (first, first, later, later):  # no answer has come back: what the page knew is what it knew at first
        assert (await mine.posts(page.url, [*fields, ("do", "save")])).status == 200
    late = await mine.posts(page.url, [*first, ("do", "send")])
    assert late.status == 422
    late.has("Ở đây đang nhập: 3", "Lấy 5 ca")
    await reporter.says("/baocao")
    reporter.hears("(2/20)")
    assert (await mine.get(page.url)).field("a:f0_new") == "5"


async def test_what_comes_when_the_report_was_sent_or_is_closed_is_told_to_be_missing(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine, other = browser(), browser()
    page, deputys = await mine.opens(await link_for(reporter)), await other.opens(await link_for(reporter))
    fields = dict([*page.fields, *((f"a:{name}", value) for name, value in numbers(page).items()), ("do", "send")])
    sent = await mine.posts(page.url, list(fields.items()))
    sent.has("đã tiếp nhận")
    assert " hidden>" in sent.text
    same = await mine.posts(page.url, list((fields | {"a:f0_recovered_new": f"0{ANSWERS[2]}"}).items()))
    assert " hidden>" in same.text
    lost = await mine.posts(page.url, list((fields | {"a:f0_recovered_new": "9"}).items()))
    lost.has("CD-15742-101121-1", "Chưa có trong báo cáo: ", "nhắn /phieu cho bot")
    assert " hidden>" not in lost.text
    elsewhere = await other.posts(deputys.url, [*deputys.fields, ("a:f0_recovered_new", "9"), ("do", "save")])
    elsewhere.has("Chưa có trong báo cáo: ", "Điều chỉnh")
    await house.settled()
    reporter.forgets()


async def test_an_answer_that_the_forms_newer_version_does_not_know_is_told(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    known = [(name, value) for name, value in {**dict(page.fields), "a:f0_new": "3"}.items()]
    left = await mine.posts(page.url, [*known, ("k:gone", ""), ("a:gone", "7"), ("k:untouched", ""), ("do", "send")])
    assert left.status == 422
    left.has("Biểu mẫu vừa được cập nhật: 1 câu")
    assert left.field("k:f0_new") == "3"
