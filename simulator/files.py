"""Files that went up: their ids, their content, and what a look at their first bytes tells."""

from __future__ import annotations

import mimetypes
import random
import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MOST_BYTES = 256 * 1024 * 1024


@dataclass(slots=True)
class File:
    """A stored file; `path` is the Bot API's file_path; `known` is what the Bot API's objects of it say besides."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    name: str = ""
    mime: str = "application/octet-stream"
    width: int = 0
    height: int = 0
    known: Json = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """What kind of file it is, by the first part of its path."""
        return self.path.partition("/")[0]

    def view(self, **more: Any) -> Json:
        """The fields that the Bot API's PhotoSize, Document and File share, with `more`."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content), **more}


class Files:
    """All files by id and by path; the oldest go when they weigh more than 256 MB together."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.by_id: OrderedDict[str, File] = OrderedDict()
        self.by_path: dict[str, File] = {}
        self.count = 0
        self.weight = 0
        self.dropped: list[str] = []

    def letters(self, number: int) -> str:
        """Letters and digits at random."""
        return "".join(self._chance.choices(ALPHABET, k=number))

    def add(self, content: bytes, name: str, folder: str, mime: str = "", size: tuple[int, int] = (0, 0)) -> File:
        """Store a file under a new id."""
        self.count += 1
        kind = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        ending = name.rpartition(".")[2] if "." in name else (mimetypes.guess_extension(kind) or ".bin").lstrip(".")
        prefix = "AgACAgUAAxkB" if folder == "photos" else "BQACAgUAAxkB"
        path = f"{folder}/file_{self.count}.{ending}"
        file = File(prefix + self.letters(48), "AQAD" + self.letters(12), path, content, name, kind, *size)
        self.keep(file)
        return file

    def keep(self, file: File) -> None:
        """Take up a file as it is, and drop the oldest when there is too much."""
        self.by_id[file.file_id] = file
        self.by_path[file.path] = file
        self.weight += len(file.content)
        while self.weight > MOST_BYTES and len(self.by_id) > 1:
            _, old = self.by_id.popitem(last=False)
            self.by_path.pop(old.path, None)
            self.weight -= len(old.content)
            self.dropped.append(old.file_id)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP in pixels; None when it is none of them."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp_size(content)
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] == b"VP8X" and len(content) >= 30:
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if content[12:16] == b"VP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
