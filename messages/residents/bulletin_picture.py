"""What the bulletin's picture is drawn from: headline figures, the trend of the first, a bar for every unit; all of it public."""

from messages.digests.content import plain
from messages.residents.answer_lines import source, untold
from messages.residents.bulletins import Bulletin, bulletin_periods
from messages.residents.trend import points_of
from messages.residents.view import View
from reporting.figures.drawings import BulletinBar, BulletinPicture, BulletinTile
from reporting.figures.known import Known
from reporting.figures.open_figures import OpenFigure
from reporting.figures.sums import Withheld
from reporting.figures.told_amounts import Amount
from reporting.forms import Question
from reporting.say import Drawn
from reporting.texts import in_language

MOST_TILES = 6


def picture_of(view: View, of: Bulletin, trend: Known | None, title: str) -> Drawn | None:
    """None where nothing in it is a number."""
    words, main = view.words, of.main.coverage
    numbers = [q for q in of.questions if q.name in of.facts and isinstance(of.facts[q.name].value, Amount)]
    if not numbers:
        return None
    first = numbers[0]
    key = "bulletin_covered" if of.is_complete else "bulletin_covered_partly"
    covered = words.plain(key, done=main.received, all=main.expected) if main is not None else ""
    history = trend.history(of.unit, first) if trend is not None else {}
    moments = [fact.as_of for fact in of.facts.values() if fact.as_of is not None]
    content = BulletinPicture(
        language=words.language,
        title=title,
        window=view.named(of.unit),
        coverage_text=covered,
        tiles=tuple(BulletinTile(view.label(q), *_between(of.facts[q.name].value)) for q in numbers[:MOST_TILES]),
        carried=tuple(place for place, q in enumerate(numbers[:MOST_TILES]) if of.facts[q.name].carried),
        trend_title=_trend_title(view, of, first),
        points=points_of(history, bulletin_periods(of.form, of.period)) if history else (),
        bars_title=words.plain("picture_bars", label=view.label(first), date=of.period),
        bars=tuple(_bar(view, each) for each in of.shown) if first == of.questions[0] else (),
        as_of=max(moments).astimezone(view.zone) if moments else None,
        source=plain(source(view, of.form, [of.unit], main is not None)),
        is_corrected=any(fact.is_corrected for fact in of.facts.values()),
        demonstration=view.demonstration,
        adds_up=first.adds_up,
    )
    return Drawn(f"{of.form.key}-{of.period.isoformat()}.png", content)


def _trend_title(view: View, of: Bulletin, question: Question) -> str:
    key = "picture_trend" if of.shown else "picture_trend_own"
    unit = in_language(question.unit, view.words.language) or "–"
    return view.words.plain(key, label=view.label(question), unit=unit)


def _between(value: object) -> tuple[float, float]:
    assert isinstance(value, Amount)
    return float(value.low), float(value.high)


def _bar(view: View, of: OpenFigure) -> BulletinBar:
    fact = of.fact
    if fact is not None and isinstance(fact.value, Withheld):
        return BulletinBar(of.unit.title, None, None, "", plain(untold(view.words, fact.value)))
    if fact is None or not isinstance(fact.value, Amount):
        return BulletinBar(of.unit.title, None, None, "", view.words.plain(f"open_absent_{of.status}"))
    units = fact.coverage
    note = f"{units.received}/{units.expected}" if units is not None and units.received < units.expected else ""
    return BulletinBar(of.unit.title, *_between(fact.value), note, "")
