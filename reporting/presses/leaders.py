"""The buttons of leaders and chairs: how units stand, what is to be decided, what is asked and announced."""

from dataclasses import dataclass

from reporting.press import OfForm, Press


@dataclass(frozen=True)
class FillUnits(Press):
    """A page of the units for which a leader fills a form."""

    verb = "fill"
    form: str
    page: int


@dataclass(frozen=True)
class ShowLetter(Press):
    """A digest, as it was kept, as a letter. `by_deputy`: 1 where a deputy signs it."""

    verb = "letter"
    digest_id: int
    by_deputy: int = 0


@dataclass(frozen=True)
class ShowBoard(Press):
    """A digest, as it was kept, as a board."""

    verb = "board"
    digest_id: int


@dataclass(frozen=True)
class ShowDays(OfForm):
    """The board of units by days."""

    verb = "days"


@dataclass(frozen=True)
class ShowDigest(OfForm):
    """The digest of a unit, as it is now."""

    verb = "digest"


@dataclass(frozen=True)
class ShowBriefing(Press):
    """«Giao ban»: the page of a unit before a meeting."""

    verb = "meet"
    unit_id: int


@dataclass(frozen=True)
class PrintBriefing(Press):
    """«Bản in»: a page, as it was kept, as a PDF."""

    verb = "print"
    briefing_id: int


@dataclass(frozen=True)
class OpenList(Press):
    """What waits for whoever taps: «approvals», «proposals» or «undelivered»."""

    verb = "list"
    of: str


@dataclass(frozen=True)
class ShowStanding(OfForm):
    """How all units stand, those included of which nothing is wanted."""

    verb = "stand"


@dataclass(frozen=True)
class ShowUnit(OfForm):
    """A unit's page."""

    verb = "unit"


@dataclass(frozen=True)
class ShowTargets(Press):
    """How far a unit and those under it are with their targets; a page of them."""

    verb = "targets"
    unit_id: int
    page: int = 0


@dataclass(frozen=True)
class ShowAnswers(OfForm):
    """How complete the questions are answered up to that day: a page of them; `days` before it, 0: as many as go without saying."""

    verb = "answers"
    page: int = 0
    days: int = 0


@dataclass(frozen=True)
class RetireTarget(Press):
    """«Bỏ mục tiêu này»."""

    verb = "untarget"
    target_id: int


@dataclass(frozen=True)
class ListUnits(OfForm):
    """A page of the units under one."""

    verb = "units"
    page: int


@dataclass(frozen=True)
class RankUnits(OfForm):
    """The units in the order of a headline figure, by its place."""

    verb = "rank"
    place: int


@dataclass(frozen=True)
class NudgePress(OfForm):
    """«Đôn đốc»."""

    verb = "nudge"


@dataclass(frozen=True)
class Reopen(OfForm):
    """A closed report is opened again for so many hours."""

    verb = "reopen"
    hours: int | None = None


@dataclass(frozen=True)
class Approve(OfForm):
    """A report is approved, as it stood in that revision."""

    verb = "approve"
    revision: int


@dataclass(frozen=True)
class ApproveUndoubted(Press):
    """Reports of a form that wait for whoever taps it, and of which nothing is in doubt, as they stood at that second of the epoch."""

    verb = "approveall"
    form: str
    until: int


@dataclass(frozen=True)
class Unapprove(OfForm):
    """The approval of a report, as it stood in that revision, is to be taken back: asks why."""

    verb = "unapprove"
    revision: int


@dataclass(frozen=True)
class ReturnReport(OfForm):
    """«Trả lại»: a report is to be returned, as it stood in that revision: asks for what and why.

    `place`: one of its figures is meant as well, or is not any more; 0: what is typed next is about the whole.
    """

    verb = "return"
    revision: int
    place: int | None = None


@dataclass(frozen=True)
class DropReturn(Press):
    """«Thôi»: the report is not returned, or its approval not taken back, after all."""

    verb = "unreturn"


@dataclass(frozen=True)
class ChooseFigure(OfForm):
    """A page of the figures that can be asked back."""

    verb = "backs"
    page: int


@dataclass(frozen=True)
class AskBack(OfForm):
    """The figure at that place is asked back."""

    verb = "back"
    place: int


@dataclass(frozen=True)
class AskFigures(Press):
    """A resident's inquiry, in short fields."""

    verb = "ask"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnnouncementPress(Press):
    """What is to be done with an announcement, by its sender: a `move` of `handlers/leaders/announce.py`; `form`: its key."""

    verb = "announce"
    announcement_id: int
    move: str
    form: str = ""
