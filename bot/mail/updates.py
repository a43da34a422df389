"""What was stored of a mail: what must be known of it before it is decoded, and what has come in with it."""

import json
from hashlib import sha256

from bot.mail.channel import MAIL
from bot.mail.composing import HeardLast
from reporting.answers import Attachment
from reporting.incoming import Incoming, Message, Sender, SharedFile
from reporting.people import Address
from storage.messages.inbox import Heard


def mail_heard(raw: str) -> Heard:
    """The inbox's entry: copies of one mail to one person are one."""
    try:
        kept = json.loads(raw)
        at, told = str(kept["address"]), f"{kept['id']} {kept['address']}"
    except (ValueError, TypeError, KeyError):
        at, told = "", raw
    return Heard(MAIL.name, sha256(told.encode(errors="backslashreplace")).hexdigest()[:40], at, raw)


def decode_mail(raw: str) -> tuple[Incoming, HeardLast]:
    """What has come in, and what our answer goes on from. ValueError for what is no mail."""
    try:
        kept = json.loads(raw)
        at, text = Address(MAIL.name, str(kept["address"])), str(kept["text"])
        last = HeardLast(str(kept["reference"]), str(kept["subject"]), int(kept["files"]))
        number = int(str(kept["id"])[:12], 16)
    except (TypeError, KeyError) as error:
        raise ValueError(raw[:200]) from error
    head, *rest = text.split(maxsplit=1) or [""]
    command, arguments = (head[1:], rest[0] if rest else "") if head.startswith("/") else ("", "")
    shared = None if text else SharedFile("document", Attachment("", "", "", 0))
    sender = Sender(at)
    return Message(at, "private", None, sender, number, text or None, command, arguments, shared), last
