"""What the machine, the network or the database has against something, as a sentence of ours instead of its own."""

import errno
from collections.abc import Mapping
from socket import gaierror

from sqlalchemy.exc import SQLAlchemyError

from reporting.errors import Refused

_OF_SYSTEM: Mapping[int, str] = {
    errno.ENOENT: "os_missing",
    errno.EACCES: "os_forbidden",
    errno.EPERM: "os_forbidden",
    errno.EISDIR: "os_folder",
    errno.ENOTDIR: "os_missing",
    errno.EEXIST: "os_exists",
    errno.ENOSPC: "os_full",
    errno.EDQUOT: "os_full",
    errno.EROFS: "os_read_only",
    errno.ENAMETOOLONG: "os_long",
    errno.EADDRINUSE: "os_address_taken",
    errno.EADDRNOTAVAIL: "os_address_unknown",
    errno.ECONNREFUSED: "os_refused",
    errno.ENETUNREACH: "os_unreached",
    errno.EHOSTUNREACH: "os_unreached",
    errno.ETIMEDOUT: "os_slow",
}
_OF_DATABASE: Mapping[str, str] = {
    "unable to open database file": "db_cannot_open",
    "not a database": "db_broken",
    "malformed": "db_broken",
    "is locked": "db_locked",
    "readonly": "os_read_only",
    "is full": "os_full",
    "disk i/o": "db_disk",
    "password": "db_password",
    "role ": "db_password",
    "permission denied": "os_forbidden",
    'database "': "db_missing",
    "translate host name": "os_name",
    "resolve": "os_name",
    "getaddrinfo": "os_name",
    "refused": "os_refused",
    "no such file": "os_refused",
    "timeout": "os_slow",
    "timed out": "os_slow",
    "too many clients": "db_busy",
    "connection slots": "db_busy",
}
"""What stands in a database's own words, the first that fits."""


def of_system(error: OSError) -> Refused:
    """Why a file or an address cannot be used."""
    for deeper in (getattr(error, "reason", None), error.__cause__):
        error = deeper if isinstance(deeper, OSError) else error
    if isinstance(error, gaierror):
        return Refused("os_name")
    key = "os_slow" if isinstance(error, TimeoutError) else _OF_SYSTEM.get(error.errno or 0)
    if key is None and isinstance(error, ConnectionError):
        key = "os_unreached"
    return Refused(key) if key else Refused("os_other", number=str(error.errno or 0))


def of_database(error: SQLAlchemyError) -> Refused:
    """Why a database cannot be used; where we have no words for it, its own, in one line."""
    said = str(getattr(error, "orig", None) or error).strip()
    key = next((key for sign, key in _OF_DATABASE.items() if sign in said.lower()), None)
    return Refused(key) if key else Refused("db_other", said=said.splitlines()[0] if said else type(error).__name__)
