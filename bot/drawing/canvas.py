"""What every picture shares: its size, its letters, its colours, and how a missing report looks."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Protocol

from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from bot.drawing.letters import FONT, writable
from reporting.translator import Translator

WIDTH, MARGIN, DPI = 1080, 44, 150
"""Pixels across (what a phone shows whole) and at the sides; pixels to an inch of the picture."""

INK, GREY, PALE, PAPER = "#1b1b1b", "#5c5c5c", "#e4e4e4", "#ffffff"
NAVY, BLUE, ORANGE, RED = "#0b3c5d", "#0072b2", "#d55e00", "#b71c1c"
"""Blue and orange are Okabe and Ito's, which the colour-blind can tell apart; nothing is said by colour alone."""

HATCH = "/////"
MISSING = {True: "#d98080", False: "#9a9a9a"}
"""The lines of a place that is hatched: red where somebody is to act."""

SPARE = 1.01
"""Letters of another size are not exactly as much wider."""


def points(pixels: float) -> float:
    """A length in pixels as the points that matplotlib wants."""
    return pixels * 72 / DPI


class Canvas:
    """A picture of `WIDTH` by `height` pixels, measured from its upper left corner; no other thread can see it.

    Every text goes through `write`; `lacking` are the characters that the font has not and that were not drawn as they are.
    """

    def __init__(self, height: float) -> None:
        self.height = height
        self.lacking: set[str] = set()
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
        """A filled box, or where a report is missing a hatched empty one, in red lines if the colour is red."""
        look: dict[str, Any] = {"facecolor": colour, "linewidth": 0}
        if missing:
            look = {"facecolor": PAPER, "edgecolor": MISSING[colour == RED], "hatch": HATCH, "linewidth": points(1.5)}
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
            self._written(text, bold),
            fontproperties=_font(pixels, bold),
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def _written(self, text: str, bold: bool) -> str:
        written = writable(text, bold=bold)
        self.lacking |= written.lacking
        return written.text

    def width_of(self, text: str, pixels: float, *, bold: bool = False) -> float:
        """How many pixels a line of text takes."""
        renderer: Any = self._agg.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
        written = self._written(text, bold)
        width, _, _ = renderer.get_text_width_height_descent(written, _font(pixels, bold), ismath=False)
        return float(width)

    def cut(self, text: str, pixels: float, width: float, *, bold: bool = False) -> str:
        """The text, ended with «…» after a word where it is wider than `width` pixels; within a word only where it is the first."""
        text = self._written(text, bold)
        if self.width_of(text, pixels, bold=bold) <= width:
            return text

        def wide(end: int) -> float:
            return self.width_of(text[:end].rstrip() + "…", pixels, bold=bold)

        count = max(bisect_right(range(len(text)), width, key=wide) - 1, 0)
        if not text[count].isspace():
            count = text.rfind(" ", 0, count) if text[:count].strip().find(" ") > 0 else count
        return text[:count].rstrip() + "…"

    def fit(
        self, text: str, pixels: float, width: float, most: int = 1, *, least: float = 0, bold: bool = False
    ) -> tuple[float, list[str]]:
        """In letters of at most `pixels` the text in at most `most` lines, and the letters' pixels.

        It stands there whole, in letters that shrink to `least` (default: three quarters); only then is the last line cut.
        """
        text = self._written(text, bold)
        if self.width_of(text, pixels, bold=bold) <= width:
            return pixels, [text]
        words = [(word, self.width_of(f"{word} ", pixels, bold=bold) / pixels * SPARE) for word in text.split(" ")]
        smallest = least or pixels * 0.75
        while True:
            lines, fits = _broken(words, pixels, width)
            if (fits and len(lines) <= most) or pixels - 1 < smallest:
                break
            pixels -= 1
        kept = lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]
        return pixels, [self.cut(line, pixels, width, bold=bold) for line in kept]

    def write_fitted(
        self,
        left: float,
        top: float,
        text: str,
        pixels: float,
        width: float,
        most: int = 1,
        *,
        colour: str = INK,
        bold: bool = False,
    ) -> None:
        """The text in at most so many lines of this width, whole if letters a little smaller allow it."""
        letters, lines = self.fit(text, pixels, width, most, bold=bold)
        for place, line in enumerate(lines):
            self.write(left, top + place * letters * 1.3, line, letters, colour=colour, bold=bold)

    def png(self) -> bytes:
        file = BytesIO()
        self.figure.savefig(file, format="png", dpi=DPI)
        return file.getvalue()


