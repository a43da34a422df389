"""What our servers call themselves: not by which library of which version they are made, which is for nobody outside."""

from aiohttp import web_response

SERVER = "giaoban"


def name_servers() -> None:
    """Every answer of this process says so, be it to a request that no application ever sees because it is garbled."""
    web_response.SERVER_SOFTWARE = SERVER  # type: ignore[attr-defined]  # aiohttp has no setting for it
