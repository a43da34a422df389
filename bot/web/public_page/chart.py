"""The picture of a trend: a line over the periods that breaks where nothing was reported, drawn as SVG without any script."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.web.public_page.markup import joined, tag
from reporting.figures.facts import Fact
from reporting.figures.told_amounts import Amount
from reporting.translator import Html

WIDTH, HEIGHT, EDGE = 320, 96, 8
FLOOR = HEIGHT - EDGE


def chart(periods: Sequence[date], facts: Mapping[date, Fact], said: str) -> Html:
    """The line of `facts` over all `periods`; `said` is read out in its place.

    A total that lacks units has a hollow dot; what is held back is a bar over where it lies; a day without a figure has a
    tick on the floor, and the line does not run over it.
    """
    amounts = {period: fact.value for period, fact in facts.items() if isinstance(fact.value, Amount)}
    highest = max((float(amounts[period].high) for period in periods if period in amounts), default=0.0) or 1.0
    step = (WIDTH - 2 * EDGE) / max(len(periods) - 1, 1)
    across = {period: EDGE + place * step for place, period in enumerate(periods)}

    def down(value: float) -> float:
        return FLOOR - value / highest * (FLOOR - EDGE)

    drawn = [tag("line", class_="floor", x1="0", x2=str(WIDTH), y1=str(FLOOR), y2=str(FLOOR))]
    run: list[str] = []
    for period in [*periods, None]:
        amount = amounts.get(period) if period is not None else None
        if period is not None and amount is not None and amount.is_exact:
            run.append(f"{across[period]:.1f},{down(float(amount.low)):.1f}")
            continue
        if len(run) > 1:
            drawn.append(tag("polyline", class_="run", points=" ".join(run)))
        run = []
        if period is not None:
            drawn.append(
                _without_line(
                    across[period],
                    amount,
                    down(float(amount.low)) if amount else 0,
                    down(float(amount.high)) if amount else 0,
                )
            )
    for period in periods:
        fact, amount = facts.get(period), amounts.get(period)
        if fact is not None and amount is not None and amount.is_exact:
            whole = fact.coverage is None or fact.coverage.received >= fact.coverage.expected
            kind = "dot" if whole else "dot partial"
            drawn.append(
                tag("circle", class_=kind, cx=f"{across[period]:.1f}", cy=f"{down(float(amount.low)):.1f}", r="3")
            )
    return tag("svg", joined(drawn), class_="chart", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=said)


def _without_line(x: float, amount: Amount | None, low: float, high: float) -> Html:
    at = f"{x:.1f}"
    if amount is None:
        return tag("line", class_="gap", x1=at, x2=at, y1=str(FLOOR - 3), y2=str(FLOOR + 3))
    return tag("line", class_="held", x1=at, x2=at, y1=f"{low:.1f}", y2=f"{high:.1f}")
