"""What a browser sends of a report's page, as fields of its questions."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reporting.filling.sheet import UNKNOWN, Field
from reporting.forms import Form
from reporting.questions.question_types import type_of

if TYPE_CHECKING:
    from multidict import MultiMapping

SEVERAL = ("choices", "order")
LONGEST_FIELD = 5_000
MOST_TRIED = 8
"""So many earlier tries of a field are looked at."""


def fields_sent(form: Form, sent: "MultiMapping[object]") -> Mapping[str, Field]:
    """By the question's name; only of questions that the page showed (`k:`), each text without what no keyboard types."""
    return dict(_fields(form, sent))


def _fields(form: Form, sent: "MultiMapping[object]") -> Iterator[tuple[str, Field]]:
    keep, taken = _one(sent, "mine"), _one(sent, "take")
    for key in dict.fromkeys(sent):  # each once, however often it was sent: what it says is looked for in all of them
        name = key[2:]
        question = form.by_name.get(name) if key.startswith("k:") else None
        if question is None:
            continue
        knew = _one(sent, key)
        typed = [_plain(str(each)) for each in sent.getall(f"a:{name}", [])]
        text = " ".join(filter(None, typed)) if type_of(question).field in SEVERAL else next(iter(typed), "")
        if _one(sent, f"u:{name}"):
            text = UNKNOWN
        if taken == name:
            text = knew
        kept, reason = bool(_one(sent, f"s:{name}")), _one(sent, f"r:{name}")
        tried = tuple(_plain(str(each)) for each in sent.getall(f"t:{name}", [])[-MOST_TRIED:])
        yield name, Field(text, knew, reason, kept, keep == name, tried)


def fields_gone(form: Form, asked: Mapping[str, str]) -> int:
    """Into how many fields something was typed of which the form, in the version that holds now, knows no question."""
    names = [key[2:] for key in asked if key.startswith("k:") and key[2:] not in form.by_name]
    return sum(_plain(asked.get(f"a:{name}", "")) not in ("", _plain(asked[f"k:{name}"])) for name in names)


def _one(sent: "MultiMapping[object]", key: str) -> str:
    return _plain(str(sent.get(key, "")))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST_FIELD]
