"""Completeness by question in words: the worst questions first, whose reports are missing, who is late often, who has got better."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from messages.leaders.rates_words import rates_said
from reporting.figures.drawings import CompletenessBar, CompletenessPicture, PlainTable
from reporting.forms import Question
from reporting.people import Address
from reporting.presses.leaders import ShowAnswers
from reporting.rounds.completeness import AnswerCounts, Completeness
from reporting.say import Button, Drawn, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator

PAGE = 6
"""So many questions are told at once, and so many units of each."""
MOST_UNITS, MOST_NAMED, MOST_BARS = 4, 8, 16


def completeness_says(
    found: Completeness, local: datetime, to: Address, words: Translator, *, page: int = 0, demonstration: bool = False
) -> list[Say]:
    """A picture, the text with a button for more questions, and the table as a workbook; of a further page the text alone."""
    text = _text(found, page, words)
    if not found.rates.received:
        return [Say(to, text)]
    rest = len(found.worst) - (page + 1) * PAGE
    more = ShowAnswers(found.form.key, found.unit.id, found.last_on, page + 1, (found.last_on - found.first_on).days)
    buttons = ((Button(words.plain("completeness_button_more"), more),),) if rest > 0 else ()
    said = Say(to, text, buttons)
    if page:
        return [said]
    name = words.plain("completeness_file", unit=found.unit.title, day=found.last_on.isoformat())
    table = Say(to, _caption(found, words, demonstration), document=Drawn(f"{name}.xlsx", table_of(found, words)))
    if not found.worst:
        return [said, table]
    picture = picture_of(found, local, words, demonstration=demonstration)
    return [Say(to, _caption(found, words, demonstration), photo=Drawn(f"{name}.png", picture)), said, table]


def _caption(found: Completeness, words: Translator, demonstration: bool) -> Html:
    lines = [_title(found, words), *([words("digest_demonstration")] if demonstration else [])]
    return Html("\n".join(lines))


def _title(found: Completeness, words: Translator) -> Html:
    title = in_language(found.form.title, words.language) or found.form.key
    return words("completeness_title", unit=found.unit.title, title=title, first=found.first_on, last=found.last_on)


def _text(found: Completeness, page: int, words: Translator) -> Html:
    lines = [_title(found, words)]
    if not page:
        lines.append(words("completeness_rates", rates=rates_said(found.rates, words)))
    shown, worst = found.worst[page * PAGE : (page + 1) * PAGE], found.worst
    if not found.rates.received:
        lines.append(words("completeness_none"))
    elif not worst:
        lines.append(words("completeness_whole"))
    else:
        lines += [words("completeness_worst"), *(_line(found, *each, words) for each in shown)]
        if len(worst) > (page + 1) * PAGE:
            lines.append(words("completeness_more", n=len(worst) - (page + 1) * PAGE))
    if not page:
        lines += _habits(found, words)
        lines.append(words("completeness_note"))
    return Html("\n".join(lines))


def _line(found: Completeness, question: Question, counts: AnswerCounts, words: Translator) -> Html:
    named = [
        words("completeness_unit", unit=unit.title, n=of_unit.lacking) for unit, of_unit in found.lacking_of(question)
    ]
    return words(
        "completeness_line",
        label=in_language(question.alone, words.language),
        complete=counts.completeness or 0,
        answered=counts.answered,
        asked=counts.asked,
        why=Html(", ".join(_why(counts, words))),
        units=_cut(named, MOST_UNITS, words),
    )


def _why(counts: AnswerCounts, words: Translator) -> list[Html]:
    said = (("completeness_why_unknown", counts.unknown), ("completeness_why_empty", counts.empty))
    return [words(key, n=count) for key, count in said if count]


def _cut(names: Sequence[str], most: int, words: Translator) -> Html:
    more = [words("round_more", n=len(names) - most)] if len(names) > most else []
    return Html(", ".join([*names[:most], *more]))


def _habits(found: Completeness, words: Translator) -> Iterable[Html]:
    """Units only, no person; whoever has got better is named last, so that it stays in mind."""
    silent = [
        words(
            "completeness_silent_unit", unit=each.unit.title, missing=each.rates.missing, expected=each.rates.expected
        )
        for each in found.silent
    ]
    late = [words("completeness_late_unit", unit=each.unit.title, late=each.rates.late) for each in found.often_late]
    better = [
        words(
            "completeness_better_unit",
            unit=each.unit.title,
            before=each.before.timeliness or 0,
            now=each.rates.timeliness or 0,
        )
        for each in found.better
    ]
    for key, names in (("completeness_silent", silent), ("completeness_late", late), ("completeness_better", better)):
        if names:
            yield words(key, names=_cut(names, MOST_NAMED, words))


def picture_of(found: Completeness, local: datetime, words: Translator, *, demonstration: bool) -> CompletenessPicture:
    """What the picture is drawn from: the worst questions."""
    bars = tuple(
        CompletenessBar(
            in_language(question.alone, words.language),
            counts.answered,
            counts.unknown,
            counts.empty,
            words.plain("completeness_picture_line", complete=counts.completeness or 0),
            ", ".join(_why(counts, words)),
        )
        for question, counts in found.worst[:MOST_BARS]
    )
    title = words.plain("completeness_picture_title", unit=found.unit.title)
    window = f"{words.show(found.first_on)} – {words.show(found.last_on)}"
    legend = words.plain("completeness_picture_legend")
    return CompletenessPicture(words.language, title, window, legend, bars, local, demonstration)


def table_of(found: Completeness, words: Translator) -> PlainTable:
    """A row for each unit and question; a unit that has sent nothing has a row without a question."""
    heads = ("unit", "expected", "received", "question", "asked", "answered", "unknown", "empty", "complete")
    rows: list[tuple[str | int | float, ...]] = []
    for each in found.units:
        of_unit = (each.unit.title, each.rates.expected, each.rates.received)
        asked = [(question, each.counts[question.name]) for question in found.questions if question.name in each.counts]
        if not asked:
            rows.append((*of_unit, "", "", "", "", "", ""))
        for question, counts in asked:
            label = in_language(question.alone, words.language)
            complete = float(counts.completeness or 0)
            rows.append((*of_unit, label, counts.asked, counts.answered, counts.unknown, counts.empty, complete))
    title = words.plain("completeness_picture_title", unit=found.unit.title)
    head = tuple(words.plain(f"completeness_head_{each}") for each in heads)
    return PlainTable(f"{title}, {words.show(found.first_on)} – {words.show(found.last_on)}", head, tuple(rows))
