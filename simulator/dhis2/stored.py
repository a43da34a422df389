"""What the server keeps, and what an import came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ValueKey = tuple[str, str, str, str, str]
"""Uids of element, unit, combo and attribute combo, and the period: (element, period, unit, combo, attribute combo)."""


@dataclass
class Stored:
    """Values by key, and which (data set, period, unit) are complete. `log`: what was done to whom, in order."""

    values: dict[ValueKey, str] = field(default_factory=dict)
    complete: dict[tuple[str, str, str], str] = field(default_factory=dict)
    log: list[tuple[str, ValueKey, str]] = field(default_factory=list)

    def put(self, key: ValueKey, value: str) -> None:
        self.values[key] = value
        self.log.append(("put", key, value))

    def drop(self, key: ValueKey) -> bool:
        gone = self.values.pop(key, None)
        if gone is not None:
            self.log.append(("drop", key, gone))
        return gone is not None


@dataclass
class Summary:
    """An import summary in the making. `conflict`: by error code and what it is about, with the indexes that it is about."""

    status: str = "SUCCESS"
    description: str = "Import process completed successfully"
    imported: int = 0
    updated: int = 0
    ignored: int = 0
    deleted: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)
    complete: str = "false"

    def refuse(self, index: int, code: str, words: str, objects: dict[str, str], property_name: str = "") -> None:
        """A conflict about the value at an index: the like of it are one, with several indexes."""
        self.rejected.add(index)
        for each in self.conflicts:
            if each["errorCode"] == code and each["value"] == words:
                each["indexes"].append(index)
                return
        found: dict[str, Any] = {"value": words, "errorCode": code, "indexes": [index], "objects": objects}
        if property_name:
            found |= {"object": next(iter(objects.values()), ""), "property": property_name}
        self.conflicts.append(found)

    def abort(self, code: str, words: str, about: str, index: int | None = None) -> None:
        """The whole of it is refused."""
        self.status, self.description = "ERROR", "Import process was aborted"
        found: dict[str, Any] = {"object": about, "value": words, "errorCode": code}
        if index is not None:
            found["indexes"] = [index]
        self.conflicts.append(found)

    def answer(self) -> dict[str, Any]:
        return {
            "responseType": "ImportSummary",
            "status": self.status,
            "description": self.description,
            "importCount": {
                "imported": self.imported,
                "updated": self.updated,
                "ignored": self.ignored,
                "deleted": self.deleted,
            },
            "conflicts": self.conflicts,
            "rejectedIndexes": sorted(self.rejected),
            "dataSetComplete": self.complete,
        }


def web_message(summary: Summary, mode: str) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the body around a summary: a warning is 409 up to 2.42, and 200 from 2.43."""
    later = mode != "2.42"
    status, http, words = {
        "SUCCESS": (200, "OK", "Import was successful."),
        "WARNING": (
            (200, "OK", "Import completed with warnings, please check import summary.")
            if later
            else (409, "Conflict", "One more conflicts encountered, please check import summary.")
        ),
        "ERROR": (409, "Conflict", "An error occurred, please check import summary."),
    }[summary.status]
    outer = {"SUCCESS": "OK"}.get(summary.status, summary.status)
    body = {"httpStatus": http, "httpStatusCode": status, "status": outer, "message": words}
    return status, {**body, "response": summary.answer()}
