"""Turns of indicators in words: a sentence with the numbers for each, and one message for many units."""

from messages.leaders.target_words import value_in_target
from reporting.events.indicators import TurnsSeen
from reporting.figures.turns import KnownTurn, TurnKind
from reporting.period_types import Period
from reporting.presses.leaders import ShowUnit
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator

MOST = 12
MOST_BUTTONS = 6
ARROW = " → "
_CROSSED = {
    ("at most", TurnKind.ABOVE): "turn_over_most",
    ("at most", TurnKind.BELOW): "turn_back_most",
    ("at least", TurnKind.BELOW): "turn_under_least",
    ("at least", TurnKind.ABOVE): "turn_reached_least",
}


def turn_said(of: KnownTurn, words: Translator) -> Html:
    """«Số ca mắc mới ở xã Thọ Dân tăng 3 tuần liền: 4 → 7 → 12 (tuần 45–47)»."""
    turn = of.turn
    numbers = [point.value for point in turn.points if point.value is not None]
    values = {
        "label": in_language(of.question.alone, words.language),
        "unit": of.unit.title,
        "values": ARROW.join(_short(each, of, words) for each in numbers),
        "span": _span(of, words),
    }
    if turn.kind.is_trend:
        key = "turn_rising" if turn.kind is TurnKind.RISING else "turn_falling"
        return words(key, periods=words(f"digest_periods_{of.of.key}", n=len(turn.points)), **values)
    line = value_in_target(turn.target, turn.target.value, of.question, words, of.whole)
    if turn.target.each:
        line = words.plain(f"target_each_{turn.target.each.replace('-', '_')}", goal=line)
    return words(_CROSSED[turn.target.bound, turn.kind], line=line, **values)


def _short(value: object, of: KnownTurn, words: Translator) -> str:
    return f"{words.show(value)}%" if of.turn.target.of else words.show(value)


def _span(of: KnownTurn, words: Translator) -> str:
    first, last = (point.period for point in (of.turn.points[0], of.turn.points[-1]))
    if of.of.kind == "weekly" and not of.of.week_starts:
        begins, ends = first.isocalendar(), last.isocalendar()
        shown = "{0.week}" if begins.year == ends.year else "{0.week}/{0.year}"
        return words.plain("turn_weeks", first=shown.format(begins), last=shown.format(ends))
    named = (words.short_period(Period(of.of, first), last), words.brief(Period(of.of, last)))
    return words.plain("turn_span", first=named[0], last=named[1])


def turns_say(of: TurnsSeen) -> Say:
    """All that one person is told, the bad first; a button for each unit that it is bad of leads to its page."""
    words = translator(of.to.language)
    bad = [each for each in of.turns if each.turn.is_bad]
    good = [each for each in of.turns if not each.turn.is_bad]
    lines = [words("turns_title" if bad else "turns_title_good"), *_lines(bad, words)]
    if bad and good:
        lines.append(words("turns_good"))
    lines += _lines(good, words)
    shown = {each.unit.id: each for each in bad or good}
    buttons = [
        Button(each.unit.title[:60], ShowUnit(each.form.key, each.unit.id, each.turn.period))
        for each in list(shown.values())[:MOST_BUTTONS]
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Say(of.to.address, "\n".join(lines), rows, rank=Rank.REMINDER)


def _lines(turns: list[KnownTurn], words: Translator) -> list[Html]:
    lines = [words("turn_line", turn=turn_said(each, words)) for each in turns[:MOST]]
    return [*lines, words("turns_more", n=len(turns) - MOST)] if len(turns) > MOST else lines
