"""The words of the public channel: the day's bulletin, and what is corrected in it or added to it later."""

from collections.abc import Sequence
from datetime import date

from messages.residents.answer_lines import (
    NAMES,
    carried_of_all,
    foot,
    mismatches,
    names_of,
    short_carried,
    short_coverage,
    value,
)
from messages.residents.bulletin_picture import picture_of
from messages.residents.bulletins import Bulletin, BulletinChange, Changes
from messages.residents.days import day_said
from messages.residents.missing_figures import coverage_said
from messages.residents.view import View
from reporting.figures.known import Known
from reporting.forms import Form
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html


def bulletin_say(view: View, of: Bulletin, trend: Known | None, bot: str) -> Say:
    """The bulletin with its picture. `trend`: what was read of earlier periods; `bot`: its name, to be asked for more."""
    words, form = view.words, of.form
    head = _titled(view, form, "bulletin_head", when=_when(view, form, of.period))
    lines = [
        words("bulletin_title", title=head),
        view.html(view.named(of.unit)),
        *(_line(view, of, question.name) for question in of.questions),
        mismatches(view, form, of.facts),
        coverage_said(view, form, of.main, of.known),
        carried_of_all(view, of.facts.values()),
        Html("") if of.is_complete else words("bulletin_provisional"),
        foot(view, form, [of.unit], list(of.facts.values())),
    ]
    photo = picture_of(view, of, trend, head)
    return Say(view.to, view.joined(lines), _rows(view, bot), photo=photo, rank=Rank.BROADCAST)


def changes_say(view: View, of: Sequence[Changes], bot: str, reply_to: str = "") -> Say:
    """What has been corrected in bulletins that were told, or only added to them, period by period. It comes without a sound."""
    form, unit = of[0].bulletin.form, of[0].bulletin.unit
    is_correction = any(each.is_correction for each in of)
    head = _titled(view, form, "bulletin_corrected" if is_correction else "bulletin_added")
    facts = [fact for each in of for fact in each.bulletin.facts.values()]
    parts = [
        view.words("bulletin_title", title=head),
        *(_section(view, each) for each in of),
        foot(view, form, [unit], facts),
    ]
    text = view.joined(parts, "\n\n")
    return Say(view.to, text, _rows(view, bot), rank=Rank.BROADCAST, silent=True, reply_to=reply_to)


def _titled(view: View, form: Form, key: str, **values: object) -> str:
    """What it is about: the form's topic, else its title."""
    topic = in_language(form.topic, view.words.language)
    if topic:
        return view.words.plain(key, topic=topic, **values)
    return view.words.plain(f"{key}_bare", title=in_language(form.title, view.words.language), **values)


def _when(view: View, form: Form, period: date) -> Html:
    """The period by its date: what is read tomorrow is not about «today»."""
    if form.schedule.period_type.is_long:
        return day_said(view, form, period)
    return view.words("when_date", date=period)


def _line(view: View, of: Bulletin, name: str) -> Html:
    fact, label = of.facts.get(name), view.label(of.form.by_name[name])
    if fact is None:
        return view.words("tell_line_none", label=label)
    note = short_coverage(view, fact) if fact.coverage != of.main.coverage else short_carried(view, fact)
    return view.words("tell_line", label=label, value=value(view, of.form.by_name[name], fact.value), note=note)


def _rows(view: View, bot: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button(view.words.plain("bulletin_ask"), url=f"https://t.me/{bot}"),),) if bot else ()


def _section(view: View, of: Changes) -> Html:
    words, form, period = view.words, of.bulletin.form, of.bulletin.period
    lines = [words("bulletin_of_period", unit=view.named(of.bulletin.unit), when=_when(view, form, period))]
    lines += [_changed(view, each) for each in of.totals]
    lines.append(mismatches(view, form, {each.question.name: each.now for each in of.totals if each.now is not None}))
    lines += [_changed(view, each) for each in of.units[:NAMES]]
    if len(of.units) > NAMES:
        lines.append(words("bulletin_more_changed", n=len(of.units) - NAMES))
    if of.added:
        lines.append(words("bulletin_reports_added", names=names_of(view, of.added)))
    return view.joined([*lines, coverage_said(view, form, of.bulletin.main, of.bulletin.known)])


def _changed(view: View, of: BulletinChange) -> Html:
    """«• xã Thọ Dân – Số ca mắc mới: 4 ca (đã công bố: 3 ca)»."""
    words, label = view.words, view.label(of.question)
    named = words.plain("follow_named", unit=of.unit.title, indicator=label) if of.unit is not None else label
    before = value(view, of.question, of.before) if of.before is not None else Html("")
    if of.now is None:
        return words("bulletin_withdrawn", label=named, before=before)
    now = value(view, of.question, of.now.value)
    if of.before is None:
        key = "bulletin_worked_out" if of.was_untold else "tell_line"
        return words(key, label=named, value=now, note=short_carried(view, of.now))
    return words("bulletin_changed", label=named, value=now, before=before)
