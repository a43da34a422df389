"""A picture's marks as a PNG file.

Painted in a palette: an edge is one of a few steps between two colours. A third of the bytes of full colour are kept, packed and sent.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image, ImageChops, ImageColor

from bot.drawing.marks import Corner, FilledBox, HatchedBox, Mark, WrittenLine
from bot.drawing.typeface import shape_of

Colour = tuple[int, ...]
"""Red, green and blue, 0 to 255."""

STEPS = 12
"""Shades between a letter and the paper under it."""

COLOURS = 256
"""As many as a palette has."""

STRIPES = bytes((255, 140, 0, 0, 0, 0, 0, 0, 0, 140))
"""How much of a pixel a hatched box's lines cover: of one row, and shifted by a pixel of the next."""

FRAME = 2

PACKING = 3
"""Of zlib: half the time of the usual 6, for a quarter more bytes."""


class Painting:
    """A sheet of `width` by `height` pixels in the colour of `paper`."""

    def __init__(self, width: int, height: int, paper: str) -> None:
        self.colours = [_rgb(paper)]
        self._sheet = Image.new("L", (width, height))
        self._steps: dict[tuple[int, str], bytes] = {}
        self._shapes: dict[tuple[str, float, bool], tuple[Image.Image, int, int]] = {}

    def paint(self, marks: Sequence[Mark]) -> None:
        """Each over those before it. Their own colours come into the palette before what lies between two of them."""
        for mark in marks:
            self._index(_rgb(mark.colour))
        for mark in marks:
            match mark:
                case FilledBox():
                    self._fill(mark.left, mark.top, mark.width, mark.height, mark.colour)
                case HatchedBox():
                    self._hatch(mark)
                case Corner():
                    left = mark.edge + min(mark.reach, 0)
                    self._cover(round(left), round(mark.top), _triangle(mark.reach), mark.colour)
                case WrittenLine():
                    self._write(mark)

    def png(self) -> bytes:
        self._sheet.putpalette([part for colour in self.colours for part in colour])
        file = BytesIO()
        self._sheet.save(file, format="png", compress_level=PACKING)
        return file.getvalue()

    def _fill(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """Of whole pixels, one at least."""
        right, foot = max(round(left + width), round(left) + 1), max(round(top + height), round(top) + 1)
        self._sheet.paste(self._index(_rgb(colour)), (round(left), round(top), right, foot))

    def _hatch(self, box: HatchedBox) -> None:
        left, top = round(box.left), round(box.top)
        width, height = round(box.left + box.width) - left, round(box.top + box.height) - top
        self._fill(left, top, width, height, box.colour)
        inner = (width - 2 * FRAME, height - 2 * FRAME)
        if min(inner) > 0:
            place = (left + FRAME, top + FRAME)
            self._sheet.paste(0, (*place, place[0] + inner[0], place[1] + inner[1]))
            self._cover(*place, _stripes(*inner), box.colour)

    def _write(self, line: WrittenLine) -> None:
        key = (line.text, line.pixels, line.bold)
        if key not in self._shapes:
            self._shapes[key] = shape_of(*key)
        shape, right, under = self._shapes[key]
        self._cover(round(line.left) + right, round(line.base) + under, shape, line.colour)

    def _cover(self, left: int, top: int, shape: Image.Image, colour: str) -> None:
        """Colours what the shape covers, each colour that lies under it by itself."""
        region = (left, top, left + shape.width, top + shape.height)
        under = self._sheet.crop(region)
        found = set(under.tobytes())
        for index in found:
            only = _mapped(under, _only(index)) if len(found) > 1 else None
            if only is None or ImageChops.darker(shape, only).getbbox():
                self._sheet.paste(_mapped(shape, self._between(index, colour)), region, only)

    def _between(self, under: int, colour: str) -> bytes:
        """For each share of a pixel that is covered, 0 to 255, the palette's index."""
        if (under, colour) not in self._steps:
            paper, ink = self.colours[under], _rgb(colour)
            steps = [
                self._index(tuple(round(a + (b - a) * step / STEPS) for a, b in zip(paper, ink, strict=True)))
                for step in range(STEPS + 1)
            ]
            self._steps[under, colour] = bytes(steps[round(share * STEPS / 255)] for share in range(256))
        return self._steps[under, colour]

    def _index(self, colour: Colour) -> int:
        """The colour's place in the palette; of the nearest one when that is full."""
        if colour in self.colours:
            return self.colours.index(colour)
        if len(self.colours) < COLOURS:
            self.colours.append(colour)
            return len(self.colours) - 1
        away = [sum((a - b) ** 2 for a, b in zip(colour, each, strict=True)) for each in self.colours]
        return away.index(min(away))


@lru_cache(64)
def _rgb(colour: str) -> Colour:
    return ImageColor.getrgb(colour)


@cache
def _only(index: int) -> bytes:
    """All of what is of that index, nothing of others."""
    return bytes(255 if each == index else 0 for each in range(COLOURS))


def _mapped(image: Image.Image, table: bytes) -> Image.Image:
    """Each pixel as the table has it. `Image.point` goes through its table anew each time, which takes longer than the pixels."""
    return Image.frombytes("L", image.size, image.tobytes().translate(table))


def _stripes(width: int, height: int) -> Image.Image:
    row = STRIPES * (width // len(STRIPES) + 2)
    starts = (y % len(STRIPES) for y in range(height))
    return Image.frombytes("L", (width, height), b"".join(row[start : start + width] for start in starts))


@lru_cache(8)
def _triangle(reach: int) -> Image.Image:
    """Of `reach` pixels to each side, half covered where it ends."""
    side = abs(reach)
    rows = [bytes([255] * (side - 1 - y) + [128] + [0] * y) for y in range(side)]
    return Image.frombytes("L", (side, side), b"".join(row if reach > 0 else row[::-1] for row in rows))
