"""What a briefing page holds, then and at the next meeting: five blocks, what is to be done, and the units that they are of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple, TypeVar

from reporting.digests.content import ReportsCounted
from reporting.digests.drawings import DigestPicture
from reporting.say import Drawing

BlockName = Literal["new", "worse", "missing", "waiting", "promised"]
BLOCKS: tuple[BlockName, ...] = ("new", "worse", "missing", "waiting", "promised")
"""In the order in which they are read."""

TO_DO: frozenset[BlockName] = frozenset({"missing", "waiting", "promised"})
"""The blocks of which the next meeting asks what became of them."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a page tells, as the next page knows it again. `kind`: the item that found it; `key`: what tells it apart from
    others of the same unit, form and period.
    """

    kind: str
    unit_id: int
    form: str = ""
    period: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class BriefingBlock:
    """One of the five: `lines` are plain text, for paper; where there are none, `none` says so, or that it is not known yet."""

    name: BlockName
    title: str
    lines: tuple[str, ...]
    none: str = ""


@dataclass(frozen=True, slots=True)
class BriefingUnit:
    """A unit that is named in some blocks."""

    unit: str
    blocks: tuple[BlockName, ...]


@dataclass(frozen=True, slots=True)
class BriefingSource:
    """A form and the period that the page is of. `said`: both with the coverage, in words."""

    form: str
    period: date
    coverage: ReportsCounted
    said: str


class BriefingOutcome(NamedTuple):
    """Of the things to be done that the page before told: how many there were, and how many are done."""

    told: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingContent:
    """All of it. `nothing`: one line for the blocks that are empty; `before`: what became of the last page, «» where there is none.

    `matters`: what is to be done. `units`: those that anything is with, the most first; `more` of these are not
    named, and nothing is with `others`.
    `figures`: of the form that the picture is of.
    """

    language: str
    unit_id: int
    unit: str
    title: str
    when: str
    coverage_text: str
    as_of: datetime
    demonstration: bool
    sources: tuple[BriefingSource, ...]
    blocks: tuple[BriefingBlock, ...]
    nothing: str
    before: str
    matters: tuple[Matter, ...]
    units: tuple[BriefingUnit, ...]
    others: int
    more: int = 0
    figures: DigestPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPicture(BriefingContent, Drawing):
    """The picture in the chat: the figures, their trend, and which units what is with."""

    maker: ClassVar[str] = "briefing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingSheet(BriefingContent, Drawing):
    """The page for the table, one A4 of PDF."""

    maker: ClassVar[str] = "briefing_sheet"


Part = TypeVar("Part", BriefingPicture, BriefingSheet)


def briefing_part(part: type[Part], content: BriefingContent) -> Part:
    """The page as that drawing."""
    kept: Mapping[str, object] = {each.name: getattr(content, each.name) for each in fields(BriefingContent)}
    return part(**kept)  # type: ignore[arg-type]  # the fields are the same


def briefing_outcome(told: Collection[Matter], still: Collection[Matter]) -> BriefingOutcome:
    """What became of the things that a page told: done is what is not open still."""
    return BriefingOutcome(len(set(told)), len(set(told) - set(still)))
