"""The receipt of a report: what of it was received, and the number and fingerprint by which that can be checked."""

from datetime import datetime

from reporting.figures.headlines import headlines
from reporting.filling.fingerprints import fingerprint
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Address
from reporting.questions.names import short_label
from reporting.questions.question_types import type_of
from reporting.questions.showing import shown
from reporting.reports import Report
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

MOST_SENT = 6
"""So many figures stand in a receipt: whoever has sent the wrong review sees it at once."""


def receipt(report: Report, filling: Filling, unit: Unit, sent_at: datetime, to: Address, words: Translator) -> Say:
    """That the report was received: its first figures, its number, the time, and the fingerprint by which both can be checked."""
    form, language = filling.form, words.language
    values = {
        "authority": in_language(form.authority, language) or words.plain("receipt_authority"),
        "example": _example(form, words),
        "title": in_language(form.title, language),
        "period": form.period(report.period),
        "unit": unit.title,
        "time": sent_at.time(),
        "day": sent_at.date(),
        "number": report.number,
        "print": fingerprint(form, report),
    }
    figures = _figures_sent(filling, words)
    said = Html(f"\n{words('receipt_figures', figures=figures)}") if figures else ""
    text = words("receipt" if report.revision == 1 else "receipt_correction", figures=said, **values)
    if report.reason:
        text = Html(f"{text}\n{words('reason_taken', reason=report.reason)}")
    unknown = [
        short_label(form, form.by_name[name], language)
        for name, answer in report.answers.items()
        if answer.state == "unknown"
    ]
    if unknown:
        text = Html(text + "\n" + words("receipt_unknown", names=", ".join(unknown)))
    return Say(to, text, key=f"receipt {report.number}")


def _figures_sent(filling: Filling, words: Translator) -> str:
    """«F0 mới: 3 ca; Cấp độ dịch: Cấp 2»: the headlines, or of a form without numbers the first indicators."""
    form, results = filling.form, filling.results
    first = headlines(form) or tuple(form.indicators)
    return "; ".join(
        f"{short_label(form, each, words.language)}: {shown(each, results[each.name], words)}"
        for each in first[:MOST_SENT]
        if each.name in results and each.name not in filling.unknown_calculations
    )


def _example(form: Form, words: Translator) -> str:
    """How a figure of this form is mended: «F0 mới 3», «Cấp độ dịch 1»."""
    asked = [each for each in form.asked if words.plain(f"type_{type_of(each).key}_example")]
    first = next((each for each in asked if each.kind is not None), asked[0] if asked else None)
    if first is None:
        return ""
    name, value = short_label(form, first, words.language), words.plain(f"type_{type_of(first).key}_example")
    return words.plain("receipt_example", name=name, value=value)
