"""Files that the source distribution of python-telegram-bot leaves out, made up: as large, as wide and as long as its tests say."""

import struct
import zlib
from pathlib import Path


def make(folder: Path) -> None:
    """Write whatever is not there."""
    files = {
        "telegram.jpg": jpeg(800, 800, 27_330),
        "telegram.png": png(400, 300, 12_948),
        "telegram.webp": _webp(510, 512, 39_518),
        "telegram.mp3": (b"\xff\xfb\xe0\x00" + b"\0" * 1_040) * 200,
        "telegram.ogg": _ogg(3, 9_199),
        "telegram.mp4": _mp4(360, 640, 5, 326_534),
        "telegram2.mp4": _mp4(240, 240, 3, 132_084),
        "game.gif": b"GIF89a" + struct.pack("<HH", 320, 180) + b"\0" * 40_000 + b";",
    }
    files["telegram.mp3"] = files["telegram.mp3"][:122_920]
    for name, content in files.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(content)


def jpeg(width: int, height: int, size: int) -> bytes:
    """The head of a JPEG of this size in pixels, as long as `size`; there is no picture in it."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return (b"\xff\xd8" + frame + b"\xff\xda").ljust(size - 2, b"\0") + b"\xff\xd9"


def png(width: int, height: int, size: int) -> bytes:
    """A grey picture of this size in pixels and bytes."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = _chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * height))
    parts = [b"\x89PNG\r\n\x1a\n", head, rows, _chunk(b"IEND", b"")]
    left = size - sum(map(len, parts)) - 12
    return b"".join([*parts[:3], _chunk(b"teXt", b"\0" * left), parts[3]])


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _webp(width: int, height: int, size: int) -> bytes:
    frame = b"\x9d\x01\x2a".rjust(6, b"\0") + struct.pack("<HH", width, height)
    body = b"WEBPVP8 " + struct.pack("<I", size - 20) + frame
    return (b"RIFF" + struct.pack("<I", size - 8) + body).ljust(size, b"\0")


def _ogg(seconds: int, size: int) -> bytes:
    first = b"OggS\x00\x02" + struct.pack("<qIIIB", 0, 1, 0, 0, 0) + b"OpusHead"
    last = b"OggS\x00\x04" + struct.pack("<qIIIB", seconds * 48_000, 1, 1, 0, 0)
    return first.ljust(size - len(last), b"\0") + last


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def _mp4(width: int, height: int, seconds: int, size: int) -> bytes:
    movie = _box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + b"\0" * 80)
    track = _box(b"trak", _box(b"tkhd", b"\0" * 76 + struct.pack(">II", width << 16, height << 16)))
    parts = _box(b"ftyp", b"isom\0\0\0\0isom") + _box(b"moov", movie + track)
    return parts + _box(b"mdat", b"\0" * (size - len(parts) - 8))
