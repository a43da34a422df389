"""How a button's kind and its fields become the text that it carries, and are read from it again."""

from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self, get_type_hints


class Press:
    """Frozen fields in the order in which the button carries them, behind the `verb` that tells the kinds apart.

    Fields are texts without «:», whole numbers or days; a tuple takes all that is left; one that may be missing has a default.
    """

    verb: ClassVar[str]

    def packed(self, most: int | None = None) -> str:
        """«verb:field:field», without the last fields where they are as they would be anyway.

        ValueError where it takes more than `most` bytes.
        """
        parts = _texts(self)
        pressed = ":".join((self.verb, *parts))
        if most is not None and len(pressed.encode()) > most:
            raise ValueError(pressed)
        return pressed

    def __str__(self) -> str:
        return self.packed()

    @classmethod
    def unpacked(cls, parts: tuple[str, ...]) -> Self:
        """ValueError where fields are missing, or are none of their kind."""
        left, read = list(parts), {}
        for name, kind, is_optional in press_fields(cls):  # type: ignore[arg-type]  # a class is hashable
            if kind == tuple[str, ...]:
                read[name], left = tuple(left), []
            elif left:
                read[name] = _READERS[kind](left.pop(0))
            elif not is_optional:
                raise ValueError(parts)
        return cls(**read)


@dataclass(frozen=True)
class OfForm(Press):
    """A button of a form's report, by a unit for a period. Where the form's key is too long for a button it is left out."""

    form: str
    unit_id: int
    period: date

    def packed(self, most: int | None = None) -> str:
        pressed = super().packed()
        if most is None or len(pressed.encode()) <= most:
            return pressed
        parts = _texts(self)
        return ":".join((self.verb, "", *parts[1:]))


def _texts(press: Press) -> list[str]:
    defaults = _defaults(type(press))  # type: ignore[arg-type]  # a class is hashable
    given = [getattr(press, name) for name, _ in defaults]
    for _, default in reversed(defaults):
        if given[-1] != default:
            break
        given.pop()
    found: list[str] = []
    for value in given:
        found += map(str, value) if isinstance(value, tuple) else [_text(value)]
    return found


def _text(value: object) -> str:
    return f"{value:%y%m%d}" if isinstance(value, date) else str(value)


@cache
def _defaults(kind: type[Press]) -> tuple[tuple[str, Any], ...]:
    """Each field's name and its default, MISSING where it has none."""
    return tuple((each.name, each.default) for each in fields(kind))  # type: ignore[arg-type]  # all are dataclasses


@cache
def press_fields(kind: type[Press]) -> list[tuple[str, Any, bool]]:
    """Each field's name, its type, and whether it may be missing."""
    hints = get_type_hints(kind)
    return [(each.name, hints[each.name], each.default is not MISSING) for each in fields(kind)]  # type: ignore[arg-type]


def read_day(argument: str) -> date:
    """A date, yymmdd. ValueError if it is none."""
    if len(argument) != 6 or not argument.isascii() or not argument.isdigit():
        raise ValueError(argument)
    return date(2000 + int(argument[:2]), int(argument[2:4]), int(argument[4:]))


def read_id(argument: str) -> int:
    """A whole number. ValueError if it is none."""
    if not argument.isascii() or not argument.isdigit() or len(argument) > 18:
        raise ValueError(argument)
    return int(argument)


_READERS: dict[Any, Any] = {str: str, int: read_id, int | None: read_id, date: read_day}
