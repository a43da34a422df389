"""What our servers have in common: where they listen, their name, which tells nobody of libraries, and how long they end."""

from aiohttp import web, web_response

SERVER = "giaoban"
LAST_ANSWER = 5.0
"""So many seconds has an answer that is under way when the program ends: whoever reads slowly holds nobody up."""


def name_servers() -> None:
    """Every answer of this process says so, be it to a request that no application ever sees because it is garbled."""
    web_response.SERVER_SOFTWARE = SERVER  # type: ignore[attr-defined]  # aiohttp has no setting for it


async def listening(app: web.Application, listen: str) -> web.AppRunner:
    """Serves at «127.0.0.1:8090» until the runner's `cleanup()`. Raises OSError where the port is taken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_ANSWER)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
