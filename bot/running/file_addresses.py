"""Where a picture or a file is fetched by whoever gets it, for messengers to which nothing can be uploaded."""

from collections.abc import Awaitable, Callable

from reporting.people import Address

Publish = Callable[[bytes, str, Address], Awaitable[str]]
"""Gives an unguessable address that expires to a file (its content and name) that is said to somebody, at the moment of saying it;
«» where the program has no public address."""


async def published_nowhere(content: bytes, file_name: str, to: Address) -> str:
    """For a program without a public address."""
    return ""
