"""What the buttons carry: one class for each kind of button, and which of them a text is."""

from dataclasses import dataclass
from datetime import date

from reporting.press import OfForm, Press


@dataclass(frozen=True)
class DraftPress(Press):
    """A button of a draft, of its present turn or stale. `move`: what it does; `number`: with which line, choice or value."""

    verb = "d"
    draft_id: int
    turn: int
    move: str
    number: int | None = None


@dataclass(frozen=True)
class OpenReport(OfForm):
    """«Báo cáo ngay»: that report."""

    verb = "report"


@dataclass(frozen=True)
class FillUnits(Press):
    """A page of the units for which a leader fills a form."""

    verb = "fill"
    form: str
    page: int


@dataclass(frozen=True)
class AnswerOffer(Press):
    """An answer to what was offered because of a message: «yes», «no», or «pick» with the place of a figure."""

    verb = "offer"
    message_id: int
    answer: str
    place: int | None = None


@dataclass(frozen=True)
class Snooze(Press):
    """«Nhắc tôi sau … phút»."""

    verb = "snooze"
    minutes: int


@dataclass(frozen=True)
class OwnHoursPress(Press):
    """His own hours: «show», «form» (as the form says) or «set», to so many minutes after midnight."""

    verb = "hours"
    move: str
    minute: int | None = None


@dataclass(frozen=True)
class LateReasonPress(OfForm):
    """Why a report is late."""

    verb = "late"
    reason: str


@dataclass(frozen=True)
class LateReasonForAll(Press):
    """Why all are late that were late at that minute (of the epoch)."""

    verb = "lates"
    minute: int
    reason: str


@dataclass(frozen=True)
class TakeLeave(Press):
    """Away from the first of the days to the last."""

    verb = "away"
    first_on: date
    last_on: date


@dataclass(frozen=True)
class EndLeave(Press):
    """«Tôi đi làm lại»."""

    verb = "atwork"


@dataclass(frozen=True)
class HandOver(Press):
    """Whom a unit's duty of today is handed over to, and the day on which it was asked."""

    verb = "handover"
    unit_id: int
    person_id: int
    asked_on: date


@dataclass(frozen=True)
class HandOverTaken(Press):
    """«Đã nhận» of whoever got it."""

    verb = "taken"
    unit_id: int


@dataclass(frozen=True)
class ChooseLanguage(Press):
    """The language in which one is spoken to."""

    verb = "language"
    language: str


@dataclass(frozen=True)
class AskEndDuty(Press):
    """«Thôi»: whether this duty is to end."""

    verb = "unduty"
    duty_id: int


@dataclass(frozen=True)
class EndDutyPress(Press):
    """It is to end."""

    verb = "undutied"
    duty_id: int


@dataclass(frozen=True)
class RevokePress(Press):
    """«Thu hồi»: an invitation."""

    verb = "uninvite"
    invitation_id: int


@dataclass(frozen=True)
class SheetPress(Press):
    """The sheet of invitations for all units under one that have no reporter."""

    verb = "sheet"
    unit_id: int


@dataclass(frozen=True)
class EraseMe(Press):
    """«Xóa dữ liệu của tôi», for sure."""

    verb = "eraseme"


@dataclass(frozen=True)
class SayAgain(Press):
    """A message that was not heard for sure is said once more."""

    verb = "resend"
    message_id: int


@dataclass(frozen=True)
class FormCandidatePress(Press):
    """What is to be done with the form that was sent: «try», «see», «when» (asks from which day) or «drop»."""

    verb = "form"
    candidate_id: int
    move: str


@dataclass(frozen=True)
class PublishForm(Press):
    """The form that was sent is published from this day on."""

    verb = "formon"
    candidate_id: int
    from_on: date


@dataclass(frozen=True)
class ProposalPress(Press):
    """An indicator that one is about to propose: «send», «anew» or «drop»."""

    verb = "propose"
    proposal_id: int
    move: str


@dataclass(frozen=True)
class DecideProposal(Press):
    """The desk takes up what was proposed, puts it off or declines it."""

    verb = "decide"
    proposal_id: int
    decision: str


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
class CorrectReturned(Press):
    """What was returned is opened, to be corrected."""

    verb = "returned"
    review_id: int


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
class FigureIsRight(Press):
    """«Đúng»: the figure that was asked back stands."""

    verb = "right"
    query_id: int


@dataclass(frozen=True)
class FigureIsWrong(Press):
    """«Sai»: it is to be corrected."""

    verb = "wrong"
    query_id: int


@dataclass(frozen=True)
class AskFigures(Press):
    """A resident's inquiry, in short fields."""

    verb = "ask"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LookUp(Press):
    """A page of the menus of what can be looked up."""

    verb = "look"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowPress(Press):
    """A unit, maybe a figure of it, and the hour are followed."""

    verb = "follow"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unfollow(Press):
    """It is followed no more."""

    verb = "unfollow"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlagPress(Press):
    """«Số này chưa đúng?»"""

    verb = "flag"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConfirmOpening(OfForm):
    """Where a new unit's running totals begin is right (1) or not (0)."""

    verb = "opening"
    is_right: int


@dataclass(frozen=True)
class ChangeUnits(Press):
    """A file of units that was shown is written (1) or dropped (0)."""

    verb = "unitfile"
    file_id: int
    is_wanted: int


@dataclass(frozen=True)
class AnnouncementPress(Press):
    """What is to be done with an announcement, by its sender: a `move` of `handlers/leaders/announce.py`; `form`: its key."""

    verb = "announce"
    announcement_id: int
    move: str
    form: str = ""


@dataclass(frozen=True)
class AcknowledgePress(Press):
    """«Đã nắm»: an announcement."""

    verb = "noted"
    announcement_id: int


PRESSES: tuple[type[Press], ...] = (
    DraftPress,
    OpenReport,
    FillUnits,
    AnswerOffer,
    Snooze,
    OwnHoursPress,
    LateReasonPress,
    LateReasonForAll,
    TakeLeave,
    EndLeave,
    HandOver,
    HandOverTaken,
    ChooseLanguage,
    AskEndDuty,
    EndDutyPress,
    RevokePress,
    SheetPress,
    EraseMe,
    SayAgain,
    ShowLetter,
    FormCandidatePress,
    PublishForm,
    ProposalPress,
    DecideProposal,
    ShowBoard,
    ShowDays,
    ShowDigest,
    ShowBriefing,
    PrintBriefing,
    OpenList,
    ShowStanding,
    ShowUnit,
    ListUnits,
    RankUnits,
    NudgePress,
    Reopen,
    Approve,
    ApproveUndoubted,
    Unapprove,
    ReturnReport,
    DropReturn,
    CorrectReturned,
    ChooseFigure,
    AskBack,
    FigureIsRight,
    FigureIsWrong,
    AskFigures,
    LookUp,
    FollowPress,
    Unfollow,
    FlagPress,
    ConfirmOpening,
    ChangeUnits,
    AnnouncementPress,
    AcknowledgePress,
    ShowTargets,
    RetireTarget,
    ShowAnswers,
)
_BY_VERB = {each.verb: each for each in PRESSES}


def read_press(pressed: str) -> Press | None:
    """The button; None for one of another time, or one that was forged."""
    verb, *parts = pressed.split(":")
    kind = _BY_VERB.get(verb)
    try:
        return kind.unpacked(tuple(parts)) if kind is not None else None
    except ValueError:
        return None
