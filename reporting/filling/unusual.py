"""What is said of a figure that lies outside what is usual for its unit: the numbers, so that whoever reads can judge by himself."""

from datetime import date

from reporting.figures.usual_range import Number, UsualRange
from reporting.forms import Form, Question
from reporting.texts import Text, in_language
from reporting.translator import LANGUAGES, Translator, translator


def said_of(form: Form, question: Question, of: UsualRange, value: Number, period: date) -> Text:
    """«8 thứ Hai gần đây: 2–9 ca, thường là 5; đồng chí đang ghi 90 ca», in every language."""
    return {language: _said(form, question, of, value, period, translator(language)) for language in LANGUAGES}


def _said(form: Form, question: Question, of: UsualRange, value: Number, period: date, words: Translator) -> str:
    def counted(number: Number | str) -> str:
        unit = in_language(question.unit, words.language)
        return words.plain("unusual_counted", value=number, unit=unit) if unit else words.show(number)

    if of.by_desk:
        return words.plain("unusual_by_desk", range=bounds_said(of, words), value=counted(value))
    return words.plain(
        "unusual_growth" if of.base else "unusual",
        periods=periods_said(form, of, period, words),
        range=counted(words.plain("unusual_between", low=of.least, high=of.most)),
        usual=of.middle,
        value=counted(value - of.base),
    )


def bounds_said(of: UsualRange, words: Translator) -> str:
    """«2–9», «không quá 9», «từ 2 trở lên»; of what has no bound «không giới hạn»."""
    low, high = ((None if side is None else side + of.base) for side in (of.low, of.high))
    if low is not None and high is not None:
        return words.plain("unusual_between", low=low, high=high)
    if high is not None:
        return words.plain("unusual_at_most", high=high)
    return words.plain("unusual_at_least", low=low) if low is not None else words.plain("unusual_unbounded")


def periods_said(form: Form, of: UsualRange, period: date, words: Translator) -> str:
    """«8 thứ Hai», «56 ngày», «26 tuần»: of how many earlier periods something is usual."""
    if of.of_weekday:
        day = words.weekday(period)
        return words.plain(
            "unusual_weekdays", n=of.seen, weekday=day[:1].lower() + day[1:] if words.language == "vi" else day
        )
    return words.plain(f"digest_periods_{form.schedule.period_type.key}", n=of.seen)
