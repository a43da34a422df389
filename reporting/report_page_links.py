"""Links to one report's page: what each is bound to stands in it, signed, so that none need be kept before it is used."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest, digest

LINK_HOLDS = timedelta(hours=24)
PAGE_AT = "/r/"
"""What the path of every report's page begins with, behind PUBLIC_URL."""
MARK_BYTES = 9
"""So many random bytes tell two links of one moment apart."""
LONGEST_LINK = 600


@dataclass(frozen=True, slots=True)
class FormVisit:
    """Who fills in which report."""

    person_id: int
    form: str
    unit_id: int
    period: date


@dataclass(frozen=True, slots=True)
class PublicSite:
    """What people's browsers reach us by (PUBLIC_URL, without a stroke at its end), and what links are signed with."""

    url: str
    key: bytes = field(repr=False)

    def link(self, visit: FormVisit, now: datetime, mark: str) -> str:
        """The address of a report's page for one person, once, for a day. `mark`: a random text of this link alone."""
        until = int((now + LINK_HOLDS).timestamp())
        said = f"{visit.person_id} {visit.unit_id} {visit.period.isoformat()} {until} {mark} {visit.form}".encode()
        return f"{self.url}{PAGE_AT}enter?k={_text(said)}.{_text(self._sign(said))}"

    def read(self, token: str, now: datetime) -> tuple[FormVisit, datetime] | None:
        """Whom a link lets in where, and until when; None where it is none of ours, or has expired."""
        found = self.signed(token)
        return found if found is not None and now < found[1] else None

    def signed(self, token: str) -> tuple[FormVisit, datetime] | None:
        """The same, expired or not."""
        said, _, signed = token.partition(".")
        try:
            words, sign = _bytes(said), _bytes(signed)
            is_as_written = (
                token == f"{_text(words)}.{_text(sign)}"
            )  # or a used link, written otherwise, would be another one
            if len(token) > LONGEST_LINK or not is_as_written or not compare_digest(sign, self._sign(words)):
                return None
            person, unit, period, until, _, form = words.decode().split(" ", 5)
            expires_at = datetime.fromtimestamp(int(until), UTC)
            visit = FormVisit(int(person), form, int(unit), date.fromisoformat(period))
        except (ValueError, Error):
            return None
        return visit, expires_at

    def _sign(self, said: bytes) -> bytes:
        return digest(self.key, said, "sha256")


def key_of(secret: str) -> bytes:
    """What links are signed with, of a secret that may be used for something else too."""
    return digest(secret.encode(), b"links of reports", "sha256")


def report_mark(visit: FormVisit, key: bytes) -> str:
    """By what a browser keeps what was typed into this report by this person: it tells nobody which and whose."""
    said = f"{visit.person_id} {visit.unit_id} {visit.period.isoformat()} {visit.form}"
    return sha256(key + said.encode()).hexdigest()[:24]


def _text(of: bytes) -> str:
    return urlsafe_b64encode(of).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
