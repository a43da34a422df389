"""The pictures' letters in Pillow: how wide a line is, and its shape."""

from functools import lru_cache
from math import ceil

from PIL import Image, ImageDraw, ImageFont

from bot.drawing.glyphs import font_file

FINE = 2
"""Letters are drawn so many times as large and made smaller again: they keep their weight and spacing in every size."""

ABOVE, BELOW = 1.25, 0.35
"""What a line takes above and below its base line, in its letters' size: «Ẩ» is higher than «A»."""


@lru_cache(64)
def _font(pixels: float, bold: bool) -> ImageFont.FreeTypeFont:
    """Basic layout is enough for composed letters, and the same on every machine."""
    return ImageFont.truetype(font_file(bold), pixels * FINE, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(2048)
def width_of(text: str, pixels: float, bold: bool) -> float:
    """How many pixels a line takes in letters of that many pixels."""
    return _font(pixels, bold).getlength(text) / FINE


def shape_of(text: str, pixels: float, bold: bool) -> tuple[Image.Image, int, int]:
    """How much of each pixel a line covers, 0 to 255; and how far right of the line's start and under its base line that begins."""
    above, below, wide = ceil(ABOVE * pixels), ceil(BELOW * pixels), ceil(width_of(text, pixels, bold)) + 3
    shape = Image.new("L", (wide * FINE, (above + below) * FINE))
    place = (FINE, above * FINE)
    ImageDraw.Draw(shape).text(place, text, fill=255, font=_font(pixels, bold), anchor="ls")
    shape = shape.reduce(FINE)
    left, top, right, foot = shape.getbbox() or (0, 0, 1, 1)
    return shape.crop((left, top, right, foot)), left - 1, top - above
