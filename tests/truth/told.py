"""Figures as they stand on paper or screen: read with their unit, indicator, days and unit of count, as a person reads them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from reporting.forms import Form

NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})*(?![\d.]*\d)|-?\d+")
NEAREST = "Số liệu gần nhất, "
"""What the newest figure before the days asked for is told with."""
CARRIED = "số kỳ trước"
"""What marks a unit's value of an earlier day that stands in a total."""
DAY = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")


class Unreadable(AssertionError):
    """Something stands there that no reader can make sense of."""


@dataclass(frozen=True)
class Told:
    """A figure that was told: `value` None where it is said that there is none. `counted`: its unit of count, «» where none is said.

    `note`: what else the line says.
    """

    surface: str
    code: str
    name: str
    first: date
    last: date
    value: int | None
    counted: str = ""
    note: str = ""


@dataclass(frozen=True)
class Labels:
    """The names by which a form's indicators are told, longest first."""

    by_label: Mapping[str, str]

    @staticmethod
    def of(form: Form) -> "Labels":
        found: dict[str, str] = {}
        for question in form.indicators:
            for text in (*question.alone.values(), *question.label.values()):
                found[text] = question.name
        return Labels(dict(sorted(found.items(), key=lambda each: -len(each[0]))))

    def name(self, label: str) -> str:
        """The indicator of this very label."""
        if label not in self.by_label:
            raise Unreadable(f"«{label}» is none of {list(self.by_label)}")
        return self.by_label[label]

    def head(self, text: str) -> tuple[str, str] | None:
        """The indicator that a text «label: …» begins with, and what follows; None where it begins with none."""
        for label, name in self.by_label.items():
            if text.startswith(f"{label}: "):
                return name, text[len(label) + 2 :]
        return None

    def inside(self, text: str) -> tuple[str, tuple[str, str] | None]:
        """What stands before « – label: …», and as `head` what follows; None where no label stands."""
        for label, name in self.by_label.items():
            before, dash, after = text.partition(f" – {label}: ")
            if dash:
                return before, (name, after)
        return text, None


def plain(html: str) -> str:
    """What is left of HTML to read."""
    return unescape(re.sub(r"</?[a-z-]+>", "", html))


def days_in(text: str) -> list[date]:
    """The days that stand in a text, in order."""
    return [date(int(year), int(month), int(day)) for day, month, year in DAY.findall(text)]


def value_in(text: str) -> tuple[int, str, str]:
    """The number at the start of a text, the word of count behind it («nhà»), and the rest."""
    found = NUMBER.match(text)
    if found is None:
        raise Unreadable(f"no number begins «{text}»")
    rest = text[found.end() :]
    counted = re.match(r" (\w+)", rest)
    word = counted[1] if counted else ""
    return int(found[0].replace(".", "")), word, rest[len(counted[0]) if counted else 0 :]


def items(lines: Iterable[str], labels: Labels, signs: str = "•-") -> Iterator[tuple[str, int | None, str, str]]:
    """Name, value, word of count and note of each line «• label: 6 nhà …»."""
    for line in lines:
        if line[:2].strip() and line[0] in signs and line[1:2] == " ":
            found = labels.head(line[2:])
            if found is None:
                continue
            name, said = found
            if not NUMBER.match(said):
                yield name, None, "", said
                continue
            value, counted, note = value_in(said)
            yield name, value, counted, note


def grown(note: str) -> int | None:
    """What a line says in brackets that a flow has come to: «(lũy kế: 11)»."""
    found = re.search(r"lũy kế: (-?[\d.]*\d)", note)
    return int(found[1].replace(".", "")) if found else None
