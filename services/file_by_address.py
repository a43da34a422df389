"""Give a picture or a file by an address, for a channel that cannot upload any: unguessable, for a time, of one message."""

from datetime import datetime, timedelta
from pathlib import PurePath
from secrets import token_urlsafe
from typing import Literal

from sqlalchemy import Connection

from reporting.people import Address
from reporting.say import Drawn
from storage.messages.file_addresses import add_file_address

FILES_AT = "/f/"
"""What the path of every such address begins with, behind PUBLIC_URL."""
GIVEN_FOR = timedelta(days=7)
RANDOM_BYTES = 32

FileKind = Literal["photo", "document"]
"""A photo is shown where it is opened, a document is saved."""


def file_by_address(
    connection: Connection, public_url: str, drawn: Drawn, message_id: int, kind: FileKind, to: Address, now: datetime
) -> str:
    """An address at which whoever knows it gets the file of a message, until a week from now.

    To be called in a transaction (the clerk's) right before the message is said to `to`. `public_url`: the setting PUBLIC_URL,
    without a stroke at its end; «» gives «», for then nobody reaches us and the message goes without its file. `message_id`: its
    row in the outbox. Each call makes another address, and each holds: a message that is tried again has several.
    The file is drawn when it is fetched, so nothing is drawn in vain. Its content is kept until the address expires, even where
    the message itself is forgotten.
    """
    if not public_url:
        return ""
    secret = token_urlsafe(RANDOM_BYTES)
    add_file_address(connection, secret, drawn, message_id, kind, to, now, now + GIVEN_FOR)
    return f"{public_url}{FILES_AT}{secret}{PurePath(drawn.file_name).suffix.lower()}"
