"""The settings sheet: what the form is called, when it is due, who fills it, and the words that sentences use."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, TypeVar, get_args

from reporting.forms import TIERS, Tier
from reporting.period_types import LAST_DAY, LAST_MONTH, WEEKDAYS, PeriodKind, PeriodType
from reporting.reminder_rules import read_rules
from reporting.schedule import ClockTime, Schedule
from reporting.working_days import WorkingDays, is_known
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import Cells, language_code, rows_of
from reporting.xlsforms.sheets import Sheet

Read = TypeVar("Read")
WORDS = ("window", "topic", "authority", "portal", "emergency")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::00)?(?:\s*\+\s*(?P<count>\d{1,2})\s*(?P<unit>w?d))?")
_CUTOFF = re.compile(r"(?P<day>\d{1,2})(?:/(?P<month>\d{1,2}))?")
_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z\d]{1,3})?")
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "period": get_args(PeriodKind),
    "week_starts": WEEKDAYS,
    "by": ("reporter", "leader"),
    "skip_free_days": ("no", "yes"),
}


@dataclass(frozen=True)
class FormSettings:
    """What the settings sheet says; `form` holds arguments for Form that are not defaults."""

    form_id: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    language: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)


def read_settings_sheet(sheet: Sheet, problems: list[Problem], gate: bool = True) -> FormSettings:
    """`gate`: it is to be published, and what takes long to look up is looked up."""
    rows = rows_of(sheet, problems)
    if not rows:
        return FormSettings()
    if len(rows) > 1:
        problems.append(rows[1].problem("", "settings_rows"))
    cells = rows[0]
    form: dict[str, Any] = {name: cells.texts(name) for name in WORDS if cells.texts(name)}
    if chosen := _one_of(cells, "by", problems):
        form["by"] = chosen
    form["approval"] = _approval(cells, problems)
    if reports := cells.text("reports"):
        form["reports"] = tuple(" ".join(kind.split()) for kind in re.split(r"[,;]", reports) if kind.strip())
    form["schedule"] = _schedule(cells, problems, gate)
    form_id = "_".join(cells.text("form_id").split())
    if form_id and not re.fullmatch(r"[^\W\d][\w.\-]*", form_id):
        key = re.sub(r"[^\w.\-]+", "_", form_id).strip("_")
        form_id = key if re.match(r"[^\W\d]", key) else f"form_{key}"
        problems.append(cells.problem("form_id", "id", value=cells.text("form_id"), made=form_id))
    title = _title(cells, problems)
    return FormSettings(form_id, title, cells.text("version"), language_code(cells.text("default_language")), form)


def _title(cells: Cells, problems: list[Problem]) -> dict[str, str]:
    """XLSForm's one title, and ours in other languages."""
    if any(cells.texts("form_title").keys() - {""}):
        problems.append(cells.problem("form_title", "title_language"))
    own = cells.text("form_title")
    return ({"": own} if own else {}) | cells.texts("heading")


def _approval(cells: Cells, problems: list[Problem]) -> tuple[Tier, ...]:
    """«chair», «leader», or «chair, leader», in any order as the lower tier is always first; «none», or nothing: nobody."""
    named = {part.strip().lower() for part in re.split(r"[,;]", cells.text("approval")) if part.strip()}
    if named - {*TIERS, "none"} or ("none" in named and len(named) > 1):
        allowed = ", ".join(("none", *TIERS, f"«{', '.join(TIERS)}»"))
        problems.append(cells.problem("approval", "one_of", value=cells.text("approval"), allowed=allowed))
        return ()
    return tuple(tier for tier in TIERS if tier in named)


