"""The line to a PostgreSQL: neither side waits long for another that has vanished without a word, or may not write any more."""

from typing import Any

from sqlalchemy.engine import URL

SILENT_SECONDS, ASKED_EVERY, MOST_UNANSWERED = 15, 5, 3
"""After so long without a word the other side is asked whether it is there: the network's own two hours would keep everybody waiting,
and on the server's side every lock held.
"""
GONE_SECONDS, GONE_THERE_SECONDS = 60, 120
"""What gives no sign for so long is taken for gone, by us and by the server. No shorter, as what only stands still and takes nothing
more counts as well: a COPY would be lost that waits for a busy disk.
"""
CONNECT_SECONDS = 15
IDLE_IN_TRANSACTION_SECONDS = 120
"""A process that stands still in the middle of a change (a machine that was put to sleep) loses it then, with its locks."""

_OURS = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives": 1,
    "keepalives_idle": SILENT_SECONDS,
    "keepalives_interval": ASKED_EVERY,
    "keepalives_count": MOST_UNANSWERED,
    "tcp_user_timeout": GONE_SECONDS * 1000,
}
_OF_WHO_WRITES = {"target_session_attrs": "read-write"}
"""After a failover the name may lead to a server that only reads for a while: that one is as good as away."""
_THEIRS = {
    "tcp_keepalives_idle": f"{SILENT_SECONDS}s",
    "tcp_keepalives_interval": f"{ASKED_EVERY}s",
    "tcp_keepalives_count": f"{MOST_UNANSWERED}",
    "tcp_user_timeout": f"{GONE_THERE_SECONDS}s",
}
_LOOKS_FOR_US = "client_connection_check_interval"
LOOKED_FOR_EVERY = "5s"
"""A process that was killed is missed in the middle of a statement too, as one that waits for a lock and holds others: by itself the
server would look when it has something to say.
"""
_IF_IT_CAN = (
    "case when current_setting(%s, true) is not null and version() ~ 'linux' then set_config(%s, %s, false) end"
)
"""From PostgreSQL 14 on, and not on every system."""


def connect_options(url: URL, *, writes: bool) -> dict[str, Any]:
    """What the driver is asked for, but for what DATABASE_URL says itself."""
    wanted = {**_OURS, **(_OF_WHO_WRITES if writes else {})}
    return {name: value for name, value in wanted.items() if name not in url.query}


def ask_server(connection: Any, *, writes: bool) -> None:
    """Has the server do the same as long as the driver's connection lasts. Not by options of its start, which poolers refuse."""
    idle = {"idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s"} if writes else {}
    wanted = {**_THEIRS, **idle}
    calls = ", ".join([*["set_config(%s, %s, false)"] * len(wanted), _IF_IT_CAN])
    values = [*(each for pair in wanted.items() for each in pair), _LOOKS_FOR_US, _LOOKS_FOR_US, LOOKED_FOR_EVERY]
    connection.execute(f"select {calls}", values)
    connection.commit()
