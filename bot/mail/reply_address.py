"""The addresses to which mails are answered and come back: what each is bound to stands in it, signed, so that none need be kept."""

import re
import struct
from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from hmac import compare_digest, digest

HOLDS = timedelta(days=14)
"""So long a mail can be answered."""
_LAYOUT = struct.Struct(">BQH")
_SIGNED = 9
_TOKEN = re.compile(r"[a-z2-7]{32}")
_BEGIN = date(2000, 1, 1)


class ReplyKind(IntEnum):
    """What a mail to the address is: an answer, or one of ours that comes back."""

    ANSWER = 1
    BOUNCE = 2


@dataclass(frozen=True, slots=True)
class ReplyToken:
    """`number`: of an answer the person's id (0: of nobody known yet), of what comes back the row's in the outbox."""

    kind: ReplyKind
    number: int
    until: date
    sign: bytes


class ReplyAddresses:
    """Of one mailbox («giaoban@xa.gov.vn»): the token stands behind its name and a plus, in letters of one case."""

    def __init__(self, mailbox: str, key: bytes) -> None:
        self._name, _, self.domain = mailbox.lower().rpartition("@")
        self._key = key

    def to_answer(self, person_id: int, address: str, on: date) -> str:
        """Where the person answers a mail that goes to `address` on that day."""
        return self._made(ReplyKind.ANSWER, person_id, on + HOLDS, address)

    def to_come_back(self, row_id: int, on: date) -> str:
        """Where the mail of a row of the outbox comes back that cannot be delivered."""
        return self._made(ReplyKind.BOUNCE, row_id, on + HOLDS, "")

    def is_ours(self, address: str) -> bool:
        """Whether a mail to this address is meant for us, with a token or without one."""
        name, _, domain = address.lower().rpartition("@")
        return domain == self.domain and name.partition("+")[0] == self._name

    def token_of(self, address: str) -> ReplyToken | None:
        """What stands in an address; nobody has looked at its sign yet."""
        name = address.lower().rpartition("@")[0]
        written = name.partition("+")[2]
        if not self.is_ours(address) or not _TOKEN.fullmatch(written):
            return None
        try:
            read = b32decode(written.upper())
            kind, number, days = _LAYOUT.unpack(read[:-_SIGNED])
            return ReplyToken(ReplyKind(kind), number, _BEGIN + timedelta(days=days), read[-_SIGNED:])
        except (Error, ValueError):
            return None

    def is_for(self, token: ReplyToken, address: str) -> bool:
        """Whether we have made the token, for this address."""
        return compare_digest(token.sign, self._sign(_said(token.kind, token.number, token.until), address))

    def _made(self, kind: ReplyKind, number: int, until: date, address: str) -> str:
        said = _said(kind, number, until)
        token = b32encode(said + self._sign(said, address)).decode().lower()
        return f"{self._name}+{token}@{self.domain}"

    def _sign(self, said: bytes, address: str) -> bytes:
        return digest(self._key, said + address.lower().encode(), "sha256")[:_SIGNED]


def _said(kind: ReplyKind, number: int, until: date) -> bytes:
    return _LAYOUT.pack(kind, number, (until - _BEGIN).days)


def mail_key(secret: str) -> bytes:
    """What reply addresses are signed with, of a secret that is used for something else too."""
    return digest(secret.encode(), b"reply addresses of mails", "sha256")


def answerer(
    found: ReplyAddresses,
    tokens: Sequence[ReplyToken],
    claimed: str,
    addresses_of: Callable[[int], Sequence[str]],
    on: date,
) -> str | None:
    """Whose answer it is: his mail address; None where no token is ours, for an address of his, and still good.

    `claimed`: whom the mail says that it is from. It counts only where the token was made for an address that is nobody's yet,
    and only if it is that very address: anybody can write anything there.
    """
    for token in tokens:
        if token.kind is not ReplyKind.ANSWER or on > token.until:
            continue
        for address in addresses_of(token.number) if token.number else [claimed]:
            if found.is_for(token, address):
                return address.lower()
    return None
