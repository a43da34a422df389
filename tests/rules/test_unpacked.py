"""A packed file whose parts cannot be taken out is refused as what it is, whichever way they are packed."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, BadZipFile, ZipFile

import pytest

from reporting.unpacked import check_unpacked


def packed(way: int) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", way) as each:
        each.writestr("sheet.xml", "<row>3</row>" * 200)
    return file.getvalue()


@pytest.mark.parametrize("way", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_what_is_damaged_is_no_packed_file(way: int) -> None:
    whole = packed(way)
    check_unpacked(whole)
    start = whole.index(b"sheet.xml") + len("sheet.xml")
    with pytest.raises(BadZipFile):
        check_unpacked(whole[:start] + bytes(12) + whole[start + 12 :])
