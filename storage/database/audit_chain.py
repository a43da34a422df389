"""The chain of audit lines: at a commit each of its lines gets a number and a digest over it and the line before, under one lock."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, true

from storage.database.audit_line import SEALED, START, LineFields, line_digest, words_digest
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata

audit, chain, words = (metadata.tables[name] for name in ("audit", "audit_chain", "audit_words"))

LOCK = 0x6769616F617564
"""The advisory lock of whoever links lines («giaoaud»): from the newest link that he reads until his commit."""
FIELDS = [
    audit.c[name] for name in ("id", "at", "who", "road", "what", "person_id", "form", "unit_id", "period", "detail")
]
BATCH = 1000
_WAITING = "audit lines"

_LOCK = PreparedStatement(select(func.pg_advisory_xact_lock(LOCK)))
_NEWEST = select(chain.c.number, chain.c.digest).order_by(chain.c.number.desc()).limit(1)
_HEAD = _NEWEST.subquery()
_LINES = PreparedStatement(
    lambda dialect: (
        select(_HEAD, *FIELDS)
        .select_from(audit.outerjoin(_HEAD, true()))
        .where(among(dialect, audit.c.id, "ids"))
        .order_by(audit.c.id)
    )
)
_LINK = PreparedStatement(
    lambda _: insert(chain).values(number=bindparam("number"), line_id=bindparam("line_id"), digest=bindparam("digest"))
)


def to_be_linked(connection: Connection, line_id: int) -> None:
    """The line becomes a link of the chain when its transaction is committed (`link_lines`)."""
    begun, ids = connection.info.get(_WAITING, (None, []))
    if begun is not connection.get_transaction():
        ids = []
        connection.info[_WAITING] = (connection.get_transaction(), ids)
    ids.append(line_id)


def link_lines(connection: Connection) -> None:
    """Called right before every commit: links the transaction's lines, in their order. What was rolled back is not there to be linked.

    Only here, and not with each line: the lock would be held for as long as the transaction goes on, and whoever has it could wait
    for a row of somebody who waits for it.
    """
    begun, ids = connection.info.pop(_WAITING, (None, []))
    if not ids or begun is not connection.get_transaction():
        return
    if connection.dialect.name == "postgresql":
        _LOCK.rows(connection)
    number, digest, links = None, START, []
    for newest, of_newest, *line in _LINES.rows(connection, ids=ids):
        if number is None:
            number, digest = (newest, of_newest) if newest is not None else (0, START)
        number, digest = number + 1, line_digest(number + 1, digest, line)
        links.append({"number": number, "line_id": line[0], "digest": digest})
    if links:
        _LINK.run_each(connection, links)


BrokenBy = Literal["changed", "line missing", "link missing", "words changed", "not linked"]


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where the chain does not hold. `line_id`: the audit line; None where nobody knows which it was."""

    number: int
    line_id: int | None
    by: BrokenBy


@dataclass(frozen=True, slots=True)
class CheckedChain:
    """How many links were looked at, the newest link's number and digest (to be written down elsewhere), and what is broken."""

    links: int
    number: int
    digest: str
    broken: BrokenLink | None


def check_chain(
    connection: Connection, last: int | None = None, progress: Callable[[int], None] = lambda _: None
) -> CheckedChain:
    """Works every digest out anew, up to the first that is broken; of the `last` so many links only, if that is said.

    `progress` is told now and then how many links have been looked at. Memory does not grow with the chain.
    """
    newest = connection.execute(_NEWEST).first()
    after, digest = 0, START
    if last is not None and newest is not None and newest[0] > last:
        after = newest[0] - last
        known = connection.execute(select(chain.c.digest).where(chain.c.number == after)).scalar()
        digest = known if known is not None else digest
    number = after
    for batch in _batches(connection, after):
        apart = _words(connection, [row.line_id for row in batch])
        for row in batch:
            by = _broken(row, number, digest, apart.get(row.line_id, {}))
            if by is not None:
                return CheckedChain(number - after, number, digest, BrokenLink(number + 1, row.line_id, by))
            number, digest = row.number, row.digest
        progress(number - after)
    stray = _stray(connection) if last is None else None
    broken = BrokenLink(number + 1, stray, "not linked") if stray is not None else None
    return CheckedChain(number - after, number, digest, broken)


def _batches(connection: Connection, after: int) -> Iterator[Sequence[Row[Any]]]:
    joined = chain.outerjoin(audit, audit.c.id == chain.c.line_id)
    while True:
        statement = (
            select(chain.c.number, chain.c.line_id, chain.c.digest, *FIELDS)
            .select_from(joined)
            .where(chain.c.number > after)
            .order_by(chain.c.number)
            .limit(BATCH)
        )
        rows = connection.execute(statement).all()
        if not rows:
            return
        yield rows
        after = rows[-1].number


def _words(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """The digests of the words that still stand, by line and name."""
    found: dict[int, dict[str, str]] = {}
    for row in connection.execute(select(words).where(words.c.line_id.in_(ids))):
        found.setdefault(row.line_id, {})[row.name] = words_digest(row.salt, row.content)
    return found


def _broken(row: Row[Any], number: int, previous: str, apart: dict[str, str]) -> BrokenBy | None:
    line: LineFields = row[3:]
    if row.number != number + 1:
        return "link missing"
    if row.id is None:
        return "line missing"
    if line_digest(row.number, previous, line) != row.digest:
        return "changed"
    if any(row.detail.get(name) != {SEALED: digest} for name, digest in apart.items()):
        return "words changed"
    return None


def _stray(connection: Connection) -> int | None:
    """The first line that nobody has linked."""
    linked = exists().where(chain.c.line_id == audit.c.id)
    found: int | None = connection.execute(select(func.min(audit.c.id)).where(~linked)).scalar()
    return found
