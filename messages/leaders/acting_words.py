"""The words of what leaders do: a nudge, a report opened again; that an approval was given."""

from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from messages.leaders.leader_buttons import HOURS
from messages.reminders.reminder_words import clock, late_reason_said, named, office, report_named
from reporting.events.queries import Nudge
from reporting.events.reviews import Approved, Reopened
from reporting.forms import Form
from reporting.people import Address
from reporting.presses.leaders import Reopen
from reporting.presses.reporters import OpenReport
from reporting.rounds.nudge import NUDGE_AGAIN, Nudged
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator
from reporting.units import Unit

MOST_NAMED = 40
MOST_BUTTONS = 8


def nudge_say(of: Nudge, zone: ZoneInfo) -> Say:
    """What the reporter of these units hears: who urges him, which reports, and the buttons to send them."""
    words = translator(of.to.language)
    text = words(
        "nudge_letter",
        office=Html(", ".join(office(unit, words) for unit in of.units[:MOST_NAMED])),
        by=of.by.name,
        seat=office(of.seat, words),
        name=of.to.name,
        report=report_named(of.form, of.period, words),
        deadline=clock(of.due_at, of.at, zone, words),
    )
    rows = []
    for unit in of.units[:MOST_BUTTONS]:
        one = len(of.units) == 1
        label = words.plain("round_button_report") if one else words.plain("round_button_report_unit", unit=unit.title)
        rows.append((Button(label[:60], OpenReport(of.form.key, unit.id, of.period)),))
    return Say(of.to.address, f"{text}\n{words('round_how')}", tuple(rows), rank=Rank.REMINDER)


def nudge_told(nudged: Nudged, form: Form, period: date, to: Address, words: Translator) -> Say:
    """What the leader hears of it."""
    lines, minutes = list[Html](), int(NUDGE_AGAIN.total_seconds()) // 60
    for key, units in (
        ("nudge_done", nudged.units),
        ("nudge_recently", nudged.recently),
        ("nudge_nobody", nudged.nobody),
    ):
        if units:
            names = [
                named(unit, words, late_reason_said(nudged.reasons.get(unit.id), words)) for unit in units[:MOST_NAMED]
            ]
            if len(units) > MOST_NAMED:
                names.append(words("round_more", n=len(units) - MOST_NAMED))
            lines.append(words(key, n=len(units), names=Html(", ".join(names)), minutes=minutes))
    about = words("nudge_about", report=report_named(form, period, words))
    return Say(to, "\n".join([about, *(lines or [words("nudge_nothing")])]))


def ask_until(form: Form, unit: Unit, period: date, to: Address, words: Translator) -> Say:
    """For how long a closed report is to be open again."""
    buttons = tuple(
        Button(words.plain("reopen_hours", n=hours), Reopen(form.key, unit.id, period, hours)) for hours in HOURS
    )
    report = report_named(form, period, words)
    return Say(to, words("reopen_which", unit=unit.title, report=report), (buttons,))


def reopened_say(of: Reopened, zone: ZoneInfo) -> Say:
    """What the unit's people hear."""
    words = translator(of.to.language)
    report, until = report_named(of.form, of.period, words), of.until.astimezone(zone)
    text = words("reopen_letter", office=office(of.unit, words), report=report, until=until, by=of.by.name)
    button = Button(words.plain("round_button_report"), OpenReport(of.form.key, of.unit.id, of.period))
    return Say(of.to.address, text, ((button,),), rank=Rank.REMINDER)


def approved_say(of: Approved) -> Say:
    """What whoever sent a report hears when it has been approved."""
    words = translator(of.to.language)
    values = {"number": of.number, "unit": of.unit.title, "period": of.period, "name": of.by.name}
    return Say(of.to.address, words("approve_told", **values))


def written_said(form: Form, name: str, value: str, words: Translator) -> str:
    """The same of a value that was kept as text («1.5»); as it stands where the form has no such question any more."""
    if name not in form.by_name:
        return value
    try:
        number = None if form.by_name[name].choices else Decimal(value)
    except InvalidOperation:
        number = None
    return value_said(form, name, value if number is None else number, words)


def value_said(form: Form, name: str, value: object, words: Translator) -> str:
    """A value as people read it: a choice by its label, a number with its unit of count."""
    question = form.by_name[name]
    if isinstance(value, str):
        labels = {choice.name: in_language(choice.label, words.language) for choice in question.choices}
        return labels.get(value, value)
    unit = in_language(question.unit, words.language)
    return f"{words.show(value)} {unit}".strip()
