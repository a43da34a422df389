"""The words of reports that wait for approval: one with its figures, many in one message, what waits too long."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.leaders.acting_words import value_said
from messages.leaders.returning_words import tier_said
from messages.reminders.reminder_words import named, report_named
from reporting.approvals import ApprovalDoubt, AwaitsApproval
from reporting.events.reviews import ApprovalOverdue, ApprovalWanted
from reporting.forms import TIERS, Form, Tier
from reporting.people import Address
from reporting.presses.leaders import Approve, ApproveUndoubted, ShowUnit
from reporting.reports import Report
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator

MOST_NAMED = 40
MOST_DOUBTFUL = 12
"""So many reports that are in doubt have a button in one message."""
LONGEST_REASON = 80


def approval_wanted_say(of: ApprovalWanted) -> Say:
    """What whoever may approve hears of all that waits for him."""
    return approvals_say(of.form, of.waiting, of.at, of.to.address, translator(of.to.language), Rank.REMINDER)


def approvals_say(
    form: Form, waiting: Sequence[AwaitsApproval], at: datetime, to: Address, words: Translator, rank: Rank = Rank.REPLY
) -> Say:
    """One report with its figures; of several those without doubt by name, to be approved by one tap, the others one by one."""
    if len(waiting) == 1:
        return _one(waiting[0], to, words, rank)
    clear, doubtful = [each for each in waiting if not each.doubts], [each for each in waiting if each.doubts]
    title = in_language(form.topic, words.language) or in_language(form.title, words.language)
    lines = [words("approve_many", n=len(waiting), title=title)]
    rows: list[tuple[Button, ...]] = []
    if clear:
        lines.append(words("approve_clear", n=len(clear), names=_names(form, clear, words)))
        press = ApproveUndoubted(form.key, int(at.timestamp()) + 1)
        rows.append((Button(words.plain("approve_clear_button", n=len(clear)), press),))
    if doubtful:
        lines.append(words("approve_doubtful", n=len(doubtful)))
        for each in doubtful[:MOST_DOUBTFUL]:
            values = {"unit": each.unit.title, "number": each.report.number, "doubts": _doubts(each, words)}
            lines.append(words("approve_doubtful_line", **values))
            look = ShowUnit(form.key, each.unit.id, each.report.period)
            rows.append((Button(words.plain("approve_look", unit=each.unit.title), look),))
        if len(doubtful) > MOST_DOUBTFUL:
            lines.append(words("round_more", n=len(doubtful) - MOST_DOUBTFUL))
    lines.append(words("approve_many_how"))
    return Say(to, "\n".join(lines), tuple(rows), rank=rank)


def _one(of: AwaitsApproval, to: Address, words: Translator, rank: Rank) -> Say:
    form, report, last = of.form, of.report, of.reviewed.last
    named_so = report_named(form, report.period, words)
    lines = [words("approve_asked", unit=of.unit.title, report=named_so, number=report.number)]
    if last is not None and last.step == "unapproved":
        lines.append(words("approve_again", reason=last.comment))
    for question in form.indicators:
        answer = report.answers.get(question.name)
        if answer is not None and answer.value is not None:
            label = in_language(question.alone, words.language)
            lines.append(words("look_figure", label=label, value=value_said(form, question.name, answer.value, words)))
    if of.doubts:
        lines.append(words("approve_look_at", doubts=_doubts(of, words)))
    look = Button(words.plain("look_button"), ShowUnit(form.key, of.unit.id, report.period))
    lines.append(words("approve_how", number=report.number))
    return Say(to, "\n".join(lines), ((approval_button(form, report, words), look),), rank=rank)


def approval_button(form: Form, report: Report, words: Translator) -> Button:
    press = Approve(form.key, report.unit_id, report.period, report.revision)
    return Button(words.plain("approve_button"), press)


def approved_together_say(
    done: Sequence[AwaitsApproval],
    left: Sequence[AwaitsApproval],
    awaited: Collection[Tier],
    to: Address,
    words: Translator,
) -> Say:
    """What came of approving all without doubt; `awaited`: the tiers that some of it waits for now."""
    names = Html(", ".join(named(each.unit, words) for each in done[:MOST_NAMED]))
    if len(done) > MOST_NAMED:
        names = Html(f"{names}, {words('round_more', n=len(done) - MOST_NAMED)}")
    lines = [words("approve_together", n=len(done), names=names) if done else words("approve_together_none")]
    lines += [words("approve_together_on", tier=tier_said(tier, words)) for tier in TIERS if tier in awaited]
    lines += [words("approve_together_left", n=len(left))] if left else []
    return Say(to, "\n".join(lines))


def overdue_say(of: ApprovalOverdue, zone: ZoneInfo) -> Say:
    """What whoever is above hears of reports that wait too long below."""
    words = translator(of.to.language)
    title = in_language(of.form.topic, words.language) or in_language(of.form.title, words.language)
    lines = [words("approve_overdue", n=len(of.waiting), title=title)]
    for each in of.waiting[:MOST_NAMED]:
        values = {
            "unit": each.unit.title,
            "period": of.form.period(each.report.period),
            "tier": tier_said(each.awaited, words),
            "names": of.names.get(each.unit.id) or words.plain("nobody"),
            "at": each.reviewed.since.astimezone(zone),
        }
        lines.append(words("approve_overdue_line", **values))
    if len(of.waiting) > MOST_NAMED:
        lines.append(words("round_more", n=len(of.waiting) - MOST_NAMED))
    return Say(of.to.address, "\n".join(lines), rank=Rank.REMINDER)


def _names(form: Form, waiting: Sequence[AwaitsApproval], words: Translator) -> Html:
    """The units; where reports of several periods wait, each with its own."""
    is_one = len({each.report.period for each in waiting}) == 1
    parts = [
        named(each.unit, words, *(() if is_one else (words.format(form.period(each.report.period)),)))
        for each in waiting[:MOST_NAMED]
    ]
    if len(waiting) > MOST_NAMED:
        parts.append(words("round_more", n=len(waiting) - MOST_NAMED))
    return Html(", ".join(parts))


def _doubts(of: AwaitsApproval, words: Translator) -> Html:
    return Html("; ".join(_doubt(of, each, words) for each in of.doubts))


def _doubt(of: AwaitsApproval, doubt: ApprovalDoubt, words: Translator) -> Html:
    if doubt.why == "unlooked":
        return words("approve_doubt_unlooked")
    answer = of.report.answers.get(doubt.question.name)
    value = (
        value_said(of.form, doubt.question.name, answer.value, words) if answer and answer.value is not None else "–"
    )
    label = in_language(doubt.question.alone, words.language)
    return words(f"approve_doubt_{doubt.why}", label=label, value=value, reason=doubt.reason[:LONGEST_REASON])
