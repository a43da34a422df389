"""What the lists of questions expect, and how an answer is judged: right, asked back, or wrong."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from tests.rules.vocabularies import QUESTIONS, VOCABULARIES
from understanding import Inquiry, understand

Asked = dict[str, Any]
Judgement = Literal["right", "asked back", "wrong"]


def questions(name: str) -> list[Asked]:
    with (QUESTIONS / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def every_question() -> Iterator[tuple[str, Asked]]:
    for name in VOCABULARIES:
        yield from ((name, question) for question in questions(name))


def ask(name: str, question: Asked) -> Inquiry:
    return understand(question["text"], VOCABULARIES[name](), date.fromisoformat(question["ref_date"]))


def judge(question: Asked, inquiry: Inquiry) -> Judgement:
    """Right is all that the question's line names; to ask back, or to say that it is not understood, is never wrong."""
    if "asks" in question:
        return "right" if _asks_as_expected(question, inquiry) else "asked back" if inquiry.doubts else "wrong"
    told = _told(inquiry)
    if all(told[key] == wanted for key, wanted in question.items() if key in told) and not inquiry.doubts:
        return "right"
    return "asked back" if inquiry.doubts or inquiry.intent in ("unclear", "outside", "not collected") else "wrong"


def _told(inquiry: Inquiry) -> Asked:
    names = [indicator.question for indicator in inquiry.indicators]
    return {
        "intent": inquiry.intent,
        "units": [unit.code for unit in inquiry.units],
        "indicator": names[0] if len(names) == 1 else names or None,
        "period": inquiry.span.name if inquiry.span else None,
        "against": inquiry.against.name if inquiry.against else None,
        "choice": inquiry.choice,
        "order": inquiry.order,
        "kinds": ",".join(inquiry.kinds),
        "named_outside": inquiry.named_outside,
        "unknown": inquiry.unknown,
        "bounds": f"{inquiry.bounds.least}..{inquiry.bounds.most}" if inquiry.bounds else "",
    }


def _asks_as_expected(question: Asked, inquiry: Inquiry) -> bool:
    if question["asks"] not in inquiry.doubts:
        return False
    told = _told(inquiry)
    if any(told[key] != question[key] for key in ("indicator", "period", "unknown") if question.get(key)):
        return False
    if question["asks"] in ("exclusion", "unknown"):
        return True
    offered: list[str] = {
        "unit": [unit.code for unit in inquiry.unit_choices],
        "indicator": [indicator.question for indicator in inquiry.indicator_choices],
        "period": [span.name for span in inquiry.span_choices],
        "meaning": [",".join(unit.code for unit in each.units) for each in inquiry.meanings],
    }[question["asks"]]
    return bool(len(offered) == question["offered"] if "offered" in question else sorted(offered) == question["offers"])
