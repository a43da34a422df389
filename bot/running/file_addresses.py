"""Where a picture or a file is fetched by whoever gets it, for messengers to which nothing can be uploaded."""

from collections.abc import Awaitable, Callable

from reporting.say import Say

Publish = Callable[[Say, int], Awaitable[str]]
"""Gives an unguessable address that expires to the picture or the file of a message, whose row in the outbox has this id, at the
moment of saying it; «» where the program has no public address."""


async def published_nowhere(say: Say, row_id: int) -> str:
    """For a program without a public address."""
    return ""
