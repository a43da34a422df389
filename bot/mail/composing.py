"""A message as a mail: its subject, its head, its text with what stands under every mail, and its files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from mimetypes import guess_type

from reporting.say import Drawn, Say

LONGEST_SUBJECT = 90
GREETING = re.compile(r"^(?:kính gửi|kính chào|dear)\b.*$", re.IGNORECASE)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class WirePolicy(policy.EmailPolicy):
    """Nothing but ASCII goes over the wire. The library loses a blank where it breaks an encoded text over two lines, so the older
    way of it encodes what people read.
    """

    def fold(self, name: str, value: str) -> str:
        """The header as lines."""
        written = _encoded(name, value)
        return super().fold(name, value) if written is None else f"{name}: {written}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode("ascii")


ENCODED = WirePolicy(linesep="\r\n", cte_type="7bit")


def _encoded(name: str, value: str) -> str | None:
    """As it goes over the wire; None where the library writes it well."""
    if str(value).isascii():
        return None
    if isinstance(value, AddressHeader):
        return ", ".join(f"{_in_words(each.display_name, name)} <{each.addr_spec}>" for each in value.addresses)
    return _in_words(str(value), name) if name == "Subject" else None


def _in_words(text: str, name: str) -> str:
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class HeardLast:
    """The mail that somebody has sent last: ours goes into the same conversation. `files`: how many of it were not read."""

    reference: str
    subject: str
    files: int = 0


@dataclass(frozen=True, slots=True)
class Enveloped:
    """A mail with the addresses on its envelope."""

    sender: str
    to: str
    mail: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])


def message_id(row_id: int, say: Say, domain: str) -> str:
    """The same whenever this row is said: a copy is known by it."""
    told = sha256(f"{row_id} {say.to.address} {say.text}".encode(errors="replace")).hexdigest()[:16]
    return f"<giaoban.{row_id}.{told}@{domain}>"


def subject_of(say: Say, last: HeardLast | None, name: str) -> str:
    """An answer has the subject of what it answers; anything else what it begins with."""
    if last is not None and last.subject:
        bare = re.sub(r"^(?:(?:re|fw|fwd|tl|trả lời)\s*:\s*)+", "", _in_line(last.subject), flags=re.IGNORECASE)
        return _cut(f"Re: {bare}")
    lines = [_in_line(line) for line in say.text.split("\n") if line.strip()]
    told = next((line for line in lines if not GREETING.match(line)), lines[0] if lines else "")
    return _cut(f"{name}: {told}" if name else told)


def compose(
    say: Say,
    *,
    row_id: int,
    sender: Address,
    reply_to: str,
    bounce_to: str,
    now: datetime,
    foot: str,
    last: HeardLast | None = None,
    files: Sequence[tuple[Drawn, bytes]] = (),
) -> Enveloped:
    """`foot`: what stands under every mail; `files`: the picture and the file of the message, made."""
    mail = EmailMessage(policy=ENCODED)
    mail["From"] = Address(_in_line(sender.display_name), addr_spec=sender.addr_spec)
    mail["To"] = Address(addr_spec=say.to.address)
    mail["Reply-To"] = Address(_in_line(sender.display_name), addr_spec=reply_to)
    mail["Subject"] = subject_of(say, last, _in_line(sender.display_name))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(row_id, say, sender.domain)
    if last is not None and last.reference:
        mail["In-Reply-To"] = mail["References"] = _in_line(last.reference)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # what Exchange heeds instead
    mail.set_content(f"{say.text}\n\n-- \n{foot}\n", cte="base64")
    for drawn, file in files:
        kind, _, subkind = (guess_type(drawn.file_name)[0] or "application/octet-stream").partition("/")
        mail.add_attachment(file, maintype=kind, subtype=subkind, filename=_in_line(drawn.file_name))
    return Enveloped(bounce_to, say.to.address, mail)


def _in_line(text: str) -> str:
    """Without what would end a header's line, or hide in it."""
    return _BREAKS.sub(" ", text).strip()


def _cut(text: str) -> str:
    if len(text) <= LONGEST_SUBJECT:
        return text
    return f"{text[: LONGEST_SUBJECT - 1].rsplit(' ', 1)[0]}…"
