"""How pictures are laid out: nothing lies over a text or beyond the edge, and what is missing, zero or below zero looks so."""

from itertools import combinations, pairwise

import pytest

from bot.drawing.canvas import BLUE, GREY, PALE, WIDTH, Canvas
from bot.drawing.columns import HELD_BACK, PALE_BLUE
from bot.drawing.marks import FilledBox, HatchedBox, WrittenLine
from reporting.digests.drawings import BoardPicture, DigestPicture
from reporting.say import Drawing
from tests.drawing.pictures_made import (
    PICTURES,
    bulletin,
    falling,
    laid_out,
    long_names,
    of_digest,
    of_millions,
    public_trend,
    unit_trend,
    zero,
)

LONG_NAME = "xã Hợp Thành Nghĩa Lộ – khu phố Đường Ỷ"


def over(one: WrittenLine, other: WrittenLine) -> bool:
    """Whether letters of one stand where letters of the other do: capitals are 0.72 of their size."""
    is_beside = one.left + one.width <= other.left or other.left + other.width <= one.left
    is_under = one.base <= other.base - 0.72 * other.pixels or other.base <= one.base - 0.72 * one.pixels
    return not (is_beside or is_under)


def texts(canvas: Canvas) -> list[str]:
    return [line.text for line in canvas.lines]


def boxes(canvas: Canvas, *colours: str) -> list[FilledBox]:
    return [mark for mark in canvas.marks if isinstance(mark, FilledBox) and mark.colour in colours]


def zero_line(canvas: Canvas) -> float:
    return next(box.top for box in boxes(canvas, GREY) if box.height == 2)


@pytest.mark.parametrize("named", PICTURES)
def test_every_text_stands_whole_on_the_picture_and_none_over_another(named: str) -> None:
    canvas = laid_out(PICTURES[named]())
    beyond = [
        line.text
        for line in canvas.lines
        if line.left < 0
        or line.left + line.width > WIDTH
        or line.base < line.pixels * 0.8
        or line.base + line.pixels * 0.24 > canvas.height
    ]
    assert beyond == []
    assert [(a.text, b.text) for a, b in combinations(canvas.lines, 2) if over(a, b)] == []


@pytest.mark.parametrize("named", PICTURES)
def test_every_mark_lies_on_the_picture(named: str) -> None:
    canvas = laid_out(PICTURES[named]())
    for mark in canvas.marks:
        if isinstance(mark, FilledBox | HatchedBox):
            assert mark.width > 0
            assert mark.height > 0
            assert mark.left >= 0
            assert mark.left + mark.width <= WIDTH
            assert mark.top >= 0
            assert mark.top + mark.height <= canvas.height


@pytest.mark.parametrize("content", [unit_trend(), public_trend(), bulletin(units=0)], ids=lambda each: each.maker)
def test_a_missing_day_is_hatched_and_has_no_number(content: Drawing) -> None:
    canvas = laid_out(content)
    hatched = next(mark for mark in canvas.marks if isinstance(mark, HatchedBox))
    middle = hatched.left + hatched.width / 2
    over_it = [line for line in canvas.lines if abs(line.left + line.width / 2 - middle) < 2 and not line.bold]
    assert hatched.height > 20
    assert [line.text for line in over_it if line.text.isdigit()] == []


def test_a_day_of_zero_is_a_sliver_on_the_line_with_its_number() -> None:
    canvas = laid_out(public_trend(count=3, figure=zero))
    slivers = boxes(canvas, PALE_BLUE, BLUE)
    assert [sliver.height for sliver in slivers] == [2, 2, 2]
    assert all(sliver.top + sliver.height == zero_line(canvas) for sliver in slivers)
    assert texts(canvas).count("0") == 3


def test_a_figure_below_zero_hangs_under_the_line_with_its_number_under_it() -> None:
    canvas = laid_out(public_trend(count=14, figure=falling))
    zero = zero_line(canvas)
    hanging = [box for box in boxes(canvas, PALE_BLUE, BLUE) if box.top >= zero]
    standing = [box for box in boxes(canvas, PALE_BLUE, BLUE) if box.top < zero]
    assert (len(standing), len(hanging)) == (3, 10)
    lowest = max(hanging, key=lambda box: box.height)
    number = next(line for line in canvas.lines if line.text == "-28")
    assert lowest.colour == BLUE
    assert number.base - 0.72 * number.pixels > lowest.top + lowest.height
    below = next(line for line in canvas.lines if line.text == "-10")
    assert below.base > zero


