"""Reasons behind figures: none of what follows them, and may be a figure itself, is lost without a word."""

from dataclasses import replace
from datetime import date

import pytest

from messages.reporters.offers import figures_in, figures_told
from reporting.filling.lines import read_lines
from reporting.filling.reason_or_figure import may_be_figure
from reporting.questions.names import Names
from tests.rules.test_lines import FORM, VI, filling
from tests.rules.test_lines_as_typed import TODAY, meant, read_of
from understanding.reasons_said import days_in_reason, numbers_in_reason, part_day_and_reason

NAMES = [Names.of(FORM)]


def parted(text: str) -> tuple[str, str]:
    said = part_day_and_reason(text, TODAY, NAMES)
    return said.figures, said.reason


def test_a_reason_is_parted_from_the_figures() -> None:
    assert parted("f0 5, lý do: nhập  nhầm") == ("f0 5", "nhập nhầm")
    assert parted("f0 5 because two came late") == ("f0 5", "two came late")
    assert parted("f0 5, lí do: nhap nham") == ("f0 5", "nhap nham")
    assert parted("f0 5 tại vị trí 3") == ("f0 5 tại vị trí 3", "")
    assert parted("f0 5") == ("f0 5", "")


def test_figures_behind_a_reason_are_not_lost() -> None:
    assert parted("f0 5 vì test muộn, khỏi 2\ncltn 14") == ("f0 5, khỏi 2\ncltn 14", "test muộn, khỏi 2 cltn 14")
    assert parted("f0 5, lý do: test muộn\nvề quê mười bốn")[0] == "f0 5\nvề quê mười bốn"
    assert parted("f0 5, lý do: test muộn\nxin lỗi anh")[0] == "f0 5"
    assert parted("f0 5, lý do: test muộn, về quê: ko")[0] == "f0 5, về quê: ko"
    assert parted("f0 5 vì test muộn. khỏi 2")[0] == "f0 5. khỏi 2"
    assert parted("f0 5, lý do: nhập nhầm, xin lỗi") == ("f0 5", "nhập nhầm, xin lỗi")
    assert parted("f0 5, lý do: nhập 1,250") == ("f0 5", "nhập 1,250")


@pytest.mark.parametrize(
    ("text", "read", "asked", "unread"),
    [
        ("f0 5, lý do: sót, 2: 3", "f0=5 cd=3", [], ()),
        ("f0 5, lý do: sót\n2. 3", "f0=5 cd=3", [], ()),
        ("f0 5, lý do: sót\n2 khỏi", "f0=5 khoi=2", [], ()),
        ("f0 5, lý do:sót,khỏi 2", "f0=5 khoi=2", [], ()),
        ("f0 5, lý do: sót,3 ca cộng đồng", "f0=5 cd=3", [], ()),
        ("f0 5, lý do: sót,2: 3", "f0=5 cd=3", [], ()),
        ("f0 5, lý do: sót 2,5 ca", "f0=5", [], ()),
        ("f0 5, lý do: sót, khỏi hai", "f0=5 khoi=2", [], ()),
        ("f0 5 vì mất điện, khỏi chưa rõ, f2 như hôm qua", "f0=5 khoi=? f2=20", [], ()),
        ("f0 5, lý do: sót, khỏi được 2", "f0=5", ["khỏi được 2"], ()),
        ("khỏi 3, lý do sót, khỏi được 2", "", ["khỏi được 2", "khỏi được 2"], ()),
        ("f0 5, lý do: sót, +2 khỏi", "f0=5 khoi=2", [], ()),
        ("f0 5, lý do: sót, xn40", "f0=5", [], ("xn40",)),
        ("f0 5, lý do sót khỏi 2", "f0=5", [], ("sót khỏi 2",)),
        ("f0 5, lý do sót khỏi hai", "f0=5", [], ("sót khỏi hai",)),
        ("f0 5, lý do: sót (khỏi 2)", "f0=5", [], ("sót (khỏi 2)",)),
        ("f0 5, lý do: sót - khỏi 2", "f0=5", [], ("sót - khỏi 2",)),
        ("f0 5, lý do: sót, còn khỏi là hai ca", "f0=5", [], ("còn khỏi là hai ca",)),
        ("f0 5, lý do: sót, 2 người đã khỏi", "f0=5", [], ("2 người đã khỏi",)),
        ("f0 5, lý do: nhầm, cũ là 3", "f0=5", [], ("cũ là 3",)),
        ("f0 5, lý do: thêm 2 ca", "f0=5", [], ()),
        ("f0 5, lý do: thêm hai ca", "f0=5", [], ()),
        ("f0 5 vì f1 báo sau", "f0=5", [], ()),
        ("f0 5 vì máy hỏng lúc 8h30 hôm qua, gọi 0912345678", "f0=5", [], ()),
    ],
)
def test_what_follows_a_reason_and_may_be_a_figure_is_read_or_said(
    text: str, read: str, asked: list[str], unread: tuple[str, ...]
) -> None:
    said = part_day_and_reason(text, TODAY, NAMES)
    lines = read_lines(filling(), figures_told(figures_in(said.figures, [FORM])), VI)
    assert (read_of(lines), [each.piece for each in lines.doubtful], said.unread) == (meant(read), asked, unread)


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("mất điện,3 ca cộng đồng", True),
        ("mất điện, 3 ca cộng đồng", True),
        ("mất điện 1,5 giờ", False),
        ("cân 1,250 tấn", False),
    ],
)
def test_a_figure_right_behind_a_comma_is_asked_back_where_a_reason_is_awaited(text: str, may_be: bool) -> None:
    answered = filling()
    nothing_open = replace(answered, draft=replace(answered.draft, at=""))
    assert may_be_figure(text, nothing_open) is may_be


