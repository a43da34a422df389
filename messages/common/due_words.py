"""By when a report is wanted, in words: the hour, and which day it is, by the form's schedule."""

from datetime import datetime
from zoneinfo import ZoneInfo

from reporting.rounds.periods import next_moment
from reporting.schedule import Schedule
from reporting.translator import Html, Translator


def due_said(schedule: Schedule, now: datetime, zone: ZoneInfo, words: Translator) -> Html:
    """«16 giờ 30 hằng ngày», «09 giờ 00 Thứ Hai hằng tuần (kỳ tới: 15/11/2021)», «17 giờ 00, 2 ngày làm việc sau kỳ báo cáo …»."""
    due, of = schedule.due, schedule.period_type
    if due.working_days is not None:
        on = next_moment(due, of, now, zone).astimezone(zone).date()
        key = "due_working_days" if due.working_days else "due_working_day_same"
        return words(key, time=due.at, n=due.working_days, date=on)
    if schedule.skips_free_days and due.days == 0:
        return words("due_daily_working", time=due.at)
    if not of.is_long:
        return words("due_daily" if due.days == 0 else "due_daily_later", time=due.at, n=due.days)
    on = next_moment(due, of, now, zone).astimezone(zone).date()
    values = {"time": due.at, "date": on}
    if of.kind == "weekly":
        return words("due_weekly", weekday=words.weekday(on), **values)
    if of.kind != "monthly":
        return words(f"due_{of.key}", **values)
    if not of.is_calendar:
        return words("due_monthly_cut", day=str(on.day), **values)
    return words("due_monthly_last" if due.days == 0 else "due_monthly", day=str(on.day), **values)
