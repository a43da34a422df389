"""What is painted: colours as they were asked for, smooth edges between them, and a small file."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.drawing.canvas import BLUE, INK, MISSING, NAVY, ORANGE, PAPER, RED, WIDTH, Canvas
from bot.drawing.marks import FilledBox
from bot.drawing.painting import COLOURS, Painting
from tests.drawing.pictures_made import PICTURES, laid_out

Colour = tuple[int, ...]


def rgb(colour: str) -> Colour:
    return tuple(bytes.fromhex(colour[1:]))


def painted(canvas: Canvas) -> Image.Image:
    return Image.open(BytesIO(canvas.png())).convert("RGB")


def colours(image: Image.Image) -> dict[Colour, int]:
    found: dict[Colour, int] = {colour: count for count, colour in image.getcolors(COLOURS) or ()}  # type: ignore[misc]
    return found


def test_a_box_covers_whole_pixels_and_one_at_least() -> None:
    canvas = Canvas(100)
    canvas.box(10.4, 20.4, 30.2, 9.9, BLUE)
    canvas.box(100, 50, 0.2, 0.3, RED)
    assert colours(painted(canvas)) == {rgb(BLUE): 31 * 10, rgb(RED): 1, rgb(PAPER): WIDTH * 100 - 311}


@pytest.mark.parametrize(("asked", "seen"), [(RED, MISSING[True]), (INK, MISSING[False])])
def test_a_hatched_box_has_a_frame_and_slanting_lines_on_paper(asked: str, seen: str) -> None:
    canvas = Canvas(100)
    canvas.box(10, 20, 60, 50, asked, missing=True)
    image = painted(canvas).crop((10, 20, 70, 70))
    frame = [image.getpixel(at) for at in ((0, 0), (59, 49), (30, 1), (1, 30))]
    assert frame == [rgb(seen)] * 4
    inside = image.crop((2, 2, 58, 48))
    assert 0.4 < colours(inside)[rgb(PAPER)] / (56 * 46) < 0.8
    assert [inside.getpixel((10 - step, 10 + step)) for step in range(10)] == [rgb(seen)] * 10
    assert inside.getpixel((5, 10)) == rgb(PAPER)


def test_a_corner_is_a_triangle_on_the_side_that_it_is_asked_for() -> None:
    canvas = Canvas(60)
    canvas.corner(20, 10, 12, ORANGE)
    canvas.corner(80, 10, -12, ORANGE)
    image = painted(canvas)
    seen = [[image.getpixel(at) == rgb(ORANGE) for at in row] for row in (((20, 10), (31, 21)), ((79, 10), (68, 21)))]
    assert seen == [[True, False], [True, False]]
    assert colours(image)[rgb(ORANGE)] == 2 * 66


@pytest.mark.parametrize("paper", [PAPER, NAVY, BLUE])
@pytest.mark.parametrize("bold", [False, True])
def test_letters_have_the_ink_asked_for_and_smooth_edges_on_whatever_lies_under_them(paper: str, bold: bool) -> None:
    ink = PAPER if paper != PAPER else INK
    canvas = Canvas(60)
    canvas.box(0, 0, WIDTH, 60, paper)
    canvas.write(20, 10, "Ẩm thực Đường Ỷ – 1.234,5", 24, colour=ink, bold=bold)
    seen = colours(painted(canvas))
    assert {rgb(ink), rgb(paper)} < set(seen)
    between = set(seen) - {rgb(ink), rgb(paper)}
    assert 5 <= len(between) <= 11
    low, high = (tuple(map(pick, rgb(ink), rgb(paper))) for pick in (min, max))
    assert all(a - 1 <= part <= b + 1 for colour in between for a, part, b in zip(low, colour, high, strict=True))


def test_a_text_over_two_colours_is_smooth_on_both() -> None:
    canvas = Canvas(60)
    canvas.box(0, 0, 100, 60, NAVY)
    canvas.write(20, 10, "Thọ Dân, Hợp Thành", 24, colour=ORANGE)
    image = painted(canvas)
    left, right = colours(image.crop((0, 0, 100, 60))), colours(image.crop((100, 0, 300, 60)))
    assert len(left) > 5
    assert len(right) > 5
    assert set(left) & set(right) == {rgb(ORANGE)}


@pytest.mark.parametrize(("letter", "parts"), [("Ệ", 3), ("ạ", 2), ("Ư", 1)])
def test_marks_above_and_below_the_letters_are_drawn_whole(letter: str, parts: int) -> None:
    canvas = Canvas(200)
    canvas.write(50, 80, letter, 60)
    image = painted(canvas).convert("L")
    is_inked = [min(image.crop((0, y, WIDTH, y + 1)).tobytes()) < 128 for y in range(200)]
    assert sum(one != other for one, other in pairwise(is_inked)) == 2 * parts


def test_when_the_palette_is_full_the_nearest_colour_stands_in() -> None:
    painting = Painting(WIDTH, 10, PAPER)
    marks = [FilledBox(n, 0, 1, 10, f"#{n % 200:02x}{n // 2:02x}00") for n in range(300)]
    painting.paint(marks)
    image = Image.open(BytesIO(painting.png())).convert("RGB")
    assert len(painting.colours) == COLOURS
    assert image.getpixel((100, 5)) == rgb("#643200")
    wrong = [abs(a - b) for n in range(300) for a, b in zip(image.getpixel((n, 5)), rgb(marks[n].colour), strict=True)]  # type: ignore[arg-type]
    assert max(wrong) < 60


@pytest.mark.parametrize(
    "named", ["digest vi", "board vi", "trend vi", "public trend vi", "bulletin vi", "board millions"]
)
def test_a_palette_is_enough_for_every_kind_of_picture(named: str) -> None:
    canvas = laid_out(PICTURES[named]())
    painting = Painting(WIDTH, round(canvas.height), PAPER)
    painting.paint(canvas.marks)
    assert len(painting.colours) < COLOURS
    assert set(map(rgb, {mark.colour for mark in canvas.marks})) <= set(painting.colours)


@pytest.mark.parametrize("named", ["digest vi", "board vi", "trend 365 days", "public trend vi", "bulletin long names"])
def test_a_picture_is_sent_in_few_bytes(named: str) -> None:
    png = laid_out(PICTURES[named]()).png()
    assert len(png) < 140_000
    assert Image.open(BytesIO(png)).mode == "P"