def test_numbers_in_the_desks_reason_are_named() -> None:
    reason = "trùng 2 ca, số cũ f0 3, khỏi 1, máy hỏng lúc 8h"
    assert numbers_in_reason(reason, "f0 4", TODAY, NAMES) == ["số cũ f0 3", "khỏi 1"]


YESTERDAY = date(2021, 11, 9)


@pytest.mark.parametrize(
    ("text", "day", "read", "is_clear"),
    [
        ("f0 5, lý do: nhập sót, hôm qua mất điện 2 tiếng", None, {"f0_new": 5}, True),
        ("f0 5, lý do: nhập nhầm số của xã bên, ngày 9/11", None, {"f0_new": 5}, True),
        ("f0 5 vì hôm qua chưa có kết quả, 2 ca ngày 9/11 mới báo", None, {"f0_new": 5}, True),
        ("f0 5, lý do: nhầm, mai họp 8h", None, {"f0_new": 5}, True),
        ("f0 5, lý do: tổ 3 báo muộn, tổ 5 chưa báo", None, {"f0_new": 5}, True),
        ("f0 5 vì máy hỏng, sửa lúc 8h, f1 báo sau", None, {"f0_new": 5}, True),
        ("f0 5, lý do: nhập nhầm, số cũ f0 3", None, {"f0_new": 5}, True),
        (
            "f0 5, lý do: sót, khỏi 2, 3 ca cộng đồng",
            None,
            {"f0_new": 5, "f0_recovered_new": 2, "f0_new_community": 3},
            True,
        ),
        ("f0 5, lý do: sót, khỏi 2 ca của hôm qua", None, {"f0_new": 5}, False),
        ("f0 5, lý do: báo sót; 3 ca cộng đồng hôm qua", None, {"f0_new": 5}, False),
        ("f0 5, lý do: nhập nhầm, f0 6", None, {}, False),
        ("f0 5 hôm qua, lý do: nhầm, mai họp 8h", YESTERDAY, {"f0_new": 5}, True),
        ("f0 5 ngày 9/11 vì nhầm, khỏi 2", YESTERDAY, {"f0_new": 5, "f0_recovered_new": 2}, True),
        ("f0 5, lý do: nhầm\nngày 9/11", YESTERDAY, {"f0_new": 5}, True),
        ("Lý do: nhập sót\nf0 5 hôm qua", YESTERDAY, {"f0_new": 5}, True),
    ],
)
def test_a_day_and_numbers_within_a_reason_are_of_no_figure(
    text: str, day: date | None, read: dict[str, object], is_clear: bool
) -> None:
    figures, named, _, _ = part_day_and_reason(text, TODAY, [Names.of(FORM)])
    assert (named.day, named.wrong) == (day, "")
    lines = read_lines(filling(), figures_told(figures_in(figures, [FORM])), VI)
    assert (read_of(lines), not lines.doubtful) == (read, is_clear)


def test_a_day_alone_between_commas_may_be_the_figures_and_is_asked_about() -> None:
    assert [each.day for each in days_in_reason("nhập nhầm số của xã bên, ngày 9/11", "f0 5", TODAY)] == [YESTERDAY]
    assert [each.day for each in days_in_reason("nhập nhầm, hôm qua, f0 5", "f0 5", TODAY)] == [YESTERDAY]
    assert [each.day for each in days_in_reason("sót, f0 4 hôm qua", "khỏi 3, f0 4 hôm qua", TODAY)] == [YESTERDAY]
    assert days_in_reason("hôm qua chưa có kết quả, hôm qua mất điện", "f0 5", TODAY) == []
    assert days_in_reason("", "f0 5", TODAY) == []
