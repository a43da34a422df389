"""A form as a workbook, with the lists that it needs; and lines of text as a file."""

from base64 import b64decode

from reporting.form_files import FormWorkbook, TextLines
from reporting.xlsforms.export import exported
from reporting.xlsforms.packed import pack


def form_workbook(content: FormWorkbook) -> bytes:
    """The .xlsx; a .zip where lists lie beside the form."""
    made, beside = exported(b64decode(content.source), content.file_name, content.key, content.version)
    return pack(f"{content.key}.xlsx", made, beside) if beside else made


def text_lines(content: TextLines) -> bytes:
    """UTF-8 with its mark, which Windows' editors want."""
    return ("\r\n".join(content.lines) + "\r\n").encode("utf-8-sig")
