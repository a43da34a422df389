"""The buttons of reporters: of drafts, reminders, leave, and of what others want of them."""

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
class SendUnchanged(OfForm):
    """«Gửi nguyên như trên»: that report, if it is still what was shown, by the mark of its answers."""

    verb = "unchanged"
    mark: str


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
class CorrectReturned(Press):
    """What was returned is opened, to be corrected."""

    verb = "returned"
    review_id: int


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
class ConfirmOpening(OfForm):
    """Where a new unit's running totals begin is right (1) or not (0)."""

    verb = "opening"
    is_right: int


@dataclass(frozen=True)
class AcknowledgePress(Press):
    """«Đã nắm»: an announcement."""

    verb = "noted"
    announcement_id: int
