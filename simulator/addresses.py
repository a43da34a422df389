"""Files that a call names by an address: fetched where the address lies on loopback, as there is no network elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import aiohttp

from simulator.description import shapes
from simulator.errors import Refusal
from simulator.requests import Upload

Json = dict[str, Any]

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PATIENCE = aiohttp.ClientTimeout(total=20)
IN_MEDIA = ("media", "thumbnail", "cover", "photo")


async def fetch_named(method: str, params: Json, uploads: dict[str, Upload]) -> None:
    """Put what addresses lead to in the place of the addresses. Refusal where one cannot be fetched."""
    fields = shapes().methods[method]
    for name in (name for name in params if "InputFile" in fields[name].types):
        params[name] = await _fetched(params[name], uploads)
    media = params.get("media")
    for item in media if isinstance(media, list) else [media] if isinstance(media, dict) else []:
        for name in (name for name in IN_MEDIA if name in item):
            item[name] = await _fetched(item[name], uploads)


async def _fetched(value: Any, uploads: dict[str, Upload]) -> Any:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    parts = urlsplit(value)
    if parts.hostname not in LOOPBACK:
        raise Refusal(f"the simulator fetches files from loopback only, not from {parts.hostname}", 501)
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(value) as answer:
            if answer.status != 200:
                raise Refusal("failed to get HTTP URL content")
            content, mime = await answer.read(), answer.content_type
    except (aiohttp.ClientError, TimeoutError):
        raise Refusal("failed to get HTTP URL content") from None
    name = f"fetched {len(uploads)}"
    uploads[name] = Upload(parts.path.rpartition("/")[2] or "file", content, mime)
    return f"attach://{name}"
