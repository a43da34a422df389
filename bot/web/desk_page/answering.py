"""What the desk's page answers with: templates, headers, files, and how what was sent is read."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment
from markupsafe import Markup

from bot.web.desk_page.visit import Upload
from bot.web.sent_forms import sent_form
from bot.web.templates import templates_in
from reporting.errors import Refusal, Several
from reporting.translator import LANGUAGES, Html, Translator

HERE = Path(__file__).parent
STYLE = HERE / "desk.css"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


def refusal_lines(words: Translator, refusal: Refusal) -> Markup:
    """A refusal as it is read on a page; several, a line each."""
    found = refusal.found if isinstance(refusal, Several) else (refusal,)
    return Markup("<br>").join(Markup(words.refusal(each)) for each in found)  # noqa: S704 - values are escaped


@lru_cache
def environment() -> Environment:
    return templates_in(HERE / "templates")


@lru_cache
def style_mark() -> str:
    return sha256(STYLE.read_bytes()).hexdigest()[:10]


def said_on_page(words: Translator, key: str, **values: Any) -> Markup:
    filled = {name: Html(each) if isinstance(each, Markup) else each for name, each in values.items()}
    return Markup(words(key, **filled))  # noqa: S704 - the catalogue's sentence, its values escaped


def spoken_by(request: web.Request) -> str:
    wanted = request.headers.get("Accept-Language", "")[:2].lower()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


async def sent_with(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The fields of a form that was sent, and its files."""
    fields, uploads = dict[str, str](), dict[str, Upload]()
    for name, value in (await sent_form(request, takes_files=True)).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read())
        elif isinstance(value, str):
            fields[name] = value
    return fields, uploads


def file_answer(name: str, kind: str, content: bytes | IO[bytes]) -> web.Response:
    """A file to take away; one that lies on the disk is read as it is sent, and closed."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return web.Response(body=content, content_type=kind, headers=headers)


async def style_sheet(_: web.Request) -> web.Response:
    headers = {"Cache-Control": "max-age=31536000, immutable"}
    return web.Response(body=STYLE.read_bytes(), content_type="text/css", charset="utf-8", headers=headers)


async def harden(_: web.Request, answer: web.StreamResponse) -> None:
    answer.headers.update(SAFE)
