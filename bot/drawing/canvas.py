"""What every picture is laid out on: its width, its letters, its colours, and how a missing report looks."""

from bot.drawing import text_fit
from bot.drawing.glyphs import writable
from bot.drawing.marks import Corner, FilledBox, HatchedBox, Mark, WrittenLine
from bot.drawing.painting import Painting
from bot.drawing.typeface import width_of

WIDTH, MARGIN = 1080, 44
"""Pixels across (what a phone shows whole) and at the sides."""

ROOM = WIDTH - 2 * MARGIN

LEAST = 14
"""Pixels of the smallest letters of a name: less than five on a phone that is 360 wide."""

INK, GREY, PALE, PAPER = "#1b1b1b", "#5c5c5c", "#e4e4e4", "#ffffff"
NAVY, BLUE, ORANGE, RED = "#0b3c5d", "#0072b2", "#d55e00", "#b71c1c"
"""Blue and orange are Okabe and Ito's, which the colour-blind can tell apart; nothing is said by colour alone."""

MISSING = {True: "#d98080", False: "#9a9a9a"}
"""The lines of a place that is hatched: red where somebody is to act."""


class Canvas:
    """A picture of `WIDTH` by `height` pixels, measured from its upper left corner; `marks` lie on it in their order.

    Every text goes through `write`; `lacking` are the characters that the font has not and that were not drawn as they are.
    """

    def __init__(self, height: float) -> None:
        self.height = height
        self.lacking: set[str] = set()
        self.marks: list[Mark] = []

    @property
    def lines(self) -> list[WrittenLine]:
        """What is written on it."""
        return [mark for mark in self.marks if isinstance(mark, WrittenLine)]

    def box(
        self, left: float, top: float, width: float, height: float, colour: str = PALE, *, missing: bool = False
    ) -> None:
        """A filled box, or where a report is missing a hatched empty one, in red lines if the colour is red."""
        if missing:
            self.marks.append(HatchedBox(left, top, width, height, MISSING[colour == RED]))
        else:
            self.marks.append(FilledBox(left, top, width, height, colour))

    def corner(self, edge: float, top: float, reach: int, colour: str) -> None:
        """A triangle in the upper corner at `edge`, to the right, or to the left where `reach` is negative."""
        self.marks.append(Corner(edge, top, reach, colour))

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
        if not (written := self._written(text, bold)):
            return
        width = width_of(written, pixels, bold)
        left -= width * {"left": 0, "center": 0.5, "right": 1}[align]
        base = top + (0.36 if middle else 0.95) * pixels
        self.marks.append(WrittenLine(left, base, written, pixels, colour, bold, width))

    def _written(self, text: str, bold: bool) -> str:
        written = writable(text, bold=bold)
        self.lacking |= written.lacking
        return written.text

    def width_of(self, text: str, pixels: float, *, bold: bool = False) -> float:
        """How many pixels a line of text takes."""
        return width_of(self._written(text, bold), pixels, bold)

    def cut(self, text: str, pixels: float, width: float, *, bold: bool = False) -> str:
        """The text, ended with «…» after a word where it is wider than `width` pixels; within a word only where it is the first."""
        return text_fit.cut(self._written(text, bold), pixels, width, bold)

    def fit(
        self, text: str, pixels: float, width: float, most: int = 1, *, least: float = 0, bold: bool = False
    ) -> tuple[float, list[str]]:
        """In letters of at most `pixels` the text in at most `most` lines, and the letters' pixels.

        It stands there whole, in letters that shrink to `least` (default: three quarters); only then is the last line cut.
        """
        return text_fit.fit(self._written(text, bold), pixels, width, most, least or pixels * 0.75, bold)

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

    def write_name(self, left: float, middle: float, name: str, pixels: float, width: float, high: float) -> None:
        """A unit's name in its row of that height: whole in smaller letters or on two lines, cut only where neither is enough."""
        letters, lines = self.fit(name, pixels, width)
        if lines != [self._written(name, False)]:
            letters, lines = self.fit(name, high / 2 * 0.85, width, 2, least=LEAST)
        for place, line in enumerate(lines):
            self.write(left, middle + (place - (len(lines) - 1) / 2) * letters * 1.12, line, letters, middle=True)

    def png(self) -> bytes:
        painting = Painting(WIDTH, round(self.height), PAPER)
        painting.paint(self.marks)
        return painting.png()
