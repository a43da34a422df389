"""Reporting rates by month in words: of a subtree, and of its units from the least complete on."""

from collections.abc import Mapping, Sequence
from datetime import date

from reporting.people import Address
from reporting.rounds.rates import Rates
from reporting.say import Say
from reporting.translator import Html, Translator
from reporting.units import Unit

MOST = 40


def rates_said(rates: Rates, words: Translator) -> Html:
    """«đủ 96,8% (30/31), đúng hạn 90,3%», with how many are of the archive; or that nothing was due."""
    if rates.completeness is None:
        return words("rates_none")
    values = {"complete": rates.completeness, "received": rates.received, "expected": rates.expected}
    if rates.timeliness is None:
        return words("rates_archive", **values)
    said = words("rates_said", timely=rates.timeliness, **values)
    return Html(said + words("rates_partly", n=rates.archived)) if rates.archived else said


def months_text(
    unit: Unit,
    title: str,
    months: Mapping[date, Rates],
    of_units: Sequence[tuple[Unit, Rates]],
    to: Address,
    words: Translator,
) -> Say:
    """A line for each month (by its first day) in which a report was due, then the units in the newest, least complete first."""
    lines = [words("rates_title", unit=unit.title, title=title)]
    lines += [
        words("rates_month", month=f"{month:%m/%Y}", rates=rates_said(rates, words))
        for month, rates in months.items()
        if rates.completeness is not None or month == max(months)
    ]
    known = [(each, rates) for each, rates in of_units if rates.completeness is not None and each != unit]
    ranked = sorted(known, key=lambda pair: (pair[1].completeness or 0, pair[1].timeliness or 0, pair[0].name_order))
    behind = [(each, rates) for each, rates in ranked if rates.on_time < rates.timed]
    if behind:
        lines.append(words("rates_units", month=f"{max(months):%m/%Y}"))
        lines += [words("rates_unit", unit=each.title, rates=rates_said(rates, words)) for each, rates in behind[:MOST]]
        if len(behind) > MOST:
            lines.append(words("round_more", n=len(behind) - MOST))
    if len(ranked) > len(behind):
        lines.append(words("rates_whole", n=len(ranked) - len(behind)))
    lines.append(words("rates_legend"))
    return Say(to, "\n".join(lines))
