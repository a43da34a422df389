"""What our servers have in common: their name, which tells nobody the library and its version, and how long they end."""

from aiohttp import web_response

SERVER = "giaoban"
LAST_ANSWER = 5.0
"""So many seconds has an answer that is under way when the program ends: whoever reads slowly holds nobody up."""


def name_servers() -> None:
    """Every answer of this process says so, be it to a request that no application ever sees because it is garbled."""
    web_response.SERVER_SOFTWARE = SERVER  # type: ignore[attr-defined]  # aiohttp has no setting for it
