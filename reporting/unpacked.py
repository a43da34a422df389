"""How large a packed file, a workbook or a .zip, may get when it is taken out: a small one can be made to fill the memory."""

from io import BytesIO
from lzma import LZMAError
from struct import error as NoNumber  # noqa: N812 - a class that is named as a function
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as BrokenStream  # noqa: N812 - a class that is named as a function

LARGEST_UNPACKED = 20_000_000
"""Bytes of all that is packed in one."""
MOST_ELEMENTS, MOST_OF_STYLES = 500_000, 100_000
"""So many elements may stand in its parts, and in that of the styles, of which a workbook has 64,000 at the most. Each becomes some
hundred bytes where it is read, and a country's list of units has half as many.
"""
STYLES = "styles.xml"


def check_unpacked(content: bytes) -> None:
    """Raises BadZipFile for what is no packed file, or is too large by what it says of itself, and no reader takes out more than that;
    or where it is made of more than anything that somebody has made.
    """
    with ZipFile(BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
            raise BadZipFile("too large")
        counted = {each.filename: _elements(packed, each) for each in packed.infolist() if not each.is_dir()}
    of_styles = max((count for name, count in counted.items() if name.lower().endswith(STYLES)), default=0)
    if sum(counted.values()) > MOST_ELEMENTS or of_styles > MOST_OF_STYLES:
        raise BadZipFile("too large")


def _elements(packed: ZipFile, of: ZipInfo) -> int:
    """BadZipFile for what cannot be taken out: it is locked with a password, or packed as nobody packs it."""
    try:
        part = packed.read(of)
    except (
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        BrokenStream,
        LZMAError,
        NoNumber,
    ) as error:
        raise BadZipFile(str(error)) from None
    return part.count(b"<") - part.count(b"</")
