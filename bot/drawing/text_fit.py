"""How a text gets into its room: in smaller letters, on more lines, and only then cut, after a word."""

from bisect import bisect_right
from collections.abc import Sequence

from bot.drawing.typeface import width_of

SPARE = 1.01
"""Letters of another size are not exactly as much wider."""


def cut(text: str, pixels: float, width: float, bold: bool) -> str:
    """The text, ended with «…» after a word where it is wider than `width` pixels; within a word only where it is the first."""
    if not text or width_of(text, pixels, bold) <= width:
        return text

    def wide(end: int) -> float:
        return width_of(text[:end].rstrip() + "…", pixels, bold)

    count = max(bisect_right(range(len(text)), width, key=wide) - 1, 0)
    if not text[count].isspace():
        count = text.rfind(" ", 0, count) if text[:count].strip().find(" ") > 0 else count
    return text[:count].rstrip() + "…"


def fit(text: str, pixels: float, width: float, most: int, least: float, bold: bool) -> tuple[float, list[str]]:
    """In letters of at most `pixels` the text in at most `most` lines, and the letters' pixels.

    It stands there whole, in letters that shrink to `least`; only then is the last line cut.
    """
    if width_of(text, pixels, bold) <= width:
        return pixels, [text]
    words = [(word, width_of(f"{word} ", pixels, bold) / pixels * SPARE) for word in text.split(" ")]
    while True:
        lines, fits = _broken(words, pixels, width)
        if (fits and len(lines) <= most) or pixels - 1 < least:
            break
        pixels -= 1
    kept = lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return pixels, [cut(line, pixels, width, bold) for line in kept]


def shrunk(texts: Sequence[str], pixels: float, width: float, least: float, bold: bool) -> float:
    """Letters of at most `pixels` and at least `least` in which the widest of them takes at most `width`, if any do."""
    widest = max((width_of(text, pixels, bold) for text in texts), default=0)
    return pixels if widest <= width else max(pixels * width / (widest * SPARE), least)


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
