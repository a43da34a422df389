"""Formatting as Markdown and MarkdownV2 have it in the Bot API, into text with entities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from simulator.entities import trimmed, units
from simulator.errors import Refusal

Json = dict[str, Any]

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
VERBATIM = ("code", "pre")
MARKS = (
    ("```", "pre"),
    ("`", "code"),
    ("__", "underline"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("[", "text_link"),
)
ENDS = {"text_link": "]", "custom_emoji": "]"} | {
    kind: mark for mark, kind in MARKS if kind not in ("text_link", "custom_emoji")
}
LANGUAGE = re.compile(r"([^\s`]*)(?=\s)(?:\r\n|\n\r|\n|\r)?|(?:\r\n|\n\r|\n|\r)?")
USER = re.compile(r"tg://user\?id=(\d+)")
EMOJI = re.compile(r"tg://emoji\?id=(\d+)")
NAMES = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji", "pre": "Pre", "blockquote": "BlockQuote"}


class Started(NamedTuple):
    """An entity that waits for its end: where it starts in the text (UTF-16) and in the source."""

    kind: str
    start: int
    at: int
    extra: Json


@dataclass
class Reader:
    """A source that is read from left to right, and what was made of it so far."""

    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    opened: list[Started] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def keep(self, part: str) -> None:
        """Let a part of the source stand in the text, and go on after it."""
        self.text.append(part)
        self.length += units(part)
        self.at += len(part)

    def open(self, kind: str, mark: str) -> None:
        """Begin an entity after its mark; after that of a block of code its language and one end of line."""
        start, extra = self.at, {}
        self.at += len(mark)
        if kind == "pre" and (found := LANGUAGE.match(self.source, self.at)):
            extra = {"language": found[1]} if found[1] else {}
            self.at = found.end()
        self.opened.append(Started(kind, self.length, start, extra))

    def close(self, kind: str, start: int, extra: Json) -> None:
        """An entity from `start` up to here, unless nothing is in it or it leads nowhere."""
        if self.length > start and not (kind in ("text_link", "custom_emoji") and not extra):
            name = "text_mention" if "user" in extra else kind
            self.entities.append({"type": name, "offset": start, "length": self.length - start, **extra})

    def offset(self, at: int) -> int:
        """A place in the source as Telegram counts it, in bytes."""
        return len(self.source[:at].encode())

    def result(self) -> tuple[str, list[Json]]:
        """Text and entities."""
        return trimmed("".join(self.text), self.entities)


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """The older Markdown, in which nothing nests."""
    reader = Reader(source)
    while reader.at < len(source):
        mark = source[reader.at]
        if mark == "\\" and source[reader.at + 1 : reader.at + 2] in ("_", "*", "`", "["):
            reader.at += 1
            reader.keep(source[reader.at])
        elif mark in "_*`[":
            _simple(reader, "```" if source.startswith("```", reader.at) else mark)
        else:
            reader.keep(mark)
    return reader.result()


def _simple(reader: Reader, mark: str) -> None:
    kind = dict(MARKS)[mark]
    reader.open(kind, mark)
    started = reader.opened.pop()
    end = reader.source.find(ENDS[kind], reader.at)
    if end < 0:
        raise _cannot(f"Can't find end of the entity starting at byte offset {reader.offset(started.at)}")
    reader.keep(reader.source[reader.at : end])
    reader.at = end + len(ENDS[kind])
    extra = started.extra
    if kind == "text_link":
        address = ""
        if reader.source.startswith("(", reader.at):
            last = reader.source.find(")", reader.at)
            last = len(reader.source) if last < 0 else last
            address = reader.source[reader.at + 1 : last]
            reader.at = last + 1
        extra = _leads(address)
    reader.close(kind, started.start, extra)


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """MarkdownV2: entities nest, and whatever is a mark must be escaped where it is none."""
    reader = Reader(source)
    while reader.at < len(source):
        _step(reader)
    _end_quote(reader)
    if reader.opened:
        last = reader.opened[-1]
        name = NAMES.get(last.kind, last.kind.capitalize())
        raise _cannot(f"Can't find end of {name} entity at byte offset {reader.offset(last.at)}")
    return reader.result()


def _step(reader: Reader) -> None:
    source, inner = reader.source, reader.opened[-1].kind if reader.opened else ""
    char = source[reader.at]
    if char == "\\" and 0 < ord(source[reader.at + 1 : reader.at + 2] or "\0") < 127:
        reader.at += 1
        reader.keep(source[reader.at])
    elif inner and inner in ENDS and source.startswith(ENDS[inner], reader.at) and not _longer(reader, inner):
        _finish(reader, reader.opened.pop())
    elif inner in VERBATIM:
        if char == "`":
            raise _reserved(char)
        reader.keep(char)
    elif char == ">" and _at_line(reader):
        _quote(reader)
    elif char == "\n" and not source.startswith(">", reader.at + 1):
        _end_quote(reader)
        reader.keep(char)
    else:
        _begin(reader, char)


def _longer(reader: Reader, inner: str) -> bool:
    """Whether what looks like the end of italics is a mark of underlining."""
    return inner == "italic" and reader.source.startswith("__", reader.at)


def _begin(reader: Reader, char: str) -> None:
    found = next((each for each in MARKS if reader.source.startswith(each[0], reader.at)), None)
    if found is not None:
        reader.open(found[1], found[0])
    elif char in RESERVED:
        raise _reserved(char)
    else:
        reader.keep(char)


def _finish(reader: Reader, started: Started) -> None:
    reader.at += len(ENDS[started.kind])
    extra = started.extra
    if started.kind in ("text_link", "custom_emoji"):
        extra = _leads(_address(reader), started.kind)
        if started.kind == "custom_emoji" and not extra:
            raise _cannot("Custom emoji entity must contain a tg://emoji URL")
    reader.close(started.kind, started.start, extra)


def _address(reader: Reader) -> str:
    """The address in brackets after a link's words, escapes taken out; empty when none follows."""
    if not reader.source.startswith("(", reader.at):
        return ""
    found = re.compile(r"\(((?:\\.|[^\\)])*)\)", re.DOTALL).match(reader.source, reader.at)
    if found is None:
        raise _cannot(f"Can't find end of a URL at byte offset {reader.offset(reader.at + 1)}")
    reader.at = found.end()
    return re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL)


def _at_line(reader: Reader) -> bool:
    return reader.at == 0 or reader.source[reader.at - 1] == "\n" or reader.source.startswith("**>", reader.at - 2)


def _quote(reader: Reader) -> None:
    """A line of a quotation: the first begins it."""
    if all(each.kind != "blockquote" for each in reader.opened):
        reader.opened.append(Started("blockquote", reader.length, reader.at, {}))
    reader.at += 1


def _end_quote(reader: Reader) -> None:
    """Where a quotation's last line ends, nothing that began in it may still be open."""
    if reader.opened and reader.opened[-1].kind == "blockquote":
        started = reader.opened.pop()
        reader.close("blockquote", started.start, {})


def _leads(address: str, kind: str = "text_link") -> Json:
    """What a link's address says: a person, an emoji or a page; empty when it leads nowhere."""
    if kind == "custom_emoji":
        emoji = EMOJI.fullmatch(address)
        return {"custom_emoji_id": emoji[1]} if emoji else {}
    if person := USER.fullmatch(address):
        return {"user": int(person[1])}
    if "." not in address and "://" not in address:
        return {}
    return {"url": address if "://" in address else f"http://{address}/"}


def _cannot(why: str) -> Refusal:
    return Refusal(f"can't parse entities: {why}")


def _reserved(char: str) -> Refusal:
    return _cannot(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