def _font(pixels: float, bold: bool) -> FontProperties:
    return FontProperties(family=FONT, size=points(pixels), weight="bold" if bold else "normal")


def _broken(words: Sequence[tuple[str, float]], pixels: float, width: float) -> tuple[list[str], bool]:
    """Lines of whole words, each with its width to a pixel of letters; and whether every one fits."""
    lines: list[list[str]] = []
    room, fits = 0.0, True
    for word, wide in words:
        if not lines or wide * pixels > room:
            lines.append([])
            room = width
        room -= wide * pixels
        fits = fits and room >= 0
        lines[-1].append(word)
    return [" ".join(line) for line in lines], fits


HEAD = 196
"""Pixels that the heading takes."""


class WithWindow(Protocol):
    """What has a window and its coverage."""

    @property
    def window(self) -> str: ...
    @property
    def coverage_text(self) -> str: ...


class WithMoment(Protocol):
    """What is as of a moment, and may be made up."""

    @property
    def as_of(self) -> datetime: ...
    @property
    def demonstration(self) -> bool: ...


def heading(canvas: Canvas, content: WithWindow, title: str) -> None:
    """A dark band with the title and the window with its coverage."""
    canvas.box(0, 0, WIDTH, HEAD - 22, NAVY)
    room = WIDTH - 2 * MARGIN
    pixels, lines = canvas.fit(title, 36, room, least=30, bold=True)
    if canvas.width_of(title, pixels, bold=True) > room:
        whole = canvas.width_of(title, 28, bold=True)
        pixels, lines = canvas.fit(title, 28, min(room, max(whole * 0.6, room * 0.5)), 2, least=28, bold=True)
        if " ".join(lines) != title:
            pixels, lines = canvas.fit(title, 28, room, 2, bold=True)
    top = 30.0 if len(lines) == 1 else 14.0
    for line in lines:
        canvas.write(MARGIN, top, line, pixels, colour=PAPER, bold=True)
        top += pixels * 1.3
    canvas.write_fitted(MARGIN, 94, content.window, 24, room, colour=PAPER)
    canvas.write_fitted(MARGIN, 130, content.coverage_text, 24, room, colour=PAPER, bold=True)


FOOT = 62


def footing(canvas: Canvas, content: WithMoment, words: Translator, *more: str) -> None:
    """As of when, what the signs mean, and loudly that the figures are made up, where they are."""
    as_of = words.plain("picture_as_of", at=content.as_of)
    top = canvas.height - FOOT + 14
    said = "  ·  ".join(filter(None, (as_of, *more)))
    if content.demonstration:
        mark = words.plain("picture_demonstration")
        canvas.write(WIDTH - MARGIN, top, mark, 21, colour=ORANGE, bold=True, align="right")
        room = WIDTH - 2 * MARGIN - canvas.width_of(mark, 21, bold=True) - 20
        canvas.write_fitted(MARGIN, top, said, 19, room, colour=GREY)
    else:
        canvas.write_fitted(MARGIN, top, said, 20, WIDTH - 2 * MARGIN, colour=GREY)


def number_text(value: float | None, words: Translator) -> str:
    """A number as people write it, with one digit after the point at most."""
    if value is None:
        return "–"
    return words.show(int(value) if value == int(value) else round(value, 1))


def day(on: date, words: Translator) -> str:
    """A period's last day under a bar: «10/11»."""
    return str(format_date(on, "dd/MM", locale=words.language))
