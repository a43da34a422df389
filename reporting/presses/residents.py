"""The buttons of residents: figures to look up, follow and doubt."""

from dataclasses import dataclass

from reporting.press import Press


@dataclass(frozen=True)
class LookUp(Press):
    """A page of the menus of what can be looked up."""

    verb = "look"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowPress(Press):
    """A unit, maybe a figure of it, and the hour are followed."""

    verb = "follow"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unfollow(Press):
    """It is followed no more."""

    verb = "unfollow"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlagPress(Press):
    """«Số này chưa đúng?»"""

    verb = "flag"
    parts: tuple[str, ...] = ()
