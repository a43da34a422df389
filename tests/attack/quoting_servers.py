"""A portal and a mail server that refuse whatever they get, and quote it: password, token and all."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.web.serving import listening


@asynccontextmanager
async def quoting_portal() -> AsyncIterator[str]:
    """Refuses whatever it gets, and quotes the headers."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"message": f"no: {dict(request.headers)}"}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = await listening(app, "127.0.0.1:0")
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def quoting_mail_server() -> AsyncIterator[int]:
    """Refuses every password, and quotes it."""

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test\r\n")
        while line := (await reader.readline()).decode().strip():
            verb, _, said = line.partition(" ")
            match verb.upper():
                case "EHLO":
                    writer.write(b"250-mail.test\r\n250 AUTH PLAIN\r\n")
                case "AUTH":
                    words = b64decode(said.partition(" ")[2]).decode().replace("\0", " ")
                    writer.write(f"535 5.7.8 not {words}, nor {said}\r\n".encode())
                case _:
                    writer.write(b"221 2.0.0 bye\r\n")
                    break
        writer.close()

    server = await asyncio.start_server(session, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
