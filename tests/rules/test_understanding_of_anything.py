"""Whatever the text: understanding never raises, stays quick, and answers for no unit that the text does not name."""

import csv
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from reporting.units import Unit
from tests.rules.asked import every_question
from tests.rules.spent import at_most
from tests.rules.vocabularies import HERE, VOCABULARIES, covid, dengue, harvest
from understanding import Inquiry, understand
from understanding.folding import fold
from understanding.keystrokes import keyed
from understanding.tokens import tidy

TODAY = date(2021, 11, 10)
OVER_ALL = ("huyen", "district", "toan", "whole", "tatca", "dia ban", "diaban", "entire")
PLACES = ["ha_noi", "ha_tinh", "trieu_son"]

words = sorted({word for _, question in every_question() for word in question["text"].split()})
chatter = st.lists(st.sampled_from(words), max_size=25).map(" ".join)
glued = st.lists(st.sampled_from(words), max_size=6).map("".join)
noise = st.text(max_size=4096)
emoji = st.text(alphabet="😷🙏👍🏽👨‍👩‍👧‍👦<b>&/@.,-0123456789 \u200b\u0301\u0323ơưđĐ", max_size=200)
texts = st.one_of(chatter, glued, noise, emoji, st.tuples(chatter, noise, glued).map(" ".join))


def plain(text: str) -> str:
    """Only letters and digits, without marks, y for i."""
    return "".join(letter for letter in fold(text) if letter.isalnum()).replace("y", "i")


def readings(text: str) -> list[str]:
    """The text as typed, and as its keys would have written it."""
    pieces = tidy(text).lower().split()
    split = ["".join(letter for letter in piece if letter.isalnum()) for piece in pieces]
    return [plain(tidy(text)), plain("".join(sign.base if (sign := keyed(piece)) else piece for piece in split))]


def names(text: str, unit: Unit) -> bool:
    """Whether a name or alias of the unit stands in the text but for one letter; spaces and marks do not count."""
    for name in (unit.name, *unit.aliases):
        bare = plain(name)
        for line in readings(text):
            for size in {len(bare), len(bare) - 1, len(bare) + 1} if len(bare) > 4 else {len(bare)}:
                parts = (line[at : at + size] for at in range(max(len(line) - size, 0) + 1))
                if any(OSA.distance(bare, part, score_cutoff=1) <= (len(bare) > 4) for part in parts):
                    return True
    return False


def answers_wrongly(text: str, inquiry: Inquiry, root: Unit | None) -> bool:
    """Whether the inquiry would be answered for a unit that the text does not name."""
    if inquiry.doubts or inquiry.intent == "outside":
        return False
    for unit in inquiry.units:
        ranges = unit == root and (
            inquiry.intent in ("rank", "list", "missing") or any(word in plain(text) for word in OVER_ALL)
        )
        kind = unit == root and plain(unit.kind) in plain(text)
        if not (ranges or kind or names(text, unit)):
            return True
    return False


@settings(max_examples=400, deadline=None)
@given(text=texts, vocabulary=st.sampled_from([covid, harvest, dengue]))
def test_no_text_is_answered_for_a_unit_that_it_does_not_name(text: str, vocabulary: type) -> None:
    known = vocabulary()
    with at_most():
        inquiry = understand(text, known, TODAY)
    assert not answers_wrongly(text, inquiry, known.root)


@settings(max_examples=150, deadline=None)
@given(text=texts, today=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_no_text_and_no_day_raises(text: str, today: date) -> None:
    with at_most():
        inquiry = understand(text, covid(), today)
    assert bool(inquiry.unit_choices) <= bool(
        "unit" in inquiry.doubts or inquiry.intent == "outside" or inquiry.intent == "future"
    )
    assert inquiry.span is None or inquiry.span.first_on <= inquiry.span.last_on


@pytest.mark.parametrize(
    "text",
    [
        "thọ " * 1024,
        "a" * 4096,
        "ca số " * 700,
        "xã " * 1300,
        "5/11 " * 800,
        "từ 1/11 đến " * 300,
        "thothodan" * 450,
        "tiếnnôg " * 500,
        "<b>" * 1300,
    ],
    ids=lambda text: text[:12],
)
def test_a_long_text_is_read_quickly(text: str) -> None:
    vocabulary = covid()
    with at_most(3.0):  # some hundredths are usual
        understand(text[:4096], vocabulary, TODAY)


@cache
def elsewhere() -> list[tuple[str, str]]:
    """Kind and name of every unit of the other places."""
    found = set()
    for place in PLACES[:2]:
        with (HERE / "units" / f"{place}.csv").open(encoding="utf-8", newline="") as file:
            found |= {(row["kind"], row["name"]) for row in csv.DictReader(file)}
    return sorted(found)


OURS = {plain(name) for unit in covid().tree for name in (unit.name, *unit.aliases)}


@pytest.mark.parametrize(
    "pattern",
    [
        "{kind} {name} hôm nay bao nhiêu ca",
        "{name} hôm nay bao nhiêu ca",
        "hôm nay {low} mấy ca",
        "hom qua {bare} may ca f0",
    ],
)
def test_a_unit_of_elsewhere_is_never_taken_for_one_of_ours(pattern: str) -> None:
    wrong = []
    for kind, name in elsewhere():
        text = pattern.format(kind=kind, name=name, low=name.lower(), bare=fold(name))
        inquiry = understand(text, covid(), TODAY)
        if plain(name) not in OURS and inquiry.units and not inquiry.doubts and inquiry.intent != "outside":
            wrong.append((text, [unit.title for unit in inquiry.units]))
    assert wrong == []


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_named_unit_is_found_in_every_spelling(name: str) -> None:
    vocabulary = VOCABULARIES[name]()
    for unit in vocabulary.tree:
        for text in (f"{unit.title} hôm nay", f"{unit.title.upper()} HÔM NAY", f"{fold(unit.title)} hom nay"):
            inquiry = understand(text, vocabulary, TODAY)
            assert unit in inquiry.units or unit in inquiry.unit_choices, (text, inquiry)
