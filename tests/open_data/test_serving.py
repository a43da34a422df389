"""How the site serves: what has not changed is not sent again, and nobody gets more than reading."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.web.open_memory import Memory
from tests.open_data.conftest import Site
from tests.residents.town import at


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    first = await site.get("/figures.json")
    again = await site.get("/figures.json", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.text, again.headers["ETag"]) == (304, "", first.headers["ETag"])
    since = await site.get("/figures.json", {"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status == 304


async def test_a_new_report_is_told_at_once(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    first = await site.get("/figures.json")
    site.town.reports("15742", f0_new=4, revision=2)
    told = {"If-None-Match": first.headers["ETag"]}
    second = await site.get("/figures.json", told)
    assert second.status == 200
    assert second.headers["ETag"] != first.headers["ETag"]
    since = await site.get("/figures.json", {"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status == 200
    assert (await site.figure("15742", "f0_new"))["value"] == 4


async def test_the_passing_of_the_due_time_is_told(site: Site) -> None:
    first = await site.get("/", lang="vi")
    site.town.now = at("16:31")
    second = await site.get("/", {"If-None-Match": first.headers["ETag"]}, lang="vi")
    assert second.status == 200
    assert "quá hạn" in second.text


async def test_an_answer_that_is_the_same_a_minute_later_keeps_its_tag(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    first = await site.get("/figures.csv")
    site.town.now = at("15:45")
    later = await site.get("/figures.csv", {"If-Modified-Since": first.headers["Last-Modified"]})
    assert later.status == 304


async def test_health_and_what_is_not_there(site: Site) -> None:
    assert (await site.get("/health")).json == {"ok": True}
    assert (await site.get("/page/../program.py")).status == 404
    assert (await site.get("/page/markup.py")).status == 404
    async with site.http.post(f"{site.address}/figures.json", data=b"{}") as response:
        assert response.status == 405
    async with site.http.head(f"{site.address}/figures.json") as response:
        assert response.status == 200


async def test_no_answer_names_the_library_or_its_version(site: Site) -> None:
    for path in ("/", "/figures.json", "/nowhere"):
        assert (await site.get(path)).headers["Server"] == "giaoban"
    host, port = site.address.removeprefix("http://").rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET / HTTP/9.9\r\n\r\n")
    garbled = (await reader.read()).decode()
    writer.close()
    assert garbled.startswith("HTTP/1.0 400")
    assert "Server: giaoban" in garbled
    assert "Python" not in garbled


async def test_every_answer_is_hardened(site: Site) -> None:
    for path in ("/", "/figures.json", "/health", "/page/page.css", "/nowhere"):
        answer = await site.get(path)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (await site.get("/figures.json")).headers["Access-Control-Allow-Origin"] == "*"


async def test_the_page_speaks_the_language_of_the_browser(site: Site) -> None:
    english = await site.get("/", {"Accept-Language": "fr, en-GB;q=0.8"})
    assert '<html lang="en">' in english.text
    assert '<html lang="vi">' in (await site.get("/", {"Accept-Language": "fr"})).text
    assert '<html lang="vi">' in (await site.get("/", {"Accept-Language": "en"}, lang="vi")).text


async def test_what_is_typed_into_the_search_is_text(site: Site) -> None:
    page = await site.get("/", q='"><script>alert(1)</script>')
    assert "<script>alert" not in page.text
    assert "&quot;&gt;&lt;script&gt;" in page.text


def test_memory_lets_the_longest_unasked_go() -> None:
    memory = Memory(most=10)
    for key in "abc":
        memory.keep(key, 1, b"12345", 0)
    assert memory.get("a", 1) is None
    assert memory.get("b", 1) is not None
    assert memory.get("c", 2) is None


def test_what_is_costly_to_make_stands_for_a_while() -> None:
    ticks = [100.0]
    memory = Memory(ticks=lambda: ticks[0])
    memory.keep("a", 1, b"x", 2)
    ticks[0] = 119.0
    assert memory.get("a", 2) is not None
    ticks[0] = 120.0
    assert memory.get("a", 2) is None


def test_another_body_in_the_same_second_has_a_later_moment() -> None:
    noon = datetime(2021, 11, 10, 12, tzinfo=UTC)
    memory = Memory(now=lambda: noon)
    assert memory.keep("a", 1, b"x", 0).modified_at == noon
    assert memory.keep("a", 2, b"y", 0).modified_at == noon + timedelta(seconds=1)
    assert memory.keep("a", 3, b"y", 0).modified_at == noon + timedelta(seconds=1)
