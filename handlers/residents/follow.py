"""People follow a unit or a figure, and end it; /quen forgets all that is kept of them as residents."""

from dataclasses import replace

from handlers.residents.public_answer import slowed, view_of, view_under, vocabulary_of
from messages.residents.clarification import ask_back
from messages.residents.follow_words import ask_when, ended, follow_begun, follows_overview, hour_of, read_follow, which
from messages.residents.former_units import instead, notes
from messages.residents.view import View
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.presses.residents import FollowPress, Unfollow
from reporting.say import Say
from services.context import Context
from services.follow import begin_follow, end_follow, followed_by, forget_resident
from understanding import Inquiry, understand


def follow(message: Message, context: Context) -> list[Say]:
    """/theodoi: what is followed; with a unit, or a figure of one, behind it: that too."""
    view = view_of(context, message, context.words_for(message))
    if not message.arguments:
        return [follows_overview(view, followed_by(context, view.to))]
    return follow_asked(context, view, understand(message.arguments, vocabulary_of(context), context.today))


def forget(message: Message, context: Context) -> list[Say]:
    """/quen: nothing of a resident remains."""
    view = view_of(context, message, context.words_for(message))
    had_any = forget_resident(context, view.to)
    return [Say(view.to, view.words("forgotten" if had_any else "forgotten_nothing"))]


def choose(tap: Tap, press: FollowPress, context: Context) -> list[Say]:
    """«Theo dõi», then the hour."""
    view = view_under(context, tap)
    if (late := slowed(context, view, tap)) is not None:
        return late
    try:
        unit, indicator, when = read_follow(press.parts, view)
        at = hour_of(when) if when else None
    except (ValueError, KeyError):
        return [Say(view.to, view.words("button_unknown_to_us"))]
    if not when:
        return [ask_when(view, unit, indicator)]
    try:
        begin_follow(context, view.to, unit, indicator, at, view.words.language)
    except Refused as refused:
        return [Say(view.to, view.words.refusal(refused))]
    return [follow_begun(view, unit, indicator, at)]


def end(tap: Tap, press: Unfollow, context: Context) -> list[Say]:
    """«Bỏ theo dõi»: in one tap."""
    view = view_under(context, tap)
    if (late := slowed(context, view, tap)) is not None:
        return late
    try:
        unit, indicator, _ = read_follow(press.parts, view)
    except (ValueError, KeyError):
        return [Say(view.to, view.words("button_unknown_to_us"))]
    end_follow(context, view.to, unit, indicator)
    return [ended(view, unit, indicator)]


def follow_asked(context: Context, view: View, inquiry: Inquiry) -> list[Say]:
    """«Tôi muốn nhận thông báo về xã Minh Sơn»: when; if it is not clear about which unit: that first."""
    if inquiry.intent == "unsubscribe":
        return [follows_overview(view, followed_by(context, view.to))]
    if "gone" in inquiry.doubts:
        return [replace(ask_back(view, inquiry), buttons=which(view, instead(view, inquiry)).buttons)]
    if inquiry.doubts or len(inquiry.units) != 1:
        return [which(view, inquiry.unit_choices or inquiry.units)]
    named = [each for each in inquiry.indicators if each in view.public]
    said = ask_when(view, inquiry.units[0], named[0] if len(named) == 1 else None)
    return [replace(said, text=view.joined([*notes(view, inquiry), said.text]))]
