"""Share right by category, questions a second, and how both grow from 34 units to 10,599: `python -m bench.understanding`."""

import random
from collections import Counter
from datetime import date
from itertools import product
from statistics import median, quantiles
from time import perf_counter, process_time

from reporting.units import Unit, UnitTree
from tests.rules.asked import ask, every_question, judge, questions
from tests.rules.vocabularies import FORMS, form, trieu_son
from understanding import Vocabulary, understand

COMMUNES = 10_599
_ROUNDS = 5
_FIRST = """An Bình Cẩm Châu Đại Đông Đức Gia Hải Hòa Hồng Hưng Hương Kim Lam Liên Long Minh Mỹ Nam Nghĩa Ngọc Phú Phúc Quang
Quảng""".split()  # noqa: SIM905 - syllables are read more easily in a line
_LAST = """Sơn Thành Thạch Thanh Thịnh Thọ Thượng Tiến Trung Trường Tân Văn Vĩnh Xuân Yên Lộc Lâm Lợi Khê Hậu Giang Dương Cường
Bắc""".split()  # noqa: SIM905


def nationwide() -> UnitTree:
    """The 34 communes of the tests in a country of 10,599, many of whose made-up names are there twice."""
    units = list(trieu_son())
    names = [f"{a} {b}" for a, b in product(_FIRST, _LAST)] + [
        f"{a} {b} {c}" for a, b, c in product(_FIRST[:12], _LAST[:12], _LAST)
    ]
    draw = random.Random(34)
    districts = [Unit(len(units) + n, f"D{n}", draw.choice(names), "huyện") for n in range(1, 701)]
    units += districts
    while len(units) - len(districts) - 1 < COMMUNES:
        n = len(units) + 1
        units.append(Unit(n, f"C{n}", draw.choice(names), "xã", draw.choice(districts).id))
    return UnitTree(units)


def _times(vocabulary: Vocabulary, texts: list[tuple[str, date]]) -> list[float]:
    """Milliseconds of CPU by question, after a round to warm up; other work on the machine does not count."""
    times = []
    for turn in range(_ROUNDS + 1):
        for text, today in texts:
            start = process_time()
            understand(text, vocabulary, today)
            if turn:
                times.append((process_time() - start) * 1000)
    return times


def main() -> None:
    shares: dict[str, Counter[str]] = {}
    for name, question in every_question():
        category = f"{name}: {question.get('category') or question.get('lang')}"
        shares.setdefault(category, Counter())[judge(question, ask(name, question))] += 1
    print(f"{'category':32} {'asked':>6} {'right':>6} {'back':>6} {'wrong':>6}")
    for category, counts in shares.items():
        print(f"{category:32} {counts.total():6} {counts['right']:6} {counts['asked back']:6} {counts['wrong']:6}")
    total = sum(shares.values(), Counter[str]())
    print(f"{'all':32} {total.total():6} {total['right']:6} {total['asked back']:6} {total['wrong']:6}")
    texts = [
        (each["text"], date.fromisoformat(each["ref_date"])) for each in (*questions("residents"), *questions("covid"))
    ]
    forms = [form(FORMS / "covid_daily.md"), form(FORMS / "covid_level.md")]
    for tree in (trieu_son(), nationwide()):
        root = tree.unit(1)
        for area, named in ((root, "the district"), (None, "the whole tree")):
            start = perf_counter()
            vocabulary = Vocabulary(tree, forms, area)
            built = perf_counter() - start
            times = _times(vocabulary, texts)
            rate = 1000 * len(times) / sum(times)
            p95 = quantiles(times, n=20)[-1]
            print(
                f"{len(tree.units):6} units, about {named:14}: built in {built:.2f} s, {rate:5.0f} questions/s,"
                f" median {median(times):.2f} ms, p95 {p95:.2f} ms, max {max(times):.1f} ms"
            )


if __name__ == "__main__":
    main()
