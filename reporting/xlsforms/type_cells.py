"""The type column of a survey sheet: XLSForm's types and their older spellings, and what chat cannot carry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeCell:
    """`base` is the type that we ask by; `list_name` the choices of a select. `refused`: a catalogue key, why not.

    `constraint`, `hint`, `default`, `calculation` come with some older or special types.
    """

    base: str
    list_name: str = ""
    refused: str = ""
    constraint: str = ""
    default: str = ""
    calculation: str = ""


_SPELT = {
    "integer": "integer", "int": "integer", "add integer prompt": "integer", "q int": "integer",
    "decimal": "decimal", "add decimal prompt": "decimal", "q decimal": "decimal",
    "text": "text", "string": "text", "add text prompt": "text", "q string": "text",
    "note": "note", "add note prompt": "note", "q note": "note",
    "date": "date", "add date prompt": "date", "q date": "date", "time": "time",
    "datetime": "dateTime", "date time": "dateTime", "add date time prompt": "dateTime", "add datetime prompt": "dateTime",
    "q date time": "dateTime", "q datetime": "dateTime",
    "geopoint": "geopoint", "gps": "geopoint", "location": "geopoint", "q geopoint": "geopoint", "q location": "geopoint",
    "add location prompt": "geopoint",
    "image": "image", "photo": "image", "q picture": "image", "q image": "image",
    "add image prompt": "image", "add photo prompt": "image",
    "file": "file", "add file prompt": "file",
    "acknowledge": "acknowledge", "trigger": "acknowledge", "q acknowledge": "acknowledge", "add acknowledge prompt": "acknowledge",
    "range": "range", "hidden": "hidden",
    "calculate": "calculate", "add calculate prompt": "calculate", "q calculate": "calculate",
}  # fmt: skip
_SPECIAL: Mapping[str, TypeCell] = {
    "phone number": TypeCell("text", constraint=r"regex(., '^\d*$')"),
    "percentage": TypeCell("integer", constraint="0 <= . and . <= 100"),
    "number of days in last month": TypeCell("integer", constraint="0 <= . and . <= 31"),
    "number of days in last six months": TypeCell("integer", constraint="0 <= . and . <= 183"),
    "number of days in last year": TypeCell("integer", constraint="0 <= . and . <= 365"),
    **dict.fromkeys(("start", "start time", "get start time"), TypeCell("hidden", default="now()")),
    **dict.fromkeys(("end", "end time", "get end time"), TypeCell("calculate", calculation="now()")),
    **dict.fromkeys(("today", "get today"), TypeCell("hidden", default="today()")),
}
"""Types that are another one with a rule, or that are worked out."""

_DEVICE = re.compile(
    r"(uri:|get )?(deviceid|device id|imei|simserial|sim id|subscriberid|subscriber id|phonenumber|phone number|email|username)"
)
_SELECT = re.compile(
    r"(?P<kind>select[_ ]?(?:one|1|multiple|all that apply)|add select (?:one|multiple) prompt|select1|q select1?)"
    r"(?P<file>[_ ]from[_ ]file)?(?P<external>[_ ]external)?(?:\s+(?:from|using))?\s+(?P<list>\S+)"
    r"(?P<other>[\s_]+(?:or[_ ]other|or[_ ]specify[_ ]other))?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?P<way>begin|end)[\s_]+(?P<what>group|repeat|lgroup|loop|looped group)(?:\s.*)?", re.IGNORECASE
)
_OTHER_KINDS = (
    (
        ("audio", "video", "background-audio", "q audio", "q video", "add audio prompt", "add video prompt"),
        "type_sound",
    ),
    (
        ("geotrace", "geoshape", "start-geopoint", "background-geopoint", "q geotrace", "q geoshape", "osm"),
        "type_shape",
    ),
    (("barcode", "q barcode", "add barcode prompt"), "type_barcode"),
    (("rank",), "type_rank"),
    (("audit",), "type_device"),
    (("include", "csv-external", "xml-external"), "type_external"),
    (("cascading_select", "cascading"), "type_cascading"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """The row begins or ends a group; a repeat or a loop is `refused`."""

    begins: bool
    refused: str = ""


def read_type(text: str) -> TypeCell | Section | None:
    """A cell of the type column; None if there is no such type."""
    said = " ".join(text.split())
    lower = said.lower()
    section = _SECTION.fullmatch(lower)
    if section:
        return Section(section["way"] == "begin", "" if section["what"] == "group" else "type_repeat")
    spelt = _SPELT.get(lower) or _SPELT.get(lower.replace("_", " "))
    if spelt:
        return TypeCell(spelt)
    if lower in _SPECIAL:
        return _SPECIAL[lower]
    if _DEVICE.fullmatch(lower):
        return TypeCell("", refused="type_device")
    first = lower.split()[0] if lower else ""
    for names, key in _OTHER_KINDS:
        if lower in names or first in names:
            return TypeCell("", refused=key)
    return _read_select(said)


def _read_select(said: str) -> TypeCell | None:
    select = _SELECT.fullmatch(said)
    if select is None:
        return None
    kind = select["kind"].lower()
    base = "select_one" if "one" in kind or kind.endswith("1") else "select_multiple"
    refused = "type_external" if select["file"] or select["external"] else "type_or_other" if select["other"] else ""
    return TypeCell(base, select["list"], refused)


TYPE_NAMES = sorted({*_SPELT, "select_one", "select_multiple", "begin group", "end group"})
"""Spellings that a misspelt type is compared with."""
