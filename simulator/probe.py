"""What a look at the bytes of a recording tells: its kind, its size on the screen and how long it runs."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from simulator.files import picture_size

BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
CONTAINERS = (b"moov", b"trak", b"mdia")
OPUS_RATE = 48_000


class Look(NamedTuple):
    """`mime` is empty where the bytes are of no kind known here; seconds and pixels are 0 where they do not say."""

    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0


def look(content: bytes) -> Look:
    """What can be told of MP4, WebM, MP3, Ogg, GIF, other pictures and Telegram's animated stickers."""
    if content[4:8] == b"ftyp":
        return _mp4(content)
    if content[:4] == b"\x1aE\xdf\xa3":
        return Look("video/webm")
    if content[:4] == b"OggS":
        return Look("audio/ogg", duration=_ogg(content))
    if content[:3] == b"ID3" or (content[:1] == b"\xff" and content[1:2] >= b"\xe0"):
        return Look("audio/mpeg", duration=_mp3(content))
    if content[:2] == b"\x1f\x8b":
        return Look("application/x-tgsticker", 512, 512)
    width, height = picture_size(content) or (0, 0)
    return Look("image/gif" if content[:3] == b"GIF" else "", width, height)


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of each box of an MP4, with those in its containers."""
    while at + 8 <= end:
        size, name = struct.unpack(">I4s", content[at : at + 8])
        head = 8
        if size == 1 and at + 16 <= end:
            size, head = struct.unpack(">Q", content[at + 8 : at + 16])[0], 16
        last = at + size if size >= head else end
        yield name, at + head, min(last, end)
        if name in CONTAINERS:
            yield from _boxes(content, at + head, min(last, end))
        at = last


def _mp4(content: bytes) -> Look:
    width = height = duration = 0
    for name, start, end in _boxes(content, 0, len(content)):
        if name == b"mvhd" and end - start >= 20:
            wide = content[start] == 1
            scale, length = struct.unpack(
                ">IQ" if wide else ">II", content[start + (20 if wide else 12) :][: 12 if wide else 8]
            )
            duration = round(length / scale) if scale else 0
        if name == b"tkhd" and end - start >= 84:
            across, down = struct.unpack(">II", content[end - 8 : end])
            width, height = max(width, across >> 16), max(height, down >> 16)
    return Look("video/mp4", width, height, duration)


def _ogg(content: bytes) -> int:
    last = content.rfind(b"OggS")
    position = struct.unpack("<q", content[last + 6 : last + 14])[0] if last + 14 <= len(content) else 0
    return round(max(position, 0) / OPUS_RATE)


def _mp3(content: bytes) -> int:
    """Seconds by the first frame's bit rate."""
    at = 0
    if content[:3] == b"ID3" and len(content) > 10:
        a, b, c, d = content[6:10]
        at = 10 + (a << 21 | b << 14 | c << 7 | d)
    frame = content[at : at + 4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[2] >> 4 >= len(BITRATES) or not BITRATES[frame[2] >> 4]:
        return 0
    return round((len(content) - at) * 8 / (BITRATES[frame[2] >> 4] * 1000))
