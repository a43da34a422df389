"""The type column of a survey sheet: XLSForm's types and their older spellings, and what chat cannot carry."""

import re
from dataclasses import dataclass

from reporting.questions.question_types import PLAIN, QuestionType, Spelling, registry


@dataclass(frozen=True, slots=True)
class TypeCell:
    """`base` is the type that we ask by; `list_name` the choices of a select. `refused`: a catalogue key, why not.

    `special`: what comes with some older or special types. `warning`: a catalogue key, what is different in a chat.
    `source`: where the choices come from, if not from the choices sheet: «external» (the sheet of that name) or a file's name.
    `other`: whether «other», with a question which, is one of the choices.
    """

    base: str
    list_name: str = ""
    refused: str = ""
    special: Spelling = PLAIN
    warning: str = ""
    source: str = ""
    other: bool = False

    @property
    def type(self) -> QuestionType:
        return registry().by_name[self.base]


@dataclass(frozen=True, slots=True)
class Section:
    """The row begins or ends a group or a repeat."""

    begins: bool
    repeats: bool = False
    refused: str = ""


_DEVICE = re.compile(
    r"(uri:|get )?(deviceid|device id|imei|simserial|sim id|simid|subscriberid|subscriber id|phonenumber|phone number|email|username)"
)
_ELSEWHERE = re.compile(r"db:[\w\-]+")
"""One of the people or places that another system knows."""
_PASSED_OVER = ("audit", "start-geopoint", "background-geopoint", "background-audio", "csv-external", "xml-external")
"""Rows that ask nothing of anybody."""
_SOUNDS = ("audio", "video", "q audio", "q video", "add audio prompt", "add video prompt")
_SCANNED = ("barcode", "q barcode", "add barcode prompt")
_SELECT = re.compile(
    r"(?P<kind>select[_ ]?(?:one|1|multiple|all that apply)|add select (?:one|multiple) prompt|select1|q select1?|rank)"
    r"(?P<file>[_ ]from[_ ]file)?(?P<external>[_ ]external)?(?:\s+(?:from|using))?\s+(?P<list>\S+)"
    r"(?P<other>[\s_]+(?:or[_ ]other|or[_ ]specify[_ ]other))?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?P<way>begin|end)[\s_]+(?P<what>group|repeat|lgroup|loop|looped group)(?:\s.*)?", re.IGNORECASE
)
_DRAWN = ("geotrace", "geoshape", "q geotrace", "q geoshape")
_OTHER_KINDS = (
    (("osm",), "type_shape"),
    (("include",), "type_external"),
    (("cascading_select", "cascading"), "type_cascading"),
)


def read_type(text: str) -> TypeCell | Section | None:
    """A cell of the type column; None if there is no such type."""
    said = " ".join(text.split())
    lower = said.lower()
    section = _SECTION.fullmatch(lower)
    if section:
        loop = "type_loop" if section["what"] in ("loop", "looped group") else ""
        return Section(section["way"] == "begin", section["what"] == "repeat", loop)
    known = registry().spelt
    spelt = known.get(lower) or known.get(lower.replace("_", " "))
    if spelt:
        return TypeCell(spelt[0].names[0], special=spelt[1])
    if _DEVICE.fullmatch(lower):
        return TypeCell("hidden", warning="type_device")
    if _ELSEWHERE.fullmatch(lower):
        return TypeCell("text", warning="type_elsewhere")
    first = lower.split()[0] if lower else ""
    if lower in _SCANNED:
        return TypeCell("text", warning="type_scanned")
    if lower in _DRAWN:
        return TypeCell("text", warning="type_drawn")
    if lower in _SOUNDS:
        return TypeCell("file", warning="type_sound")
    if lower in _PASSED_OVER:
        return TypeCell("note", warning="type_device")
    for names, key in _OTHER_KINDS:
        if lower in names or first in names:
            return TypeCell("", refused=key)
    return _read_select(said)


def _read_select(said: str) -> TypeCell | None:
    select = _SELECT.fullmatch(said)
    if select is None:
        return None
    kind = select["kind"].lower()
    base = "rank" if kind == "rank" else "select_one" if "one" in kind or kind.endswith("1") else "select_multiple"
    source = select["list"] if select["file"] else "external" if select["external"] else ""
    return TypeCell(base, select["list"], source=source, other=bool(select["other"]))


def type_names() -> list[str]:
    """Spellings that a misspelt type is compared with."""
    return sorted({*registry().spelt, *registry().by_name, "begin group", "end group", "begin repeat", "end repeat"})