def _schedule(cells: Cells, problems: list[Problem], gate: bool) -> Schedule:
    read: dict[str, Any] = {"period": _one_of(cells, "period", problems) or None}
    readers: Mapping[str, Callable[[str], Any]] = {
        "opens": read_clock,
        "due": read_clock,
        "closes": read_clock,
        "remind": read_rules,
        "digest": _times,
    }
    for name, reader in readers.items():
        read[name] = _read(cells, name, reader, problems)
    given = {name: value for name, value in read.items() if value is not None}
    given |= _ends(cells, PeriodType(given.get("period", "daily")), problems)
    skips = _one_of(cells, "skip_free_days", problems) == "yes"
    schedule = Schedule(**given, skips_free_days=skips).by(WorkingDays(_holidays(cells, problems, gate)))
    if skips and schedule.period != "daily":
        problems.append(cells.problem("skip_free_days", "settings_skip"))
    if not _is_before(schedule.opens, schedule.due, or_equal=False) or not _is_before(schedule.due, schedule.closes):
        first = next((name for name in ("due", "closes", "opens") if name in given), "")
        problems.append(cells.problem(first, "settings_order"))
    return schedule


def _ends(cells: Cells, of: PeriodType, problems: list[Problem]) -> dict[str, int]:
    """On which day periods end: the cut-off day of a month or longer, «31/8» of a year; the day on which a week starts."""
    found: dict[str, int] = {}
    if text := cells.text("cutoff"):
        match = _CUTOFF.fullmatch(text.strip())
        day, month = (int(match["day"]), int(match["month"] or LAST_MONTH)) if match else (0, 0)
        if not (1 <= day <= LAST_DAY and 1 <= month <= LAST_MONTH):
            problems.append(cells.problem("cutoff", "settings_cutoff", value=text))
        elif not of.months or (month != LAST_MONTH and of.kind != "yearly"):
            problems.append(cells.problem("cutoff", "settings_cutoff_period", value=text, period=of.kind))
        else:
            found = {"cutoff": day, "year_ends": month}
    if starts := _one_of(cells, "week_starts", problems):
        if of.kind == "weekly":
            found["week_starts"] = WEEKDAYS.index(starts)
        else:
            problems.append(cells.problem("week_starts", "settings_week_starts", period=of.kind))
    return found


def _holidays(cells: Cells, problems: list[Problem], gate: bool) -> str:
    """Whose holidays are kept. `gate`: whether they are known is looked up."""
    text = cells.text("holidays").upper().replace("_", "-")
    if not text:
        return ""
    if _COUNTRY.fullmatch(text) and not (gate and not is_known(text)):
        return text
    problems.append(cells.problem("holidays", "settings_holidays", value=cells.text("holidays")))
    return ""


def read_clock(text: str) -> ClockTime:
    """«16:30», «08:00+1d», «17:00+2wd» as a clock time. Raises ValueError."""
    match = _CLOCK.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(text)
    at, count = time(int(match["hour"]), int(match["minute"])), int(match["count"] or 0)
    return ClockTime(at, working_days=count) if match["unit"] == "wd" else ClockTime(at, count)


def _times(text: str) -> tuple[time, ...]:
    clocks = [read_clock(part) for part in re.split(r"[;,]", text) if part.strip()]
    if any(clock.days or clock.working_days is not None for clock in clocks):
        raise ValueError(text)
    return tuple(sorted(clock.at for clock in clocks))


def _read(cells: Cells, name: str, reader: Callable[[str], Read], problems: list[Problem]) -> Read | None:
    text = cells.text(name)
    if not text:
        return None
    try:
        return reader(text)
    except ValueError as error:
        value = str(error) if name == "remind" else text
        problems.append(cells.problem(name, f"settings_{'remind' if name == 'remind' else 'clock'}", value=value))
        return None


def _one_of(cells: Cells, name: str, problems: list[Problem]) -> str:
    text = " ".join(cells.text(name).lower().replace("_", " ").split())
    if text and text not in _ONE_OF[name]:
        problems.append(cells.problem(name, "one_of", value=text, allowed=", ".join(_ONE_OF[name])))
        return ""
    return text


def _is_before(one: ClockTime, other: ClockTime, or_equal: bool = True) -> bool:
    """Whether `one` is first whichever days are free: working days are at least as long as days, and nobody knows how much longer."""
    if one.working_days is not None and other.working_days is None:
        return False
    first = (one.days if one.working_days is None else one.working_days), one.at
    second = (other.days if other.working_days is None else other.working_days), other.at
    return first <= second if or_equal else first < second
