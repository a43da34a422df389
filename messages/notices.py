"""The message of an event: what another person is told of what somebody did. The only place that knows which words are whose."""

import logging
from collections.abc import Iterable
from traceback import extract_tb
from typing import assert_never
from zoneinfo import ZoneInfo

from messages.admins.person_words import erasure_asked_say
from messages.admins.proposal_words import decided_notice, proposed_say
from messages.admins.unit_words import both_reported_say, unit_ended_say
from messages.leaders.acting_words import approved_say, nudge_say, reopened_say
from messages.leaders.approval_words import approval_wanted_say, overdue_say
from messages.leaders.data_query_words import asked_say, ended_say
from messages.leaders.follow_announcement_words import due_passed_say, left_say
from messages.leaders.returning_words import return_say, unapproved_say
from messages.leaders.turn_words import turns_say
from messages.reporters.announced_words import (
    acknowledgement_wanted_say,
    announced_say,
    announcement_recalled_say,
)
from messages.reporters.form_changed_words import carried_say, not_wanted_say
from messages.reporters.hand_over_words import duty_ended_say, handover_say
from messages.reporters.leave_words import leave_ended_say, leave_say
from messages.reporters.opening_words import doubted_say
from messages.reporters.review_words import desk_corrected_say
from messages.residents.feedback_words import feedback_say
from messages.residents.flags import outcome
from reporting.events.announcements import (
    AcknowledgementsDue,
    AcknowledgementWanted,
    Announced,
    AnnouncementEvent,
    AnnouncementLeft,
    AnnouncementRecalled,
)
from reporting.events.drafts import DraftCarriedOver, DraftNotWanted
from reporting.events.duties import DutyEnded, DutyHandedOver, ErasureAsked, LeaveEnded, LeaveTaken
from reporting.events.event import Event
from reporting.events.feedback import FeedbackGiven
from reporting.events.indicators import IndicatorProposed, ProposalDecided, TurnsSeen
from reporting.events.queries import DataQueryAsked, DataQueryEnded, DoubtEnded, Nudge
from reporting.events.reviews import (
    ApprovalOverdue,
    ApprovalWanted,
    Approved,
    CorrectedByDesk,
    Reopened,
    ReportReturned,
    ReviewEvent,
    Unapproved,
)
from reporting.events.units import BothReported, OpeningDoubted, UnitEnded
from reporting.say import Rank, Say
from reporting.translator import translator

logger = logging.getLogger(__name__)


def message_of(event: Event, zone: ZoneInfo) -> Say:
    """In the language of whoever is told, with moments as `zone` has them."""
    match event:
        case ApprovalWanted() | ApprovalOverdue() | Approved() | Unapproved() | ReportReturned():
            return _of_review(event, zone)
        case Reopened():
            return reopened_say(event, zone)
        case Nudge():
            return nudge_say(event, zone)
        case DataQueryAsked():
            return asked_say(event, zone)
        case DataQueryEnded():
            return ended_say(event)
        case DoubtEnded():
            return outcome(event)
        case LeaveTaken():
            return leave_say(event)
        case DutyHandedOver():
            return handover_say(event)
        case LeaveEnded():
            return leave_ended_say(event)
        case DutyEnded():
            return duty_ended_say(event)
        case ErasureAsked():
            return erasure_asked_say(event)
        case CorrectedByDesk():
            return desk_corrected_say(event)
        case FeedbackGiven():
            return feedback_say(event)
        case DraftCarriedOver():
            return carried_say(event)
        case DraftNotWanted():
            return not_wanted_say(event)
        case IndicatorProposed():
            return proposed_say(event)
        case ProposalDecided():
            return decided_notice(event)
        case UnitEnded():
            return unit_ended_say(event)
        case OpeningDoubted():
            return doubted_say(event)
        case BothReported():
            return both_reported_say(event)
        case (
            Announced() | AcknowledgementWanted() | AnnouncementRecalled() | AcknowledgementsDue() | AnnouncementLeft()
        ):
            return _of_announcement(event, zone)
        case TurnsSeen():
            return turns_say(event)
        case _:
            assert_never(event)


def _of_review(event: ReviewEvent, zone: ZoneInfo) -> Say:
    match event:
        case ApprovalWanted():
            return approval_wanted_say(event)
        case ApprovalOverdue():
            return overdue_say(event, zone)
        case Approved():
            return approved_say(event)
        case Unapproved():
            return unapproved_say(event)
        case ReportReturned():
            return return_say(event, zone)
        case _:
            assert_never(event)


def _of_announcement(event: AnnouncementEvent, zone: ZoneInfo) -> Say:
    match event:
        case Announced():
            return announced_say(event, zone)
        case AcknowledgementWanted():
            return acknowledgement_wanted_say(event, zone)
        case AnnouncementRecalled():
            return announcement_recalled_say(event)
        case AcknowledgementsDue():
            return due_passed_say(event, zone)
        case AnnouncementLeft():
            return left_say(event)


def notices_of(events: Iterable[Event], zone: ZoneInfo) -> list[Say]:
    """One for each event, in their order: of what somebody has done, which stands. Of one for which no words can be found its receiver
    hears just that, and the log why: it keeps neither the others from hearing of it nor him from doing it.
    """
    return [_said_or_lost(event, zone) for event in events]


def notices_in_parts(events: Iterable[Event], zone: ZoneInfo) -> list[Say]:
    """The same for whoever does it part by part, and again: what cannot be put into words is raised."""
    return [message_of(event, zone) for event in events]


def _said_or_lost(event: Event, zone: ZoneInfo) -> Say:
    try:
        return message_of(event, zone)
    except Exception as error:
        if isinstance(event, DoubtEnded):
            *_, at = extract_tb(error.__traceback__)
            why = (type(error).__name__, at.name, at.lineno)
            logger.error("What became of a doubt cannot be put into words: %s in %s, line %s", *why)  # noqa: TRY400  # nothing of a resident
            return Say(event.flag.to, translator(event.flag.language)("notice_lost_resident"), rank=Rank.REMINDER)
        logger.exception("%s for person %d cannot be put into words", type(event).__name__, event.to.id)
        return Say(event.to.address, translator(event.to.language)("notice_lost"), rank=Rank.REMINDER)
