"""Questions of many hands: what each expects, and whether it is answered at once, offered, asked back, refused, or wrongly told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from tests.rules.asked import Asked, questions
from tests.rules.vocabularies import VOCABULARIES
from understanding import ABOUT_FIGURES, Inquiry, Vocabulary, understand

HANDS = {
    **{f"hands_{place}": place for place in ("covid", "storm", "schools")},
    **{f"second_{place}": place for place in ("covid", "storm", "schools")},
    **{f"third_{place}": place for place in ("covid", "storm", "schools")},
    **{f"fourth_{place}": place for place in ("covid", "storm", "schools")},
}
"""The lists, and in which place each is asked."""
Verdict = Literal["right", "offered", "asked", "refused", "half", "wrong"]
"""`offered`: asked back, and the right choice is in a button; `asked`: without it; `half`: a part of it is answered."""
_STEPS = 3


def every() -> Iterator[tuple[str, Asked]]:
    for name in HANDS:
        yield from ((name, question) for question in questions(name))


def heard(name: str, question: Asked) -> Inquiry:
    """What is understood, after the questions before it if there are any."""
    vocabulary, today = VOCABULARIES[HANDS[name]](), date.fromisoformat(question["ref_date"])
    last: Inquiry | None = None
    for text in (*question.get("after", ()), question["text"]):
        last = understand(text, vocabulary, today, last)
    assert last is not None
    return last


def verdict(name: str, question: Asked) -> Verdict:
    vocabulary, inquiry = VOCABULARIES[HANDS[name]](), heard(name, question)
    certain = inquiry.is_certain and inquiry.intent in ABOUT_FIGURES
    if "never" in question:
        return "right" if inquiry.intent != question["never"] else "wrong"
    if question.get("refused"):
        return "wrong" if certain else "right"
    if "asks" in question:
        return "right" if question["asks"] in inquiry.doubts else "wrong" if certain else "asked"
    if "parts" in question:
        return _of_parts(vocabulary, question, inquiry, certain)
    if not ABOUT_FIGURES.intersection(question["intent"].split("|")):
        return "right" if inquiry.intent == question["intent"] else "wrong" if certain else "refused"
    if certain:
        return "right" if _fits(vocabulary, question, inquiry) else "wrong"
    if any(_fits(vocabulary, question, each) for each in _by_taps(inquiry, _STEPS)):
        return "offered"
    return "asked" if inquiry.doubts else "refused"


def _of_parts(vocabulary: Vocabulary, question: Asked, inquiry: Inquiry, certain: bool) -> Verdict:
    told = (inquiry, *inquiry.also)
    parts = [part for part in question["parts"] if any(_fits(vocabulary, part, each, part=True) for each in told)]
    if len(parts) == len(question["parts"]) and all(each.is_certain for each in told):
        return "right"
    if not certain:
        taps = [each for one in told for each in _by_taps(one, _STEPS)]
        return (
            "offered" if any(_fits(vocabulary, part, each) for part in question["parts"] for each in taps) else "asked"
        )
    return "half" if parts else "wrong"


def _fits(vocabulary: Vocabulary, wanted: Asked, inquiry: Inquiry, part: bool = False) -> bool:
    """Whether what is told is what is wanted, field by field; «today|latest» are both right."""
    units = inquiry.units or ((vocabulary.root,) if vocabulary.root is not None else ())
    names = [each.question for each in inquiry.indicators]
    is_of_one = inquiry.intent == "rank" and units != (vocabulary.root,) and len(units) == 1
    told: dict[str, Any] = {
        "intent": "value" if is_of_one else inquiry.intent,
        "units": [unit.code for unit in units],
        "indicator": names[0] if len(names) == 1 else names,
        "period": inquiry.span.name if inquiry.span else "latest",
        "choice": inquiry.choice,
        "order": inquiry.order,
    }
    if part and names and wanted.get("indicator") in names:
        told["indicator"] = wanted["indicator"]
    if part and set(wanted.get("units", ())) <= set(told["units"]):
        told["units"] = wanted.get("units")
    return all(_is(told[key], each) for key, each in wanted.items() if key in told)


def _is(told: object, wanted: object) -> bool:
    return told in wanted.split("|") if isinstance(wanted, str) else told == wanted


def _by_taps(inquiry: Inquiry, steps: int) -> Iterator[Inquiry]:
    """What the buttons beneath an answer ask, and those beneath theirs."""
    if inquiry.is_certain or not steps:
        yield inquiry
        return
    for each in _choices(inquiry):
        yield from _by_taps(each, steps - 1)


def _choices(inquiry: Inquiry) -> list[Inquiry]:
    doubt = inquiry.doubts[0] if inquiry.doubts else ""
    if inquiry.meanings:
        return list(inquiry.meanings)
    if doubt in ("exclusion", "unknown"):
        units = inquiry.units or inquiry.unit_choices
        named = (*inquiry.indicators, *inquiry.indicator_choices)
        plain = replace(inquiry, wanted="overview") if not named else inquiry
        of_unit = [plain.offering((unit,), ()) for unit in units]
        return [each.offering(each.units, (one,)) for each in of_unit for one in named] if named else of_unit
    match doubt or inquiry.intent:
        case "unit" | "outside" | "gone":
            return [inquiry.with_unit(unit) for unit in inquiry.unit_choices]
        case "indicator":
            return [inquiry.with_indicator(each) for each in inquiry.indicator_choices]
        case "period":
            return [inquiry.with_span(each) for each in inquiry.span_choices]
    return []
