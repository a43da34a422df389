"""The words around following: when to be told, what is followed, and the message itself when its time has come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from messages.residents.presses import from_base36, indicator_named, name_of, to_base36
from messages.residents.view import View
from messages.residents.without_figures import examples
from reporting.figures.follow import HOURS, Follow
from reporting.figures.indicator import Indicator
from reporting.presses.residents import FollowPress, Unfollow
from reporting.say import Button, Rank, Say
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Inquiry, Span


def inquiry_followed(follow: Follow, view: View) -> Inquiry:
    """What is told of what is followed: the newest there is."""
    latest = Span("latest", view.today, view.today)
    unit = (view.tree.unit(follow.unit_id),)
    if follow.indicator is None:
        return Inquiry("overview", "overview", units=unit, span=latest)
    return Inquiry("value", "value", units=unit, indicators=(follow.indicator,), span=latest)


def follow_button(view: View, inquiry: Inquiry) -> Button | None:
    """«Theo dõi» under an answer about one unit."""
    if inquiry.intent not in ("value", "overview") or len(inquiry.units) != 1 or view.is_group:
        return None
    named = inquiry.indicators[0] if inquiry.intent == "value" and len(inquiry.indicators) == 1 else None
    return Button(view.words.plain("follow_button"), _press(FollowPress, inquiry.units[0], named))


def _press(
    kind: type[FollowPress | Unfollow], unit: Unit, indicator: Indicator | None, *more: str
) -> FollowPress | Unfollow:
    return kind((to_base36(unit.id), name_of(indicator) if indicator else "", *more))


def read_follow(arguments: Sequence[str], view: View) -> tuple[Unit, Indicator | None, str]:
    """The unit, the figure and the hour («17», «c» for whenever it changes, «» unsaid) of a button. ValueError or KeyError if none."""
    unit, name, when = (*arguments, "", "", "")[:3]
    return view.tree.unit(from_base36(unit)), indicator_named(name, view) if name else None, when


def hour_of(text: str) -> time | None:
    """The hour of a button; None: whenever it changes. ValueError for any other than those offered."""
    if text == "c":
        return None
    found = [hour for hour in HOURS if f"{hour:%H}" == text]
    if not found:
        raise ValueError(text)
    return found[0]


def named(view: View, unit: Unit, indicator: Indicator | None) -> str:
    """«xã Thọ Dân – Số ca mắc mới», or the unit alone."""
    if indicator is None or indicator not in view.public:
        return unit.title
    label = view.label(view.public[indicator][1])
    return view.words.plain("follow_named", unit=unit.title, indicator=label)


def ask_when(view: View, unit: Unit, indicator: Indicator | None) -> Say:
    """At which hour; and of a unit that reports itself, whenever it changes."""
    words = view.words
    buttons = [
        Button(words.plain("follow_daily", time=hour), _press(FollowPress, unit, indicator, f"{hour:%H}"))
        for hour in HOURS
    ]
    if not view.tree.children(unit, view.today):
        buttons.insert(0, Button(words.plain("follow_changes"), _press(FollowPress, unit, indicator, "c")))
    return Say(view.to, words("follow_when", what=named(view, unit, indicator)), tuple((each,) for each in buttons))


def follow_begun(view: View, unit: Unit, indicator: Indicator | None, at: time | None) -> Say:
    """That it is followed from now on, and how to end it."""
    what = named(view, unit, indicator)
    text = view.words("follow_begun_daily", what=what, time=at) if at else view.words("follow_begun", what=what)
    return Say(view.to, text, ((_end_button(view, unit, indicator),),))


def _end_button(view: View, unit: Unit, indicator: Indicator | None) -> Button:
    return Button(view.words.plain("follow_end"), _press(Unfollow, unit, indicator))


def ended(view: View, unit: Unit, indicator: Indicator | None) -> Say:
    return Say(view.to, view.words("follow_ended", what=named(view, unit, indicator)))


def follows_overview(view: View, follows: Sequence[Follow]) -> Say:
    """What is followed, each with its end in one tap, and how to follow more."""
    words = view.words
    if not follows:
        return Say(view.to, view.joined([words("follow_none"), *_hints(view)]))
    lines, rows = [words("follow_list")], []
    for each in follows:
        unit = view.tree.unit(each.unit_id)
        what = named(view, unit, each.indicator)
        lines.append(
            words("follow_line_daily", what=what, time=each.at) if each.at else words("follow_line", what=what)
        )
        rows.append((Button(words.plain("follow_end_of", what=what), _press(Unfollow, unit, each.indicator)),))
    return Say(view.to, view.joined([*lines, *_hints(view), words("follow_forget")]), tuple(rows))


def which(view: View, choices: Sequence[Unit]) -> Say:
    """Which of several units is to be followed; none: how to say it."""
    rows = tuple((Button(unit.title, _press(FollowPress, unit, None)),) for unit in choices[:12])
    return Say(view.to, view.words("ask_which_unit") if rows else view.joined(_hints(view)), rows)


def _hints(view: View) -> list[Html]:
    root = view.root
    units = view.tree.children(root, view.today) if root is not None else view.tree.roots(view.today)
    return [view.words("follow_hint", unit=units[0].title)] if units and examples(view) else []


def bulletin(view: View, follow: Follow, answer: Say) -> Say:
    """An answer as it is told to somebody who follows it: with the end in one tap, after all replies and reminders."""
    unit = view.tree.unit(follow.unit_id)
    rows = (*answer.buttons[:1], (_end_button(view, unit, follow.indicator),))
    return replace(answer, to=follow.to, buttons=rows, rank=Rank.BROADCAST)