def test_a_units_bar_below_zero_goes_to_the_left_of_where_the_others_begin() -> None:
    canvas = laid_out(bulletin(units=12, figure=falling))
    bars = {}
    for box in boxes(canvas, BLUE)[1:]:
        beside = (line for line in canvas.lines if abs(line.base - box.top - box.height / 2) < 14)
        bars[next(line.text for line in beside if 0 < line.left - box.left - box.width < 10)] = box
    assert {"11", "8", "-10", "-22"} <= set(bars)
    assert bars["11"].left == pytest.approx(bars["8"].left)
    assert bars["-10"].left + bars["-10"].width == pytest.approx(bars["-22"].left + bars["-22"].width)
    assert bars["-22"].width == pytest.approx(2.2 * bars["-10"].width)
    assert bars["11"].width == pytest.approx(1.1 * bars["-10"].width)


def test_what_is_held_back_is_pale_from_the_least_to_the_most() -> None:
    canvas = laid_out(public_trend(count=7))
    (pale,) = boxes(canvas, HELD_BACK)
    zero = zero_line(canvas)
    highest = next(box for box in boxes(canvas, BLUE) if box.height > 50)
    unit = highest.height / 22
    assert pale.height == pytest.approx(3 * unit)
    assert zero - (pale.top + pale.height) == pytest.approx(unit)
    assert "<5" in texts(canvas)


def test_numbers_that_fit_stand_over_their_columns() -> None:
    canvas = laid_out(public_trend(count=7))
    assert {"3", "10", "<5", "8", "15", "22"} <= set(texts(canvas))
    assert boxes(canvas, PALE) == []


@pytest.mark.parametrize(("count", "figure"), [(92, None), (365, None), (31, "millions")])
def test_where_numbers_do_not_fit_lines_at_round_values_are_read_instead(count: int, figure: str | None) -> None:
    content = public_trend(count=count, figure=lambda n: 1_000_000.0 * n) if figure else public_trend(count=count)
    canvas = laid_out(content)
    grid = boxes(canvas, PALE)
    named = ["0", "10.000.000", "20.000.000", "30.000.000"] if figure else ["0", "10", "20"]
    said = [line for line in canvas.lines if line.text in named and line.colour == GREY]
    assert [line.text for line in said] == named
    assert [box.top + 0.36 * said[0].pixels for box in grid] == pytest.approx([line.base for line in said])
    steps = {round(one.top - other.top, 6) for one, other in pairwise(grid)}
    assert len(steps) == 1
    last = next(line for line in canvas.lines if line.bold and line.text in ("19", "21", "30.000.000"))
    assert last.left + last.width <= WIDTH


@pytest.mark.parametrize("count", [1, 2, 7, 14, 31, 92, 365])
def test_days_stand_apart_and_the_last_one_always(count: int) -> None:
    canvas = laid_out(public_trend(count=count))
    said = [line for line in canvas.lines if len(line.text) == 5 and line.text[2] == "/" and line.pixels == 19]
    assert said[-1].text == "10/11"
    assert said[-1].bold
    assert len(said) == count if count <= 14 else 8 <= len(said) <= 16
    assert all(other.left - (one.left + one.width) >= 4 for one, other in pairwise(said))


def test_a_year_of_columns_leaves_no_gaps_between_them() -> None:
    columns = boxes(laid_out(public_trend(count=365)), PALE_BLUE, BLUE)
    assert len(columns) == 364
    assert all(one.left + one.width <= other.left + 0.001 for one, other in pairwise(columns))
    assert sum(one.left + one.width > other.left - 0.001 for one, other in pairwise(columns)) >= 360


def test_decimals_and_thousands_are_written_as_in_the_language() -> None:
    assert {"1,25", "1.543,13"} <= set(texts(laid_out(unit_trend("vi", figure=lambda place: place + 0.25))))
    assert {"1.25", "1,543.13"} <= set(texts(laid_out(unit_trend("en", figure=lambda place: place + 0.25))))


def test_a_headline_that_is_too_wide_is_written_smaller_not_over_its_neighbour() -> None:
    canvas = laid_out(of_digest(DigestPicture, figure=of_millions, missing=[11]))
    values = [line for line in canvas.lines if line.bold and line.pixels > 30 and line.text[0].isdigit()]
    assert [line.text for line in values] == ["8.148.129", "4.074.064,5", "4.074.064,5", "0"]
    assert values[0].pixels < 52
    assert values[-1].pixels == 52


@pytest.mark.parametrize("part", [DigestPicture, BoardPicture])
def test_a_long_name_is_told_whole_on_two_lines(part: type[DigestPicture] | type[BoardPicture]) -> None:
    said = texts(laid_out(of_digest(part, tree=long_names(), missing=[3])))
    for place in range(21):
        assert any(
            line.endswith(f" {place}") and f"{before} {line}" == f"{LONG_NAME} {place}"
            for before, line in pairwise(said)
        )


def test_who_has_not_reported_is_told_whole_beside_a_long_name() -> None:
    said = texts(laid_out(of_digest(DigestPicture, tree=long_names(), missing=[3])))
    assert "chưa báo cáo" in said
