"""How an audit line is spelled for its digest, and how words are sealed. It never changes: old digests must come out the same."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

START = bytes(32).hex()
"""What stands in the place of the digest before the first line's."""
SPELLED = "giaoban audit 1"
"""Begins every line's spelling; another way to spell lines would have another name."""
SEALED = "sealed"
"""A detail whose words stand apart is {"sealed": digest} in its line."""

CODES = frozenset(
    (
        "answered",
        "codes",
        "error",
        "figures",
        "first",
        "form",
        "indicator",
        "last",
        "number",
        "periods",
        "replaces",
        "revision",
        "role",
        "roles",
        "since",
        "state",
        "target",
        "tier",
        "until",
        "url",
        "value",
        "version",
        "wanted",
    )
)
"""Details of these names are codes, days, figures or numbers, and stay in the line; any other text is somebody's words."""

_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode

LineFields = Sequence[Any]
"""id, at, who, road, what, person_id, form, unit_id, period, detail: the columns of a line in the order in which they are spelled."""


def spelling(number: int, previous: str, line: LineFields) -> bytes:
    """What a line's digest is made of: JSON without spaces, in ASCII, keys sorted, moments in UTC to the microsecond."""
    return _line_json([SPELLED, number, previous, *line]).encode()


def line_digest(number: int, previous: str, line: LineFields) -> str:
    """The digest of the line that stands `number`th in the chain, after the one whose digest is `previous`."""
    return sha256(spelling(number, previous, line)).hexdigest()


def words_digest(salt: str, content: Any) -> str:
    """What stands in a line in place of somebody's words; nobody can guess them from it once the salt is erased."""
    return sha256(f"{salt}:{_json(content)}".encode()).hexdigest()


def is_words(name: str, value: Any) -> bool:
    """Whether a detail may be somebody's words or name: whatever is no number, and not known to be a code."""
    if name in CODES or not value or isinstance(value, int | float):
        return False
    return not (isinstance(value, list | tuple) and all(isinstance(each, int | float) for each in value))


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


_line_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode
