"""The type column of a survey sheet: XLSForm's types and their older spellings, and what chat cannot carry."""

import re
from dataclasses import dataclass

from reporting.questions.question_types import PLAIN, QuestionType, Spelling, registry


@dataclass(frozen=True, slots=True)
class TypeCell:
    """`base` is the type that we ask by; `list_name` the choices of a select. `refused`: a catalogue key, why not.

    `special`: what comes with some older or special types.
    """

    base: str
    list_name: str = ""
    refused: str = ""
    special: Spelling = PLAIN

    @property
    def type(self) -> QuestionType:
        return registry().by_name[self.base]


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
    known = registry().spelt
    spelt = known.get(lower) or known.get(lower.replace("_", " "))
    if spelt:
        return TypeCell(spelt[0].names[0], special=spelt[1])
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


def type_names() -> list[str]:
    """Spellings that a misspelt type is compared with."""
    return sorted({*registry().spelt, *registry().by_name, "begin group", "end group"})
