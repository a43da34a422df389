"""How large a packed file, a workbook or a .zip, may get when it is taken out: a small one can be made to fill the memory."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

LARGEST_UNPACKED = 20_000_000
"""Bytes of all that is packed in one."""


def check_unpacked(content: bytes) -> None:
    """Raises BadZipFile for what is no packed file, or is too large by what it says of itself; no reader takes out more than that."""
    with ZipFile(BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
            raise BadZipFile("too large")
