"""Where a simulated server listens, until it is cut off."""

import asyncio
import socket
import sys

from aiohttp import web


class CuttableSite(web.TCPSite):
    """As the library's, but that it can be cut off in a moment."""

    async def stop(self) -> None:
        """Nobody comes any more. Who is just being let in is in by then: asyncio would lose hold of him, and leave him unclosed."""
        if isinstance(self._server, asyncio.Server):
            for listening in self._server.sockets:
                asyncio.get_running_loop().remove_reader(listening.fileno())
            for _ in range(3):  # who was accepted gets a transport, then a protocol
                await asyncio.sleep(0)
        await super().stop()

    async def cut(self) -> None:
        """The same, and connections that stand break."""
        await self.stop()
        server = self._runner.server
        for connection in list(server.connections) if server is not None else ():
            if connection.transport is not None:
                connection.transport.abort()


def keep_port(host: str, port: int) -> socket.socket | None:
    """Until it is closed the port, at which nobody listens now, is given to no other program; None where the system cannot keep one
    that is to be listened at again.
    """
    if sys.platform != "linux":
        return None
    keeping = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    keeping.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeping.bind((host, port))
    return keeping
