"""Formatting: Telegram's HTML into text with entities, entities found in plain text, and back into HTML."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from simulator.errors import Refusal

Json = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
MARKUP = re.compile(r"<|&(?:#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
ATTRIBUTE = re.compile(r"\s*([^\s=>]*)(\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{2,31}(?!\w))"
    r"|(?P<url>(?:https?|tg)://[^\s<>«»]+[^\s<>«».,;:!?)'\"]|(?<![\w.@])(?:t\.me|[\w-]+\.(?:vn|com|org|net))(?:/[^\s<>«»]*[^\s<>«».,;:!?)'\"])?(?![\w.]))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)


class Open(NamedTuple):
    """A tag that waits for its end."""

    tag: str
    start: int
    extra: Json


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, in which Telegram counts."""
    return len(text) + sum(c > "\uffff" for c in text)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text of Telegram's HTML and its entities (offsets in UTF-16 code units); Refusal when it cannot be parsed."""
    out: list[str] = []
    length = position = 0
    opened: list[Open] = []
    entities: list[Json] = []
    for mark in _marks(source):
        plain = source[position : mark.start()]
        out.append(plain)
        length += units(plain)
        if mark.group() != "<":
            out.append(html.unescape(mark.group()))
            length += units(out[-1])
            position = mark.end()
        elif source.startswith("</", mark.start()):
            position = _end_tag(source, mark.start(), opened, entities, length)
        else:
            position = _start_tag(source, mark.start(), opened, length)
    if opened:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    out.append(source[position:])
    return trimmed("".join(out), entities)


def _marks(source: str) -> Any:
    position = 0
    while match := MARKUP.search(source, position):
        yield match
        position = match.end() if match.group() != "<" else max(source.find(">", match.start()), match.end())


def _offset(source: str, at: int) -> int:
    return len(source[:at].encode())


def _cannot(why: str) -> Refusal:
    return Refusal(f"can't parse entities: {why}")


def _start_tag(source: str, at: int, opened: list[Open], length: int) -> int:
    where = f"at byte offset {_offset(source, at)}"
    name = re.compile(r"[^\s>]*").match(source, at + 1)
    assert name is not None
    tag, position = name.group().lower(), name.end()
    if tag not in TAGS:
        raise _cannot(f'Unsupported start tag "{tag}" {where}')
    attributes: dict[str, str] = {}
    while True:
        if position >= len(source):
            raise _cannot(f"Unclosed start tag {where}")
        rest = re.compile(r"\s*>").match(source, position)
        if rest:
            position = rest.end()
            break
        found = ATTRIBUTE.match(source, position)
        if found is None or not found.group(1):
            raise _cannot(f'Empty attribute name in the tag "{tag}" {where}')
        key, value = found.group(1), next((v for v in found.groups()[2:] if v is not None), "")
        attributes[key.lower()] = html.unescape(value)
        position = found.end()
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _cannot(f'Tag "span" must have class "tg-spoiler" {where}')
    opened.append(Open(tag, length, _extra(tag, attributes)))
    return position


def _extra(tag: str, attributes: dict[str, str]) -> Json:
    if tag == "a" and attributes.get("href"):
        return {"url": attributes["href"]}
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return {"language": attributes["class"].removeprefix("language-")}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if tag == "tg-emoji" and attributes.get("emoji-id"):
        return {"custom_emoji_id": attributes["emoji-id"]}
    return {}


def _end_tag(source: str, at: int, opened: list[Open], entities: list[Json], length: int) -> int:
    where = f"at byte offset {_offset(source, at)}"
    end = source.find(">", at)
    if not opened:
        raise _cannot(f"Unexpected end tag {where}")
    if end < 0:
        raise _cannot(f"Unclosed end tag {where}")
    tag, last = source[at + 2 : end].strip().lower(), opened.pop()
    if tag and tag != last.tag:
        raise _cannot(f'Unmatched end tag {where}, expected "</{last.tag}>", found "</{tag}>"')
    if length > last.start:
        _close(last, length, entities)
    return end + 1


