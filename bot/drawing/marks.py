"""What lies on a picture before it is painted: filled boxes, hatched ones, corners and lines of text, all in pixels."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class FilledBox:
    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class HatchedBox:
    """An empty box with a frame and slanting lines of that colour."""

    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Corner:
    """A triangle with its right angle at (`edge`, `top`), reaching to the right, or to the left where `reach` is negative."""

    edge: float
    top: float
    reach: int
    colour: str


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of text in letters of so many pixels, from `left` on the base line `base`."""

    left: float
    base: float
    text: str
    pixels: float
    colour: str
    bold: bool
    width: float


Mark = FilledBox | HatchedBox | Corner | WrittenLine


def moved(mark: Mark, grow: float, right: float, down: float) -> Mark:
    """The mark so many times as large, and as many pixels further right and down."""
    match mark:
        case FilledBox() | HatchedBox():
            left, top = mark.left * grow + right, mark.top * grow + down
            return replace(mark, left=left, top=top, width=mark.width * grow, height=mark.height * grow)
        case Corner():
            return Corner(mark.edge * grow + right, mark.top * grow + down, round(mark.reach * grow), mark.colour)
        case WrittenLine():
            left, base = mark.left * grow + right, mark.base * grow + down
            return replace(mark, left=left, base=base, pixels=mark.pixels * grow, width=mark.width * grow)
