"""The page's templates, style sheet and script: read once, their addresses change with their content."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web
from jinja2 import Environment

from bot.web.templates import templates_in

HERE = Path(__file__).parent
KINDS = {"report.css": "text/css", "kept.js": "text/javascript", "report.js": "text/javascript"}
WORKER = "worker.js"
"""It stands beside the pages, since a browser lets it see only what is below its own address."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@lru_cache
def page_templates() -> Environment:
    return templates_in(HERE / "templates")


@lru_cache
def asset_mark() -> str:
    return sha256(b"".join((HERE / name).read_bytes() for name in KINDS)).hexdigest()[:10]


async def page_asset(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in KINDS:
        raise web.HTTPNotFound
    headers = HEADERS | {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(body=(HERE / name).read_bytes(), content_type=KINDS[name], charset="utf-8", headers=headers)


async def page_worker(request: web.Request) -> web.Response:
    """What opens a page again without a network; the browser asks for it anew each time, so a change of it is there at once."""
    headers = HEADERS | {"Cache-Control": "no-cache"}
    return web.Response(
        body=(HERE / WORKER).read_bytes(), content_type="text/javascript", charset="utf-8", headers=headers
    )
