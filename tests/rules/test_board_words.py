"""The board as text: no line is wider than a small phone, and what the signs mean stands over them."""

from dataclasses import replace
from datetime import time
from html import unescape

import pytest

from bot.telegram.channel import TELEGRAM
from messages.digests.board_words import board_text
from messages.digests.digest import digest
from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import DigestContent
from reporting.digests.digest_record import Digest
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.rules.digests_made import evidence, province

PHONE = 34
"""Letters of one width that a phone of 360 pixels shows in a line."""


def lines(made: Digest, language: str = "vi") -> list[str]:
    return unescape(board_text(made, translator(language))).replace("<pre>", "").replace("</pre>", "").splitlines()


def made(tree: UnitTree | None = None, language: str = "vi") -> Digest:
    return digest(evidence(tree, missing=[11], late={5: time(16, 45)}), translator(language), TELEGRAM)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_of_the_board_is_wider_than_a_small_phone(language: str) -> None:
    long = Unit(1, "0", "Yên Định", "huyện")
    names = ("Nông trường Thống Nhất", "Khuyến Nông", "Nưa", "Phú Nghĩa Đông Hòa")
    tree = UnitTree([long, *(Unit(2 + n, f"{n}", name, "thị trấn", 1) for n, name in enumerate(names))])
    for of in (tree, None, province()):
        told = lines(made(of, language), language)
        begin = next(n for n, line in enumerate(told) if line.split()[:1] == ["04"])
        rows = told[begin:]
        assert len(rows) > 4
        assert max(len(line) for line in rows) <= PHONE
        assert all(len(line) == len(rows[0]) for line in rows)


def test_a_long_title_gives_its_name_unless_another_is_called_so() -> None:
    root = Unit(1, "0", "Sơn", "huyện")
    tree = UnitTree([root, Unit(2, "1", "Sơn Trà Bồng", "thị trấn", 1), Unit(3, "2", "Sơn Trà Bồng", "xã", 1)])
    assert [line[:13] for line in lines(made(tree))[3:]] == ["thị trấn Sơn…", "xã Sơn Trà B…"]
    alone = UnitTree([root, Unit(2, "1", "Sơn Trà Bồng", "thị trấn", 1), Unit(3, "2", "Nưa", "xã", 1)])
    assert [line[:13].rstrip() for line in lines(made(alone))[3:]] == ["Sơn Trà Bồng", "xã Nưa"]


@pytest.mark.parametrize(
    ("districts", "shown"),
    [
        (("Bắc Hà", "Nam Hà"), ["Thọ Dâ…Bắc Hà", "Thọ Dâ…Nam Hà"]),
        (("Triệu Sơn", "Thiệu Sơn"), ["Thọ …riệu Sơn", "Thọ …hiệu Sơn"]),
    ],
)
def test_two_of_one_name_are_told_apart_by_where_they_lie_as_far_as_that_differs(
    districts: tuple[str, str], shown: list[str]
) -> None:
    above = [Unit(number, str(number), name, "huyện", 1) for number, name in enumerate(districts, 2)]
    communes = [Unit(number, str(number), "Thọ Dân", "xã", number - 2) for number in (4, 5)]
    tree = UnitTree([Unit(1, "1", "Sơn", "tỉnh"), *above, *communes])
    assert [line[:13] for line in lines(made(tree))[3:]] == shown


def test_what_the_signs_mean_stands_over_the_board_and_only_of_those_that_it_has() -> None:
    title, legend, *_ = lines(made())
    assert title.startswith("<b>Theo dõi báo cáo")
    assert legend == ("– chưa báo cáo (không có nghĩa là bằng 0) · • báo cáo chậm · ✓ đã báo cáo · □ số liệu lưu trữ")


def test_the_board_of_a_digest_that_was_frozen_without_names_is_told_by_titles() -> None:
    of = digest(evidence(), translator("vi"), TELEGRAM)
    kept = as_json(of.content)
    for row in kept["board"]:
        del row["name"]
    assert "xã Khuyến Nô…" in "\n".join(lines(replace(of, content=of_json(DigestContent, kept))))
