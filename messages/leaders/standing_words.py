"""The words of /tinhhinh: a table of how units stand with a report, missing ones first, each with its mark, its time or its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import shorten

from messages.leaders.rates_words import rates_said
from messages.reminders.reminder_words import late_reason_said
from reporting.channel import Channel
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.deadlines import Deadline
from reporting.rounds.rates import rates
from reporting.rounds.standing_table import StandingTable
from reporting.rounds.standings import Standing, Status
from reporting.say import Say
from reporting.text_pieces import visible
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units_as_now import is_as_now

ROOMS = ((60, 80), (60, 30), (30, 30), (15, 15), (5, 5))
"""How many lines under one mark and letters of a reason there is room for: the first that fits a message is taken."""

SIGNS: Mapping[str, str] = {
    "missing": "🔴",
    "due": "🟡",
    "late": "🟠",
    "not_due": "⚪",
    "none_yet": "⚪",
    "excused": "⏸",
    "free_day": "⏸",
    "on_time": "🟢",
    "newest": "🟢",
    "archive": "🗂",
}
"""The sign of each mark, in the order in which a table has them."""

WORST_FIRST = ("missing", "due", "late", "not_due", "on_time", "newest", "archive", "excused", "free_day", "none_yet")
"""Of the marks of several units the first of these is theirs together."""


WANTING = ("missing", "due", "late", "none_yet")
"""Marks whose units are always named: something is wanted of them, or was."""

FEW = 6
"""So many units of the other marks are named at once; more are counted, and named to whoever asks for all."""


MOST_GROUPS = 12
"""So many units of the tier between are named of which reports are wanting; the others are added up in a line."""


def mark_of(standing: Standing, on_change: bool = False) -> str:
    """The key in `SIGNS` that a standing is marked with: its status, or what there is to say instead of it."""
    if standing.in_archive:
        return "archive"
    if on_change:
        return "newest" if standing.has_come else "none_yet"
    if standing.is_excused:
        return "free_day" if standing.deadline.is_free_day else "excused"
    return standing.status.value


def standing_sign(standing: Standing) -> str:
    return SIGNS[mark_of(standing)]


def excuse_said(deadline: Deadline, words: Translator) -> str:
    """«tạm dừng báo cáo: lũ», «ngày nghỉ: Quốc khánh»."""
    key = "status_free_day" if deadline.is_free_day else "excused"
    return words.plain(f"{key}_because", reason=deadline.excuse) if deadline.excuse else words.plain(key)


def status_said(form: Form, standing: Standing, words: Translator) -> str:
    """A standing in a word or two, for a table of the desk."""
    mark = mark_of(standing, form.schedule.period == "on change")
    is_excused = mark in ("excused", "free_day")
    return excuse_said(standing.deadline, words) if is_excused else words.plain(f"status_{mark}")


def is_cut(table: StandingTable) -> bool:
    """Whether units are counted only that nothing is wanted of, so that the missing are not lost among them."""
    if table.groups:
        return len(_groups_named(_by_need(table))) < len(table.groups)
    quiet = sum(mark_of(each, table.is_on_change) not in WANTING for each in table.standings)
    return quiet > FEW


def standing_text(
    table: StandingTable, to: Address, words: Translator, channel: Channel, *, whole: bool = False
) -> Say:
    """The table as one message of the channel: coverage, rates, a line for each unit, or where they are many for the tier below.

    Units of which nothing is wanted are counted where they are more than a few, and named if the table is wanted `whole`.
    """
    counted = is_cut(table) and not whole
    text = Html("")
    for most, letters in ROOMS:
        by_group = _groups(table, most, words, counted=counted) if table.groups else []
        body = by_group or _units(table, most, letters, words, counted=counted)
        more = [words("standing_whole", unit=table.root.title)] if counted else []
        text = Html("\n".join([*_head(table, words), *body, *more]))
        if visible(text) <= channel.text_length:
            break
    return Say(to, text)


def _head(table: StandingTable, words: Translator) -> list[Html]:
    title = in_language(table.form.title, words.language)
    period = words("round_period", period=table.form.period(table.period))
    unit: str = table.root.title
    if is_as_now(table.tree):
        unit = words.plain("standing_as_now", unit=unit)
    lines = [words("standing_title", title=title, period=period, unit=unit)]
    got = {"received": table.coverage.received, "expected": table.coverage.expected}
    if table.is_on_change:
        return [*lines, words("standing_on_change", **got)]
    if not table.coverage.expected:
        return [*lines, words("standing_nothing_owed")]
    due = table.standings[0].deadline.due_at.astimezone(table.zone)
    at = due.time() if due.date() == table.period else due
    said = rates_said(rates(table.standings, table.now), words)
    return [*lines, words("standing_coverage", **got, due=at), words("standing_rates", rates=said)]


def _units(table: StandingTable, most: int, letters: int, words: Translator, *, counted: bool) -> list[Html]:
    """Under each mark, with how many have it, a line for each unit; `counted`: only for those of whom something is wanted."""
    lines: list[Html] = []
    for mark in SIGNS:
        here = [each for each in table.standings if mark_of(each, table.is_on_change) == mark]
        if mark == "newest":
            here.sort(key=lambda each: each.deadline.period, reverse=True)
        if here:
            lines.append(words(f"standing_{mark}", n=len(here)))
        if counted and mark not in WANTING:
            continue
        if here:
            lines += [_unit(table, each, letters, words) for each in here[:most]]
        if len(here) > most:
            lines.append(words("standing_more", n=len(here) - most))
    return lines


def _unit(table: StandingTable, standing: Standing, letters: int, words: Translator) -> Html:
    """«🟠 xã Thọ Dân – 17 giờ 05 (mất điện)», «⏸ thị trấn Nưa: lũ»."""
    due = standing.deadline
    sign = SIGNS[mark_of(standing, table.is_on_change)]
    line = words("standing_unit", sign=sign, unit=table.tree.unit(due.unit_id).title)
    if standing.is_excused:
        reason = shorten(due.excuse, letters, placeholder="…")
        return words("standing_excuse", line=line, reason=reason) if reason else line
    at = table.at(standing)
    if at is not None:
        same_day = isinstance(at, datetime) and at.date() == table.period and not table.is_on_change
        line = words("standing_at", line=line, at=at.time() if isinstance(at, datetime) and same_day else at)
    reason = shorten(late_reason_said(table.reasons.get(due.unit_id), words), letters, placeholder="…")
    is_late = standing.is_open or standing.status is Status.LATE
    return words("standing_reason", line=line, reason=reason) if reason and is_late else line


def _by_need(table: StandingTable) -> list[StandingTable]:
    """The units of the tier below, the most missing first."""
    made = [replace(table, root=unit, standings=standings) for unit, standings in table.groups.items()]
    return sorted(made, key=lambda each: (-each.open, -each.late, each.root.name_order))


def _groups_named(made: Sequence[StandingTable]) -> Sequence[StandingTable]:
    """Those that are named at once: where reports are wanting, and all of them where there are but a few others."""
    wanting = [each for each in made if each.open or each.late]
    return made if len(made) - min(len(wanting), MOST_GROUPS) <= FEW else wanting[:MOST_GROUPS]


def _groups(table: StandingTable, most: int, words: Translator, *, counted: bool) -> list[Html]:
    """A line for each unit of the tier below, and how to go down to one; `counted`: those beyond the needy ones in one line."""
    made = _by_need(table)
    shown = (_groups_named(made) if counted else made)[:most]
    lines = [_group(each, words) for each in shown]
    if rest := made[len(shown) :]:
        whole = replace(table, standings=[each for of in rest for each in of.standings])
        lines.append(_group(whole, words, words.plain("standing_groups_rest", n=len(rest))))
    return [*lines, words("standing_deeper", unit=made[0].root.title)]


def _group(of: StandingTable, words: Translator, name: str = "") -> Html:
    """«🔴 huyện Nông Cống: 31/34, chưa: 3, chậm: 2»; by `name` where it is no one unit."""
    marks = [mark_of(each, of.is_on_change) for each in of.standings]
    sign = SIGNS[next(mark for mark in WORST_FIRST if mark in marks)]
    got = {"received": of.coverage.received, "expected": of.coverage.expected}
    counts = (
        ("standing_group_open", of.open),
        ("standing_group_late", of.late),
        ("standing_group_excused", marks.count("excused")),
        ("standing_group_free_day", marks.count("free_day")),
    )
    notes = [words(key, n=n) for key, n in counts if n]
    return Html("".join([words("standing_group", sign=sign, unit=name or of.root.title, **got), *notes]))
