"""Requests as nobody's browser sends them, byte by byte, for any route of any server."""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

PLACES = ("..", "%2e%2e%2fsettings.py", "%252e%252e%252fsettings.py", "..%5c..%5cx", "%00", "%ff", "a" * 5000, "%0d%0aX-Evil:%201",
          "%00" + "A" * 42, "<script>", "%C3%A9")  # fmt: skip
"""What stands in an address where a route has a name."""
VALUES = (
    "%00",
    "%ff",
    "%ED%A0%80",
    "-1",
    "9" * 30,
    "0001-01-01",
    "9999-12-31",
    "2021-02-30",
    "x" * 3000,
    "..%2f..",
    "%0d%0aX-Evil:%201",
    "é",
)
"""What stands behind each name of a query, or in each field of a form."""
METHODS = ("HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "BREW")
HEADERS: tuple[bytes, ...] = (
    b"Host: evil.example", b"Host: a\x00b", b"Range: bytes=0-1,5-,99999-", b"If-None-Match: garbage, \"", b"If-Modified-Since: never",
    b"Accept-Language: " + b"x" * 5000, b"Accept-Language: \xff", b"Accept: application/json", b"Cookie: desk=\xc3\xa9; report=\xff",
    b"Cookie: " + b"desk=a; " * 200, b"X-Forwarded-For: ' or 1=1", b"Origin: null", b"Referer: \xff", b"Expect: 100-continue",
    b"X-Telegram-Bot-Api-Secret-Token: \xff", b"X-Bot-Api-Secret-Token: \xff",
)  # fmt: skip
FORM = b"application/x-www-form-urlencoded"
BODIES: tuple[tuple[bytes, bytes], ...] = (
    (FORM, b"token=%C3%A9&k=%00&key=%00"),
    (FORM, b"token=\xff&k=\xff&key=\xff"),
    (FORM + b"; charset=bogus", b"token=1"),
    (FORM + b"; charset=utf-7", b"token=+AAA-"),
    (FORM + b"; charset=punycode", b"token=1-"),
    (FORM, b"&" * 20_000),
    (b"multipart/form-data", b"no boundary"),
    (b"multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\xff\r\n--x--\r\n"),
    (b"multipart/form-data; boundary=x", b"--x\r\nbroken"),
    (b"multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"..\"\r\n\r\n1\r\n--x--\r\n"),
    (b"application/json", b"[" * 5000),
    (b"text/plain; charset=bogus", b"\xff\xfe"),
)  # fmt: skip


@dataclass(frozen=True)
class Raw:
    """An answer as it came."""

    status: int
    headers: Mapping[str, Sequence[str]]
    body: bytes

    def has(self, name: str) -> str:
        return ", ".join(self.headers.get(name.lower(), ()))


async def asked(address: tuple[str, int], request: bytes, seconds: float = 60.0) -> Raw:
    """What comes to these bytes. TimeoutError where the server does not end its answer."""
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(seconds):
            return read_answer(await reader.read(), request.startswith(b"HEAD"))
    finally:
        writer.close()


def read_answer(came: bytes, is_head: bool = False) -> Raw:
    """Raises ValueError for what is no answer, or more than one."""
    head, _, body = came.partition(b"\r\n\r\n")
    while head.startswith(b"HTTP/1.1 100"):
        head, _, body = body.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    found = re.fullmatch(r"HTTP/1\.[01] (\d{3}) .*", first)
    if found is None or (is_head and body):
        raise ValueError(f"no answer: {came[:200]!r}")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    return Raw(int(found[1]), headers, body)


def request(method: str, path: str, *headers: bytes, body: bytes = b"", kind: bytes = b"") -> bytes:
    """One that asks for the connection to be closed behind it."""
    lines = [f"{method} {path} HTTP/1.1".encode()]
    lines += [] if any(each.lower().startswith(b"host:") for each in headers) else [b"Host: 127.0.0.1"]
    lines += [b"Connection: close", *headers]
    if body or method in ("POST", "PUT"):
        lines += [b"Content-Type: " + (kind or FORM), b"Content-Length: " + str(len(body)).encode()]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def hostile(method: str, path: str, names: Sequence[str]) -> Iterator[bytes]:
    """All that is tried at a route. `path`: as the router has it, with its names in {}; `names`: what its query or form may have."""
    plain = re.sub(r"\{[^}]*\}", "x", path)
    yield from (request(method, re.sub(r"\{[^}]*\}", place, path)) for place in PLACES if "{" in path)
    yield from (request(each, plain) for each in METHODS)
    yield from (request(method, plain, each) for each in HEADERS)
    yield from (request(method, f"{plain}?{'&'.join(f'{name}={value}' for name in names)}") for value in VALUES)
    yield request(method, f"{plain}?" + "&".join(f"{name}=1&{name}=2&{name}[]=3" for name in names))
    yield request(method, f"{plain}?" + "date=2021-11-10&" * 400)
    yield request(method, plain + "?" + "x" * 9000)
    yield from (request("POST", plain, kind=kind, body=body) for kind, body in BODIES)
    yield request("POST", plain, b"Transfer-Encoding: chunked")[: -len(b"Content-Length: 0\r\n\r\n")] + b"\r\nzz\r\n"
    yield request("POST", plain, b"Content-Encoding: deflate", body=b"not packed")


_TAIL = b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
GARBLED: tuple[bytes, ...] = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n X: 1\r\n\r\n",
    b"GET http://evil.example/" + _TAIL + b"\r\n",
    b"GET //evil.example/.." + _TAIL + b"\r\n",
    b"POST /" + _TAIL + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST /" + _TAIL + b"Content-Length: -1\r\n\r\n",
    b"POST /" + _TAIL + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /" + _TAIL + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
    b"GET /" + b"z" * 100_000 + _TAIL + b"\r\n",
)
"""What is hardly HTTP: refused, or the connection is closed."""
