"""What every picture shares: its size, its letters, its colours, and how a missing report looks."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from reporting.words import Words

WIDTH, MARGIN, DPI = 1080, 44, 150
"""Pixels across (what a phone shows whole) and at the sides; pixels to an inch of the picture."""

FONT = "DejaVu Sans"
"""Ships with matplotlib and has every Vietnamese letter."""

INK, GREY, PALE, PAPER = "#1b1b1b", "#5c5c5c", "#e4e4e4", "#ffffff"
NAVY, BLUE, ORANGE = "#0b3c5d", "#0072b2", "#d55e00"
"""Blue and orange are Okabe and Ito's, which the colour-blind can tell apart; nothing is said by colour alone."""

HATCH = "/////"


def points(pixels: float) -> float:
    """A length in pixels as the points that matplotlib wants."""
    return pixels * 72 / DPI


class Canvas:
    """A picture of `WIDTH` by `height` pixels, measured from its upper left corner; no other thread can see it."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self._agg = FigureCanvasAgg(self.figure)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes without a frame whose unit is the pixel, y downwards."""
        place = (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        axes = self.figure.add_axes(place)
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        return axes

    def box(
        self, left: float, top: float, width: float, height: float, colour: str = PALE, *, missing: bool = False
    ) -> None:
        """A filled box, or where a report is missing a hatched empty one."""
        look: dict[str, Any] = {"facecolor": colour, "linewidth": 0}
        if missing:
            look = {"facecolor": PAPER, "edgecolor": "#9a9a9a", "hatch": HATCH, "linewidth": points(1.5)}
        place = (left / WIDTH, 1 - (top + height) / self.height)
        box = Rectangle(place, width / WIDTH, height / self.height, transform=self.figure.transFigure, **look)
        self.figure.add_artist(box)

    def write(
        self,
        left: float,
        top: float,
        text: str,
        pixels: float,
        *,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
        middle: bool = False,
    ) -> None:
        """A line of text in letters of that many pixels; `top` is its upper edge, or its `middle`."""
        self.figure.text(
            left / WIDTH,
            1 - (top + (0.36 if middle else 0.95) * pixels) / self.height,
            text,
            fontproperties=_font(pixels, bold),
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def width_of(self, text: str, pixels: float, *, bold: bool = False) -> float:
        """How many pixels a line of text takes."""
        renderer: Any = self._agg.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
        width, _, _ = renderer.get_text_width_height_descent(text, _font(pixels, bold), ismath=False)
        return float(width)

    def cut(self, text: str, pixels: float, width: float, *, bold: bool = False) -> str:
        """The text, shortened with «…» where it is wider than `width` pixels."""
        if self.width_of(text, pixels, bold=bold) <= width:
            return text
        while text and self.width_of(text + "…", pixels, bold=bold) > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def lines(self, text: str, pixels: float, width: float, most: int, *, bold: bool = False) -> list[str]:
        """The text in at most so many lines, broken at words, the last one cut."""
        found: list[str] = []
        words = text.split()
        while words and len(found) < most - 1:
            count = len(words)
            while count > 1 and self.width_of(" ".join(words[:count]), pixels, bold=bold) > width:
                count -= 1
            found.append(self.cut(" ".join(words[:count]), pixels, width, bold=bold))
            words = words[count:]
        return [*found, self.cut(" ".join(words), pixels, width, bold=bold)] if words else found

    def png(self) -> bytes:
        file = BytesIO()
        self.figure.savefig(file, format="png", dpi=DPI)
        return file.getvalue()


def _font(pixels: float, bold: bool) -> FontProperties:
    return FontProperties(family=FONT, size=points(pixels), weight="bold" if bold else "normal")


HEAD = 196
"""Pixels that the heading takes."""


def heading(canvas: Canvas, content: Mapping[str, Any], title: str) -> None:
    """A dark band with the title and the window with its coverage."""
    canvas.box(0, 0, WIDTH, HEAD - 22, NAVY)
    room = WIDTH - 2 * MARGIN
    pixels = next((size for size in (36, 33, 30) if canvas.width_of(title, size, bold=True) <= room), 28)
    whole = canvas.width_of(title, pixels, bold=True)
    lines = canvas.lines(title, pixels, room if whole <= room else min(room, whole * 0.6), 2, bold=True)
    top = 30.0 if len(lines) == 1 else 14.0
    for line in lines:
        canvas.write(MARGIN, top, line, pixels, colour=PAPER, bold=True)
        top += pixels * 1.3
    canvas.write(MARGIN, 94, canvas.cut(content["window"], 24, room), 24, colour=PAPER)
    canvas.write(MARGIN, 130, canvas.cut(content["coverage_text"], 24, room, bold=True), 24, colour=PAPER, bold=True)


FOOT = 62


def footing(canvas: Canvas, content: Mapping[str, Any], words: Words, *more: str) -> None:
    """As of when, what the signs mean, and loudly that the figures are made up, where they are."""
    as_of = words.plain("picture_as_of", at=datetime.fromisoformat(content["as_of"]))
    top = canvas.height - FOOT + 14
    said = "  ·  ".join(filter(None, (as_of, *more)))
    if content["demonstration"]:
        mark = words.plain("picture_demonstration")
        canvas.write(WIDTH - MARGIN, top, mark, 21, colour=ORANGE, bold=True, align="right")
        room = WIDTH - 2 * MARGIN - canvas.width_of(mark, 21, bold=True) - 20
        canvas.write(MARGIN, top, canvas.cut(said, 19, room), 19, colour=GREY)
    else:
        canvas.write(MARGIN, top, canvas.cut(said, 20, WIDTH - 2 * MARGIN), 20, colour=GREY)


def number(value: float | None, words: Words) -> str:
    """A number as people write it, with one digit after the point at most."""
    if value is None:
        return "–"
    return words.show(int(value) if value == int(value) else round(value, 1))


def day(iso: str, words: Words) -> str:
    """A period's last day under a bar: «10/11»."""
    return str(format_date(date.fromisoformat(iso), "dd/MM", locale=words.language))
