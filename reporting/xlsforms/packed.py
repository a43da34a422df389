"""A form and the files that lie beside it as one: a .zip, which is published and read again as a form."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reporting.unpacked import check_unpacked

_WHEN = (1980, 1, 1, 0, 0, 0)


def pack(name: str, source: bytes, beside: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files, whenever they are packed."""
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for each, content in ((name, source), *sorted(beside.items())):
            made.writestr(ZipInfo(each, _WHEN), content, ZIP_DEFLATED)
    return file.getvalue()


def unpack(source: bytes) -> dict[str, bytes]:
    """The files by their names. Raises BadZipFile for what is none, or too large."""
    check_unpacked(source)
    with ZipFile(BytesIO(source)) as packed:
        return {each.filename: packed.read(each) for each in packed.infolist() if not each.is_dir()}
