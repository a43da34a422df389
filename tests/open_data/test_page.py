"""The public page in a browser: on a phone and on a desk, with and without scripts, light and dark."""

import pytest
from playwright.async_api import Locator, Page, expect

from storage.database.tables import metadata
from tests.open_data.conftest import Site
from tests.residents.town import at, days_ago

DESK, PHONE = (1280, 900), (390, 844)
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (el) => { for (; el; el = el.parentElement) {
    const c = rgb(getComputedStyle(el).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
  const low = [];
  for (const el of document.querySelectorAll("body *")) {
    const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || el.closest("svg") || el.classList.contains("skip") || !el.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(el).color)), light(behind(el))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${el.tagName}.${el.className} ${el.textContent.trim().slice(0, 30)}`);
  }
  return low;
}"""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""How a page looks and what its script does is of the browser alone; what it tells is looked at on both databases."""


@pytest.fixture
def told(site: Site) -> Site:
    """A district in which two of five have reported today, on the third day of figures."""
    for ago in (1, 2):
        site.town.reports("15742", days_ago(ago), f0_new=ago, f0_active=10)
        site.town.reports("15700", days_ago(ago), f0_new=0, f0_active=2)
    site.town.reports("15742", f0_new=3, f0_active=12)
    site.town.reports("15718", f0_new=10, f0_active=40)
    site.town.reports("15742", days_ago(9), "covid_level", level="3")
    site.town.now = at("17:00")
    site.writes()
    return site


async def shows(page: Page, site: Site, path: str = "/", size: tuple[int, int] = DESK) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    answer = await page.goto(f"{site.address}{path}")
    assert answer is not None
    assert answer.status == 200


def row(page: Page, unit: str) -> Locator:
    return page.locator("#units tbody tr").filter(has=page.get_by_role("rowheader", name=unit, exact=True))


async def test_the_table_has_the_figures_and_says_who_is_missing(page: Page, told: Site) -> None:
    await shows(page, told)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Số liệu phòng, chống dịch COVID-19")
    await expect(row(page, "xã Thọ Dân").get_by_role("cell").first).to_have_text("3")
    await expect(row(page, "xã Thọ Dân")).to_contain_text("Cấp 3 (vùng cam)")
    await expect(row(page, "xã Dân Lực").get_by_role("cell").first).to_have_text("chưa báo cáo")
    await expect(row(page, "xã Dân Lực")).to_contain_text("quá hạn")
    await expect(page.locator(".card").first).to_contain_text("13 ca")
    await expect(page.locator(".card").first).to_contain_text("2/5 đơn vị")
    await expect(page.locator(".report-state")).to_contain_text("2/5 đơn vị của huyện Triệu Sơn đã báo cáo")
    await expect(page.locator(".report-state")).to_contain_text("xã Dân Lực")


async def test_the_search_narrows_while_one_types_without_accents(page: Page, told: Site) -> None:
    await shows(page, told)
    await page.get_by_role("searchbox").fill("tho d")
    await expect(page.locator("#units tbody tr:visible")).to_have_count(1)
    await expect(page.get_by_role("status")).to_have_text("1/5 đơn vị")
    await page.get_by_role("searchbox").fill("giat")
    await expect(page.locator("#units tbody tr:visible")).to_contain_text("thị trấn Triệu Sơn")
    await page.get_by_role("searchbox").fill("")
    await expect(page.locator("#units tbody tr:visible")).to_have_count(5)


@ON_SQLITE
async def test_a_column_sorts_and_what_has_no_figure_stays_last(page: Page, told: Site) -> None:
    await shows(page, told)
    heads = page.locator("#units tbody th")
    await page.get_by_role("button", name="F0 mới").click()
    await expect(heads.nth(0)).to_have_text("thị trấn Nưa")
    await expect(heads.nth(1)).to_have_text("xã Thọ Dân")
    await page.get_by_role("button", name="F0 mới").click()
    await expect(heads.nth(0)).to_have_text("xã Thọ Dân")
    await expect(heads.nth(1)).to_have_text("thị trấn Nưa")
    await expect(page.locator("#units thead th").nth(1)).to_have_attribute("aria-sort", "ascending")


async def test_a_unit_has_its_trend_with_the_last_value_known(page: Page, told: Site) -> None:
    await shows(page, told)
    await page.get_by_role("link", name="xã Dân Lực").click()
    card = page.locator(".card").first
    await expect(card).to_contain_text("chưa báo cáo")
    await expect(card).to_contain_text("Số liệu gần nhất, ngày 09/11/2021: 0 ca")
    await expect(card.get_by_role("img")).to_be_visible()
    await card.locator("summary").click()
    await expect(card.locator("tbody tr").nth(0)).to_contain_text("chưa báo cáo")
    await expect(card.locator("tbody tr").nth(1)).to_contain_text("0 ca")
    await page.get_by_role("link", name="huyện Triệu Sơn").click()
    await expect(page.locator("#units")).to_be_visible()


async def test_another_day_and_the_other_language_keep_each_other(page: Page, told: Site) -> None:
    await shows(page, told)
    await page.get_by_label("Ngày", exact=True).fill("2021-11-08")
    await page.get_by_role("button", name="Xem").click()
    await expect(row(page, "xã Thọ Dân").get_by_role("cell").first).to_have_text("2")
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Figures on COVID-19 prevention and control")
    await expect(row(page, "xã Thọ Dân").get_by_role("cell").first).to_have_text("2")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.get_by_role("link", name="The day after").click()
    await expect(row(page, "xã Thọ Dân").get_by_role("cell").first).to_have_text("1")


async def test_without_scripts_all_of_it_works(page: Page, told: Site) -> None:
    await page.route("**/page.js*", lambda route: route.abort())
    await shows(page, told)
    await page.get_by_role("searchbox").fill("tho dan")
    await page.get_by_role("button", name="Tìm").click()
    await expect(page.locator("#units tbody tr")).to_have_count(1)
    await expect(row(page, "xã Thọ Dân").get_by_role("cell").first).to_have_text("3")
    await page.get_by_role("searchbox").fill("hanoi")
    await page.get_by_role("button", name="Tìm").click()
    await expect(page.locator("main")).to_contain_text("Không tìm thấy đơn vị nào có tên «hanoi»")


@ON_SQLITE
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/", "/?lang=en", "/?unit=15742", "/?q=tho"])
async def test_the_page_does_not_run_over_its_edge(page: Page, told: Site, path: str, size: tuple[int, int]) -> None:
    await shows(page, told, path, size)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@ON_SQLITE
async def test_on_a_phone_a_unit_stays_beside_its_figures(page: Page, told: Site) -> None:
    await shows(page, told, size=PHONE)
    table = page.locator(".scrolled")
    await table.evaluate("each => { each.scrollLeft = 400 }")
    name, edge = await row(page, "xã Thọ Dân").locator("th").bounding_box(), await table.bounding_box()
    assert name is not None
    assert edge is not None
    assert abs(name["x"] - edge["x"]) < 3


@ON_SQLITE
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_stands_out_from_what_is_behind_it(page: Page, told: Site, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in ("/", "/?unit=15700", "/?q=zzz"):
        await shows(page, told, path)
        assert await page.evaluate(CONTRAST) == []


@ON_SQLITE
async def test_every_field_and_picture_has_a_name(page: Page, told: Site) -> None:
    await shows(page, told)
    for role in ("link", "button", "searchbox", "img", "region", "progressbar"):
        for each in await page.get_by_role(role).all():
            named = await each.evaluate(
                "e => (e.getAttribute('aria-label') || e.textContent || e.labels?.[0]?.textContent || '').trim()"
            )
            assert named, await each.evaluate("e => e.outerHTML")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()


async def test_a_unit_with_an_evil_name_is_only_a_name(page: Page, told: Site) -> None:
    evil = '<img src=x onerror="document.title=1">'
    unit = metadata.tables["unit"]
    told.town.connection.execute(unit.update().where(unit.c.code == "15742").values(name=evil))
    told.writes()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    await shows(page, told)
    await expect(page.locator("#units")).to_contain_text(evil)
    assert await page.locator("img[src=x]").count() == 0
    assert refused == []


async def test_what_stands_does_not_fall_because_somebody_is_late(page: Page, told: Site) -> None:
    """The commune that reported yesterday and not today is in the total with yesterday's figure."""
    await shows(page, told)
    card = page.locator(".card").filter(has_text="Số ca đang điều trị").first
    await expect(card.locator(".value")).to_have_text("54 ca")
    await expect(card).to_contain_text("Gồm số kỳ trước của xã Dân Lực (09/11).")
    await card.get_by_text("Số liệu 30 ngày").or_(card.locator("summary")).first.click()
    await expect(card.locator("details tr").first).to_contain_text("54 ca 2/5 đơn vị, gồm 1 số kỳ trước")
    told.town.reports("15700", f0_new=1)
    told.writes()
    await shows(page, told)
    await expect(card.locator(".value")).to_have_text(
        "chưa tính được, vì báo cáo mới nhất của xã Dân Lực chưa có số này"
    )
