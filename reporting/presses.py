"""What a button carries back: a verb and its arguments, in 64 bytes at most. It may be old or forged; whoever reads it checks."""

from datetime import date

LONGEST = 64


def press(verb: str, *arguments: object) -> str:
    """«verb:argument:argument» as the button's data. ValueError if Telegram would not take it."""
    pressed = ":".join((verb, *(a.strftime("%y%m%d") if isinstance(a, date) else str(a) for a in arguments)))
    if len(pressed.encode()) > LONGEST:
        raise ValueError(pressed)
    return pressed


def read_press(pressed: str) -> tuple[str, tuple[str, ...]]:
    """The verb and the arguments, as they came."""
    verb, *arguments = pressed.split(":")
    return verb, tuple(arguments)


def read_day(argument: str) -> date:
    """A date argument. ValueError if it is none."""
    if len(argument) != 6 or not argument.isascii() or not argument.isdigit():
        raise ValueError(argument)
    return date(2000 + int(argument[:2]), int(argument[2:4]), int(argument[4:]))


def read_id(argument: str) -> int:
    """An id argument. ValueError if it is none."""
    if not argument.isascii() or not argument.isdigit() or len(argument) > 18:
        raise ValueError(argument)
    return int(argument)
