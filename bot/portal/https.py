"""The way to a portal: https to a named host, no redirects, no private addresses, time-outs, bounded answers, no secret in words."""

import hmac
import ipaddress
import re
import socket
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from types import TracebackType

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.portal.secrets_named import secret_named
from reporting.portal.consignment import PortalAnswer, PortalRequest, PortalTrouble
from reporting.portal.mapping import PortalMapping

MOST_BYTES = 4 * 1024 * 1024
"""So much of an answer is read; a larger one is none."""
TIMEOUT = aiohttp.ClientTimeout(total=90, connect=20)
HIDDEN = b"[token]"


class PrivateAddressError(OSError):
    """A name leads to an address that is not on the open network."""


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether it is one host of the open network. What stands for an address of the older kind, by translation or a tunnel, is what
    that one is.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.sixtofour or (
            ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
        )
        if inner is not None:
            return _is_open(inner)
        if int(address) >> 32 == 0:
            return False
    return address.is_global and not address.is_multicast


class _OpenNetwork(AbstractResolver):
    """Resolves names to addresses of the open network alone: whoever owns a name could else have us knock inside."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(_is_open(ipaddress.ip_address(each["host"].partition("%")[0])) for each in found):
            raise PrivateAddressError(host)
        return found

    async def close(self) -> None:
        await self._resolver.close()


class PortalClient:
    """Sends requests, signed at the moment that `now`, the program's clock, says. `allow_private`: http and private addresses too, for
    trying things out. Use it as `async with`.
    """

    def __init__(self, now: Callable[[], datetime], *, allow_private: bool = False) -> None:
        self._now, self._allow_private = now, allow_private

    async def __aenter__(self) -> "PortalClient":
        resolver = ThreadedResolver() if self._allow_private else _OpenNetwork()
        connector = aiohttp.TCPConnector(resolver=resolver, limit=32)
        self._session = aiohttp.ClientSession(connector=connector, timeout=TIMEOUT, auto_decompress=True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._session.close()

    async def send(self, mapping: PortalMapping, request: PortalRequest) -> PortalAnswer | PortalTrouble:
        """What was answered, without the secret in it; or why nothing was. It never raises for what the network does."""
        if (trouble := self._refusal(mapping.url + request.path)) is not None:
            return trouble
        secret = secret_named(mapping.secret)
        if mapping.authentication != "none" and not secret:
            return PortalTrouble("portal_secret_missing", mapping.secret, is_setup=True)
        headers = {
            "Content-Type": request.content_type,
            "Accept": "application/json",
            **request.headers,
            **_proof(mapping, secret, request.body, self._now()),
        }
        if request.method == "GET":
            del headers["Content-Type"]
        try:
            async with self._session.request(
                request.method,
                mapping.url + request.path,
                data=request.body or None,
                headers=headers,
                allow_redirects=False,
            ) as response:
                return await _answer(response, secret)
        except PrivateAddressError:
            return PortalTrouble("portal_private_address", is_setup=True)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            cause = error.__cause__ or (error.os_error if isinstance(error, aiohttp.ClientConnectorError) else None)
            if isinstance(cause, PrivateAddressError):
                return PortalTrouble("portal_private_address", is_setup=True)
            return PortalTrouble("portal_unreached", type(error).__name__)

    def _refusal(self, address: str) -> PortalTrouble | None:
        """Of the host as it will be asked for: «１２７.０.０.１» is an address too, and would be resolved by nobody."""
        if self._allow_private:
            return None
        try:
            url = URL(address)
        except ValueError:
            return PortalTrouble("portal_no_name", is_setup=True)
        if url.scheme != "https":
            return PortalTrouble("portal_not_https", is_setup=True)
        try:
            ipaddress.ip_address(url.host or "")
        except ValueError:
            return None
        return PortalTrouble("portal_no_name", is_setup=True)


async def _answer(response: aiohttp.ClientResponse, secret: str) -> PortalAnswer | PortalTrouble:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > MOST_BYTES:
            return PortalTrouble("portal_answer_too_long")
    ways = (secret, secret.rpartition(":")[2], b64encode(secret.encode()).decode().rstrip("="))
    said = bytes(body)
    for each in filter(None, ways):
        said = re.sub(re.escape(each.encode()), HIDDEN, said, flags=re.IGNORECASE)
    asked = response.headers.get("Retry-After", "")
    return PortalAnswer(response.status, said, float(asked) if asked.isdecimal() else 0.0)


def _proof(mapping: PortalMapping, secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The header that says who we are. HMAC: of the moment, a full stop and the body, so that nobody sends it again later."""
    match mapping.authentication:
        case "token":
            return {"Authorization": f"ApiToken {secret}"}
        case "bearer":
            return {"Authorization": f"Bearer {secret}"}
        case "basic":
            return {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
        case "hmac":
            moment = str(int(at.timestamp()))
            signed = hmac.new(secret.encode(), moment.encode() + b"." + body, sha256).hexdigest()
            return {"X-Timestamp": moment, "X-Signature": f"sha256={signed}"}
    return {}
