"""What a reporter is told of his own reports: a receipt checked, the last days, how many on time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messages.leaders.returning_words import state_said
from messages.leaders.standing_words import excuse_said
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.questions.names import short_label
from reporting.reports import Report
from reporting.reviews import Reviewed
from reporting.rounds.rates import rates
from reporting.rounds.standings import Standing
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit


def receipt_checked(
    form: Form, report: Report, newest: Report, unit: Unit, at: datetime, to: Address, words: Translator
) -> Say:
    """That number and fingerprint belong together: whose report it is, when it came, whether it still stands. No figures."""
    values = {
        "number": report.number,
        "unit": unit.title,
        "period": form.period(report.period),
        "time": at.time(),
        "day": at.date(),
    }
    text = words("verify_right", **values)
    if newest.number != report.number:
        text = Html(text + "\n" + words("verify_replaced", number=newest.number))
    return Say(to, text)


def history(
    form: Form,
    unit: Unit,
    standings: Sequence[Standing],
    unknown: Mapping[date, Sequence[Question]],
    stands: Mapping[date, Reviewed],
    now: datetime,
    zone: ZoneInfo,
    shown: int,
    words: Translator,
) -> Html:
    """The last periods one by one, newest first, and the record of all of them. `unknown`: by period what is not known yet.

    `stands`: by period whether a report was returned, or where its approval is.
    """
    lines = [words("history_head", unit=unit.title, title=in_language(form.title, words.language))]
    for each in reversed(standings[-shown:]):
        sent = each.sent
        excused = each.is_excused
        status = Html(words.format(excuse_said(each.deadline, words))) if excused else words(f"history_{_key(each)}")
        values = {"period": words.brief(form.period(each.deadline.period)), "status": status}
        if sent is None:
            lines.append(words("history_line", **values))
            continue
        at = sent.first_sent_at.astimezone(zone)
        line = words("history_line_sent", **values, time=at.time(), day=at.date(), number=sent.number)
        revised = words("history_revised", n=sent.revision - 1) if sent.revision > 1 else ""
        names = ", ".join(short_label(form, each, words.language) for each in unknown.get(each.deadline.period, ()))
        stands_said = state_said(stands.get(each.deadline.period), zone, words)
        review = words("history_review", state=stands_said) if stands_said else ""
        lines.append(Html(line + revised + (words("history_unknown", names=names) if names else "") + review))
    record = rates(standings, now)
    if record.timeliness is not None:
        lines.append(
            words(
                "history_record",
                on_time=record.on_time,
                expected=record.timed,
                rate=record.timeliness,
                n=len(standings),
            )
        )
    return Html("\n".join(lines))


def _key(standing: Standing) -> str:
    return "archive" if standing.in_archive else standing.status
