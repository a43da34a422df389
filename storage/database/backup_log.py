"""What became of the newest backup, as the audit has it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text

from storage.database.tables import metadata

audit = metadata.tables["audit"]
_NEWEST = (
    select(audit.c.id, audit.c.at, audit.c.what, audit.c.detail)
    .where(text("audit.what in ('backup', 'backup failed')"))  # written out as in the partial index
    .order_by(audit.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """The newest attempt: when it came to its end, and for which reason (key of a sentence, values) it failed, «» if it did not."""

    at: datetime
    why: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return bool(self.why)


def newest_backup(connection: Connection) -> BackupRecord | None:
    """None where there never was one."""
    row = connection.execute(_NEWEST).first()
    if row is None:
        return None
    failed = row.what == "backup failed"
    return (
        BackupRecord(row.at, str(row.detail["state"]), json.loads(row.detail["error"]))
        if failed
        else BackupRecord(row.at)
    )
