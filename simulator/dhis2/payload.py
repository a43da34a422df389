"""What was sent, from JSON, XML, ADX or CSV into one shape. Whatever is no such thing raises BadPayload."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Any
from xml.etree import ElementTree

DXF, ADX = "{http://dhis2.org/schema/dxf/2.0}", "{urn:ihe:qrph:adx:2015}"
_ADX_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)/(P1D|P7D|P1M)")


class BadPayload(Exception):
    """It cannot be read; its message is the server's."""


@dataclass(slots=True)
class SentValue:
    """One value as it was sent; None: it was not said."""

    element: str | None = None
    period: str | None = None
    unit: str | None = None
    combo: str | None = None
    attribute_combo: str | None = None
    value: str | None = None
    comment: str | None = None
    deleted: bool = False
    categories: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Payload:
    """A set. `schemes` and `strategy` of the payload beat those of the query."""

    values: list[SentValue]
    data_set: str | None = None
    complete: str | None = None
    period: str | None = None
    unit: str | None = None
    attribute_combo: str | None = None
    schemes: dict[str, str] = field(default_factory=dict)
    strategy: str | None = None
    dry_run: str | None = None


SCHEMES = ("idScheme", "dataElementIdScheme", "orgUnitIdScheme", "dataSetIdScheme", "categoryOptionComboIdScheme")


def _set(of: Mapping[str, Any], values: list[SentValue]) -> Payload:
    schemes = {name: str(of[name]) for name in SCHEMES if of.get(name)}
    named = (of.get(name) for name in ("dataSet", "completeDate", "period", "orgUnit", "attributeOptionCombo"))
    data_set, complete, period, unit, combo = (None if each is None else str(each) for each in named)
    dry = of.get("dryRun")
    strategy = of.get("importStrategy") or of.get("strategy")
    return Payload(
        values, data_set, complete, period, unit, combo, schemes, strategy, None if dry is None else str(dry).lower()
    )


def _value(of: Mapping[str, Any]) -> SentValue:
    return SentValue(
        of.get("dataElement"),
        of.get("period"),
        of.get("orgUnit"),
        of.get("categoryOptionCombo"),
        of.get("attributeOptionCombo"),
        of.get("value"),
        of.get("comment"),
        str(of.get("deleted", "false")).lower() == "true",
    )


def of_json(body: bytes) -> Payload:
    try:
        found = json.loads(body)
        values = found.get("dataValues", [])
    except (ValueError, AttributeError) as error:
        raise BadPayload(f"The import process failed: {error}") from None
    for each in values:
        if each.get("value") is not None and not isinstance(each["value"], str):
            raise BadPayload("The import process failed: value is no string")
    return _set(found, [_value(each) for each in values])


def _root(body: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(body)  # noqa: S314  # on loopback, where our own tests send
    except ElementTree.ParseError as error:
        raise BadPayload(f"The import process failed: {error}") from None


def of_xml(body: bytes) -> Payload:
    root = _root(body)
    if root.tag != f"{DXF}dataValueSet":
        raise BadPayload("The import process failed: no dataValueSet")
    return _set(_attributes(root), [_value(_attributes(each)) for each in root.iter(f"{DXF}dataValue")])


def _attributes(of: ElementTree.Element) -> dict[str, Any]:
    return {str(name): str(value) for name, value in of.attrib.items()}


def of_adx(body: bytes) -> Payload:
    """One group is read: what a client of ours would send. Without a scheme ADX means codes."""
    root = _root(body)
    groups = root.findall(f"{ADX}group")
    if root.tag != f"{ADX}adx" or not root.get("exported") or len(groups) != 1:
        raise BadPayload("The import process failed: no ADX with one group")
    group = _attributes(groups[0])
    for needed in ("orgUnit", "period", "dataSet"):
        if needed not in group:
            raise BadPayload(f"The import process failed: group has no {needed}")
    group["period"] = _from_adx(group["period"])
    known = {"dataElement", "value", "categoryOptionCombo"}
    values = []
    for each in groups[0].findall(f"{ADX}dataValue"):
        of = _attributes(each)
        if "dataElement" not in of or "value" not in of:
            raise BadPayload("The import process failed: dataValue without dataElement or value")
        values.append(_value(of))
        values[-1].categories = {name: value for name, value in of.items() if name not in known}
    return _set(group, values)


def _from_adx(period: str) -> str:
    found = _ADX_PERIOD.fullmatch(period)
    if found is None:
        raise BadPayload(f"The import process failed: no period {period}")
    first = date.fromisoformat(found[1])
    if found[2] == "P7D":
        year, week, _ = first.isocalendar()
        return f"{year}W{week}"
    return f"{first:%Y%m}" if found[2] == "P1M" else f"{first:%Y%m%d}"


def of_csv(body: bytes) -> Payload:
    names = {
        "dataelement": "dataElement",
        "period": "period",
        "orgunit": "orgUnit",
        "categoryoptioncombo": "categoryOptionCombo",
        "attributeoptioncombo": "attributeOptionCombo",
        "value": "value",
        "comment": "comment",
        "deleted": "deleted",
    }
    rows = list(csv.reader(StringIO(body.decode())))
    if not rows or rows[0][0].lower() != "dataelement":
        raise BadPayload("CSV without header row is no longer supported")
    head = [names.get(each.lower(), each) for each in rows[0]]
    return Payload([_value({n: v or None for n, v in zip(head, row, strict=False)}) for row in rows[1:] if row])


READERS: Mapping[str, Callable[[bytes], Payload]] = {
    "application/json": of_json,
    "application/xml": of_xml,
    "application/adx+xml": of_adx,
    "application/csv": of_csv,
}
"""By content type; any other is 415."""
