"""Where a form's rows stand: what `${name}`, `../name` and `/data/group/name` mean, seen from a row, and what each row is known by."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reporting.expressions.expression import BadExpression
from reporting.expressions.syntax import NAME

Path = tuple[str, ...]
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
"""Curly quotes count as straight ones, as in pyxform."""
What = Literal["question", "group", "repeat"]
_TOKEN = re.compile(
    rf"""(?P<literal>"[^"]*"|'[^']*')
    | (?<![\w.\-])position\(\s*(?P<of>(?:\.\./)*\.\.|\$\{{\s*{NAME}\s*\}})\s*\)
    | \$\{{\s*(?P<last>last-saved\#)?(?P<name>{NAME})\s*\}}(?!/)
    | (?<![\w.)\]}}/])(?P<path>(?:current\(\)/)?(?:\.\.?/)+(?:{NAME}/)*(?:{NAME}|\.\.|\.)|(?:/{NAME})+)(?![\w\[(/*])""",
    re.VERBOSE,
)
_REFERENCE = re.compile(rf"\$\{{\s*(?P<last>last-saved#)?(?P<name>{NAME})\s*\}}")


ELSEWHERE = "inputs"
"""The group in which the Community Health Toolkit tells its forms of the person asked about, and of who asks."""


@dataclass(frozen=True, slots=True)
class Place:
    """`path`: the names from the outermost group to the row's own. `key`: what it is known by, one row's only."""

    path: Path
    key: str
    what: What


class SurveyPlaces:
    """All rows of a survey that have a name. Where two have one name in different groups, each is known with its group's."""

    def __init__(self, rows: Iterable[tuple[Path, What]]) -> None:
        found = list(dict.fromkeys(rows))
        keys = _keys(found)
        self._all = {path: Place(path, keys[path], what) for path, what in found}
        self.elsewhere: dict[str, None] = {}
        """What paths mean that lead into another system's group: nothing is found there."""
        self._named: dict[str, list[Place]] = {}
        for place in self._all.values():
            self._named.setdefault(place.path[-1], []).append(place)

    def at(self, path: Path) -> Place | None:
        return self._all.get(path)

    def named(self, name: str, seen_from: Path) -> Place | None:
        """What `${name}` means there: the nearest of that name, a question before a group; None for none, or several as near."""
        found = self._named.get(name, [])
        found = [each for each in found if each.what == "question"] or found
        near = max((_shared(each.path, seen_from) for each in found), default=0)
        nearest = [each for each in found if _shared(each.path, seen_from) == near]
        return nearest[0] if len(nearest) == 1 else None

    def is_known(self, name: str) -> bool:
        return name in self._named

    def resolved(self, text: str, seen_from: Path) -> str:
        """An expression with every path and name in it as `${key}`. Raises BadExpression for a path that leads to no row."""

        def instead(match: re.Match[str]) -> str:
            if match["literal"]:
                return self.filled(match["literal"], seen_from)
            if match["of"]:
                return self._position(match["of"], seen_from)
            if match["name"]:
                return self._of_name(match, seen_from)
            return self._of_path(match, seen_from)

        return _TOKEN.sub(instead, text.translate(QUOTES))

    def filled(self, text: str, seen_from: Path) -> str:
        """A label or message with every name in it as `${key}`."""
        return _REFERENCE.sub(lambda match: self._reference(match, seen_from), text)

    def _reference(self, match: re.Match[str], seen_from: Path) -> str:
        place = self.named(match["name"], seen_from)
        return match[0] if place is None else f"${{{match['last'] or ''}{place.key}}}"

    def _of_name(self, match: re.Match[str], seen_from: Path) -> str:
        """A row that names itself means its own value."""
        place = self.named(match["name"], seen_from)
        is_own = place is not None and place.path == seen_from and place.what == "question"
        return "." if is_own and not match["last"] else self._reference(match, seen_from)

    def _position(self, of: str, seen_from: Path) -> str:
        """`position(..)`: which of its repeat a row is in; a group that is no repeat is the first of its kind."""
        reference = _REFERENCE.fullmatch(of)
        place = self.named(reference["name"], seen_from) if reference else self.at(_walked(of, seen_from))
        return f"${{{place.key}.position}}" if place is not None and place.what == "repeat" else "1"

    def _of_path(self, match: re.Match[str], seen_from: Path) -> str:
        path = match["path"]
        if path in (".", "./."):
            return "."
        place = self._absolute(path) if path.startswith("/") else self.at(_walked(path, seen_from))
        steps = path.split("/")
        if place is None and ELSEWHERE in steps[:-1]:
            at = steps.index(ELSEWHERE)
            self.elsewhere["/".join(steps[at : at + 2])] = None
            return "''"
        if place is None:
            raise BadExpression("expression_path_unknown", match.start("path") + 1, text=path)
        return "." if place.path == seen_from and place.what == "question" else f"${{{place.key}}}"

    def _absolute(self, path: str) -> Place | None:
        """The first step is the form's own name, whatever that is."""
        steps = tuple(path.strip("/").split("/"))
        return self.at(steps[1:]) or self.at(steps)


def _walked(path: str, seen_from: Path) -> Path:
    here = seen_from
    for step in path.removeprefix("current()/").split("/"):
        here = here[:-1] if step == ".." else here if step == "." else (*here, step)
    return here


def _shared(one: Path, other: Path) -> int:
    count = 0
    for a, b in zip(one[:-1], other[:-1], strict=False):
        if a != b:
            break
        count += 1
    return count + 1


def _keys(found: list[tuple[Path, What]]) -> dict[Path, str]:
    """Each path's name alone where it is one row's only, else with as many groups as tell it apart."""
    keys = {}
    for of in (("question",), ("group", "repeat")):
        paths = [path for path, what in found if what in of]
        deepest = max(map(len, paths), default=0)
        counts = {size: Counter(path[-size:] for path in paths) for size in range(1, deepest + 1)}
        for path in paths:
            size = next((n for n in range(1, len(path)) if counts[n][path[-n:]] == 1), len(path))
            keys[path] = ".".join(path[-size:])
    return keys
