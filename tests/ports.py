"""Ports of loopback that are nobody's, and stay nobody's until whoever wants one listens there."""

import socket
import sys

_kept: list[socket.socket] = []


def free_port() -> int:
    """A port that nobody listens at. On Linux it is given to nobody else while the tests run, and can be listened at again and again:
    between asking for a free one and listening there another process of the tests was given the same.
    """
    keeping = socket.socket()
    keeping.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as all have it that listen here
    keeping.bind(("127.0.0.1", 0))
    port: int = keeping.getsockname()[1]
    if sys.platform == "linux":
        _kept.append(keeping)
    else:
        keeping.close()
    return port
