"""A mail as it comes in: who writes, to which of our addresses, what he has written; or that a machine has written it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256
from itertools import islice
from typing import Any, cast

from bot.mail.own_words import LONGEST_SEARCHED, own_words, text_of_html

MOST_PARTS = 50
MOST_PARSED = 500_000
"""Bytes of a mail that are looked at: what somebody writes stands before what he attaches."""
LONGEST_HEADER = 500
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
BULK = ("bulk", "auto_reply", "junk", "list")
_NO_LETTERS = re.compile(rb"(?<=[=\"?' \t])punycode", re.IGNORECASE)
"""What Python takes for letters too, where a mail says what it is written in, which is never within base64: of a long text it takes
seconds, for anybody's mail, while everybody waits.
"""
CHARSETS = ("utf-8", "windows-1258", "latin-1")
"""Tried in this order where a mail does not say, or lies about, what it is written in; the last takes anything."""


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """`id`: the same for copies of one mail. `claimed`: whom it says that it is from. `to`: where it went, as far as it tells.

    `is_automatic`: a machine has written it: nobody answers to that. `failure`: of a report that one of our mails was not
    delivered, why; «» for anything else. `files`: how many were attached.
    """

    id: str
    reference: str
    subject: str
    claimed: str
    to: tuple[str, ...]
    text: str
    files: int
    is_automatic: bool
    failure: str = ""


def read_mail(content: bytes, sender: str, recipients: tuple[str, ...]) -> IncomingMail:
    """`sender` and `recipients`: as the envelope has them. Whatever stands in the content, something comes of it."""
    mail = _parsed(_NO_LETTERS.sub(b"utf-8", content[:MOST_PARSED]))
    text, files = _body(mail)
    reference = _header(mail, "message-id")
    named = reference or sha256(content[content.find(b"\r\n\r\n") :]).hexdigest()
    to = [address.lower() for _, address in getaddresses([_header(mail, each) for each in ADDRESSED]) if address]
    claimed = next((each.lower() for _, each in getaddresses([_header(mail, "from")]) if each), "")
    return IncomingMail(
        sha256(named.encode(errors="replace")).hexdigest()[:40],
        reference,
        _words_of(_header(mail, "subject")),
        claimed,
        tuple(dict.fromkeys([*(each.lower() for each in recipients), *to])),
        own_words(text),
        files,
        _is_automatic(mail, sender),
        _failure(mail),
    )


def _parsed(content: bytes) -> Message:
    """One in which parts are packed in parts without end has its head."""
    try:
        return message_from_bytes(content, policy=policy.compat32)
    except RecursionError:
        return message_from_bytes(content.partition(b"\r\n\r\n")[0], policy=policy.compat32)


def _header(mail: Message, name: str) -> str:
    """All of that name, in one line; «» where there is none."""
    found = [str(each) for each in mail.get_all(name, [])]
    return " ".join(", ".join(found).split())[: LONGEST_HEADER * 4]


def _words_of(header: str) -> str:
    """What is written in a header, encoded or not."""
    try:
        read = policy.default.header_factory("subject", header)
        return " ".join(str(read).split())[:LONGEST_HEADER]
    except Exception:  # noqa: BLE001  # the library knows headers that it cannot read, each by another error
        return header[:LONGEST_HEADER]


def _is_automatic(mail: Message, sender: str) -> bool:
    """RFC 3834, and what is done beside it."""
    submitted = _header(mail, "auto-submitted").lower()
    return (
        sender in ("", "<>")
        or (bool(submitted) and not submitted.startswith("no"))
        or _header(mail, "precedence").lower() in BULK
        or mail.get_content_type() == "multipart/report"
        or any(mail.get(each) is not None for each in ("x-autoreply", "x-autorespond", "list-id"))
        or sender.lower().startswith(("mailer-daemon@", "postmaster@"))
    )


def _failure(mail: Message) -> str:
    """RFC 3464: what the report about one of our mails says of a delivery that has failed for good."""
    if mail.get_content_type() != "multipart/report":
        return ""
    for part in list(mail.walk())[:MOST_PARTS]:
        if part.get_content_type() == "message/delivery-status":
            for about in cast("list[Message]", part.get_payload()) if part.is_multipart() else ():
                if _header(about, "action").lower() == "failed":
                    why = _header(about, "diagnostic-code") or _header(about, "status") or "undeliverable"
                    return why[:LONGEST_HEADER]
    return ""


def _body(mail: Message) -> tuple[str, int]:
    """The mail's text, and how many files are with it."""
    plain, html, files = "", "", 0
    for part in islice(_own_parts(mail), MOST_PARTS):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or (
            kind not in ("text/plain", "text/html") and part.get_filename()
        ):
            files += part.get("content-id") is None
        elif kind == "text/plain" and not plain:
            plain = _decoded(part)
        elif kind == "text/html" and not html:
            html = _decoded(part)
    return plain if plain.strip() else text_of_html(html), files


def _own_parts(mail: Message) -> Iterator[Message]:
    """What it is made of, but not of what a mail is made that was attached to it."""
    if mail.get_content_maintype() == "multipart" and mail.is_multipart():
        for part in cast("list[Message]", mail.get_payload()):
            yield from _own_parts(part)
    else:
        yield mail


def _decoded(part: Message) -> str:
    found: Any = part.get_payload(decode=True)
    content = found[: 4 * LONGEST_SEARCHED] if isinstance(found, bytes) else b""
    for charset in (part.get_content_charset() or "", *CHARSETS):
        try:
            return content.decode(charset) if charset else content.decode("ascii")
        except (LookupError, UnicodeError):
            continue
    return ""