def _close(last: Open, length: int, entities: list[Json]) -> None:
    entity = {"type": TAGS[last.tag], "offset": last.start, "length": length - last.start, **last.extra}
    inner = entities[-1] if entities else None
    same = inner and inner["offset"] == entity["offset"] and inner["length"] == entity["length"]
    if last.tag == "pre" and inner and same and inner["type"] == "code":
        entity |= {k: v for k, v in inner.items() if k == "language"}
        entities.pop()
    if last.tag in ("a", "tg-emoji") and not last.extra:
        return
    if last.tag == "a" and (user := re.fullmatch(r"tg://user\?id=(\d+)", last.extra["url"])):
        entity = {"type": "text_mention", "offset": entity["offset"], "length": entity["length"], "user": int(user[1])}
    entities.append(entity)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """`text` without white space around it, and the entities moved to fit."""
    shorter = text.lstrip()
    cut = len(text) - len(shorter)
    shorter = shorter.rstrip()
    if len(shorter) == len(text):
        return text, _ordered(entities)
    whole, kept = units(shorter), []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, whole)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return shorter, _ordered(kept)


def _ordered(entities: list[Json]) -> list[Json]:
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def find(text: str, known: list[Json]) -> list[Json]:
    """`known` and the commands, mentions, links, addresses and hashtags in `text`, in order."""
    found = []
    for match in FOUND.finditer(text) if any(c in text for c in "/@#.:") else ():
        offset = units(text[: match.start()])
        entity = {"type": match.lastgroup, "offset": offset, "length": units(match.group())}
        if not any(_covers(k, entity) for k in known):
            found.append(entity)
    return _ordered(known + found) if found else known


def _covers(known: Json, entity: Json) -> bool:
    apart = (
        known["offset"] + known["length"] <= entity["offset"] or entity["offset"] + entity["length"] <= known["offset"]
    )
    return not apart and known["type"] in ("code", "pre", "text_link", "text_mention", "custom_emoji")


def to_html(text: str, entities: list[Json], commands: bool = False) -> str:
    """Text with entities as HTML: Telegram's tags, links for what is a link and, if wanted, for `commands`."""
    if not entities:
        return html.escape(text, quote=False)
    raw = text.encode("utf-16-le")
    edges = sorted({0, len(raw) // 2, *(p for e in entities for p in (e["offset"], e["offset"] + e["length"]))})
    out: list[str] = []
    stack: list[Json] = []
    for here, there in zip(edges, [*edges[1:], None], strict=True):
        while stack and any(e["offset"] + e["length"] <= here for e in stack):
            out.append(_tags(stack.pop(), "", commands)[1])
        for entity in entities:
            if entity["offset"] <= here < entity["offset"] + entity["length"] and entity not in stack:
                stack.append(entity)
                out.append(_tags(entity, slice_units(raw, entity), commands)[0])
        if there is not None:
            out.append(html.escape(raw[here * 2 : there * 2].decode("utf-16-le", "replace"), quote=False))
    return "".join(out)


def slice_units(raw: bytes, entity: Json) -> str:
    """The part of UTF-16 bytes that an entity spans."""
    return raw[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le", "replace")


SIMPLE = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code"}


def _tags(entity: Json, part: str, commands: bool) -> tuple[str, str]:
    kind = entity["type"]
    if commands and kind == "bot_command":
        return f'<a data-command="{html.escape(part)}">', "</a>"
    if kind in SIMPLE:
        return f"<{SIMPLE[kind]}>", f"</{SIMPLE[kind]}>"
    if kind == "pre":
        language = entity.get("language")
        inner = f'<code class="language-{html.escape(language)}">' if language else ""
        return f"<pre>{inner}", f"{'</code>' if inner else ''}</pre>"
    if kind == "spoiler":
        return "<tg-spoiler>", "</tg-spoiler>"
    if kind.endswith("blockquote"):
        return ("<blockquote expandable>" if kind.startswith("exp") else "<blockquote>"), "</blockquote>"
    if kind in ("text_link", "url"):
        address = entity.get("url") or (part if "://" in part else f"https://{part}")
        return f'<a href="{html.escape(address)}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    return "", ""
