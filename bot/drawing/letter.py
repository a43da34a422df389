"""The report as an official letter in the form of Nghị định 30/2020/NĐ-CP (phụ lục I, mẫu 1.4), ready to be numbered and signed."""

from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as Letter
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.drawing.cells import clean_cell
from bot.drawing.letter_annex import annex, has_annex, has_unit_table
from bot.drawing.letter_parts import BODY, SMALL, keep_together, page, set_widths, text_body, write
from bot.drawing.number_text import exact_text
from messages.digests.content import plain
from reporting.digests.content import DigestIndicator
from reporting.digests.drawings import DigestLetter
from reporting.translator import Translator, translator

IN_BODY = ("totals", "missing", "late", "provisional", "states")
"""The paragraphs of a digest that the letter itself says; the annex has the others, as a table or behind it."""


def letter(content: DigestLetter) -> bytes:
    """The .docx file: A4, heading, number, place and date, name, body, recipients and signature; an annex has what is in detail."""
    words = translator(content.language)
    document = Document()
    page(document)
    _heading(document, content, words)
    _name(document, content, words)
    said, behind = _parted(content, words)
    for paragraph in said:
        text_body(document, paragraph)
    text_body(document, words.plain("letter_close_annex" if has_annex(content, behind) else "letter_close"))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _signature(document, content, words)
    annex(document, content, behind, _of_letter(content, words), words)
    document.core_properties.title = clean_cell(content.title)
    document.core_properties.author = clean_cell(issuer(content, words))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _parted(content: DigestLetter, words: Translator) -> tuple[list[str], list[str]]:
    """What the letter says of the digest, and the paragraphs behind the annex's tables: what a table has is in neither.

    Digests were frozen that do not say what each paragraph is: the letter says all of them.
    """
    paragraphs = [in_words(plain(paragraph), words) for paragraph in content.paragraphs]
    if not content.sections:
        return paragraphs[1:], []
    told = {"heading", "others", *(["parts"] if has_unit_table(content) else [])}
    of_name = {name: said for name, said in zip(content.sections, paragraphs, strict=True) if name not in told}
    of_name["totals"] = _totals(content, words) or of_name.get("totals", "")
    said = [of_name[name] for name in IN_BODY if of_name.get(name)]
    return said, [said for name, said in of_name.items() if name not in IN_BODY]


def _totals(content: DigestLetter, words: Translator) -> str:
    """The headlines, an item each, and what their signs mean; «» where there is no figure."""
    of_name = {each.name: each for each in content.indicators}
    shown = [of_name[name] for name in content.headlines]
    if not any(_is_told(each) or _is_told(of_name.get(each.grown)) for each in shown):
        return ""
    lines = [_item(each, of_name.get(each.grown), words) for each in shown]
    return "\n".join(in_words(line, words) for line in (*lines, *content.notes, content.legend) if line)


def _is_told(of: DigestIndicator | None) -> bool:
    return of is not None and (of.total is not None or of.untold)


def _item(of: DigestIndicator, grown: DigestIndicator | None, words: Translator) -> str:
    """«• Số ca mắc mới: 15 ca ▲ 2 (lũy kế: 1.204*)»."""
    if of.total is None or of.untold:
        key = "digest_line_no_sum" if of.is_no_sum else "digest_line_untold" if of.untold else "digest_line_none"
        said = words.plain(key, label=of.label)
    else:
        value = exact_text(of.total, words)
        counted = words.plain("digest_counted", value=value, unit=of.unit) if of.unit else value
        change = of.change
        key = "same" if not change else "up" if change > 0 else "down"
        moved = "" if change is None else words.plain(f"digest_{key}", change=exact_text(abs(change), words))
        said = plain(words.plain("digest_line", label=of.label, value=counted + of.mark, change=moved))
    if grown is None or grown.is_no_sum or not _is_told(grown):
        return said
    whole = "" if grown.untold else exact_text(grown.total, words) + grown.mark
    return f"{said} ({words.plain('digest_grown_untold' if grown.untold else 'digest_grown', value=whole)})"


def issuer(content: DigestLetter, words: Translator) -> str:
    """Who issues it: the form's authority at the top of the tree, below it the unit's own committee."""
    if content.is_root and content.authority:
        return content.authority
    return words.plain("letter_issuer", unit=content.unit)


def in_words(text: str, words: Translator) -> str:
    """A letter says «tăng», «giảm» where a chat shows an arrow."""
    for sign, key in (("▲▼", "letter_compared"), (" ▲ ", "letter_up"), (" ▼ ", "letter_down")):
        text = text.replace(sign, words.plain(key))
    return text


def issuer_lines(body: str, content: DigestLetter, words: Translator) -> list[str]:
    """Who issues it as a letter's head has it, in full and in two lines: the body, then the unit by its title or its name.

    «UBND huyện Triệu Sơn» is «ỦY BAN NHÂN DÂN» and «HUYỆN TRIỆU SƠN»; what does not end with the unit stays one line.
    """
    short, full = words.plain("letter_abbreviated"), words.plain("letter_in_full")
    for unit in (content.unit, content.name):
        before = body[: len(body) - len(unit)].rstrip()
        if before and unit and body.casefold().endswith(unit.casefold()) and body[len(before)].isspace():
            return [before.replace(short, full).upper(), unit.upper().replace(" ", "\u00a0")]
    return [body.replace(short, full).upper()]


def _line(cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph = cell.paragraphs[0] if not cell.paragraphs[0].runs else cell.add_paragraph()
    return write(paragraph, text, size, bold=bold, italic=italic, centre=True)


def _rule(cell: _Cell, wide: float, share: float) -> None:
    """A line under the heading, `share` of the column's `wide` millimetres long: an empty paragraph's upper edge."""
    paragraph = cell.add_paragraph()
    indent = Mm(wide * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.line_spacing = Pt(6)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _heading(document: Letter, content: DigestLetter, words: Translator) -> None:
    """Left who issues it, with the number to be filled in; right the state's name and motto, place and date."""
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    left, right = table.rows[0].cells
    set_widths(table, [67, 98])
    body = issuer(content, words)
    if content.above:
        _line(left, words.plain("letter_issuer", unit=content.above).upper(), 12)
    for line in issuer_lines(body, content, words):
        _line(left, line, 12, bold=True)
    _rule(left, 63, 0.4)
    _line(left, _number(content, words), 13)
    _line(right, words.plain("letter_state"), 12, bold=True)
    _line(right, words.plain("letter_motto"), 13, bold=True)
    _rule(right, 94, 0.68)
    on = content.as_of.date()
    _line(right, words.plain("letter_place", place=content.name, **_parts(on)), 13, italic=True)


def _number(content: DigestLetter, words: Translator) -> str:
    """«Số:        /BC-UBND», to be filled in."""
    first = issuer(content, words).split()[0]
    return words.plain("letter_number", kind="BC", body=first if first.isupper() else "")


def _of_letter(content: DigestLetter, words: Translator) -> str:
    """«(Kèm theo Báo cáo số        /BC-UBND ngày 10 tháng 11 năm 2021 của UBND huyện Triệu Sơn)»."""
    on, given = content.as_of.date(), _number(content, words)
    given = given[:1].lower() + given[1:].replace(":", "", 1)
    return words.plain("letter_annex_of", number=given, issuer=issuer(content, words), **_parts(on))


def _parts(on: date) -> dict[str, str]:
    """A letter writes days under ten and the months January and February with a nought."""
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return {"day": f"{on.day:02d}", "month": month, "year": str(on.year)}


def _name(document: Letter, content: DigestLetter, words: Translator) -> None:
    write(document.add_paragraph(), "")
    write(document.add_paragraph(), words.plain("letter_kind"), BODY, bold=True, centre=True)
    topic, unit = content.topic, content.unit
    subject = words.plain("letter_subject", topic=topic, unit=unit) if topic else content.title
    write(document.add_paragraph(), subject, BODY, bold=True, centre=True)
    if content.demonstration:
        write(document.add_paragraph(), words.plain("workbook_demonstration"), 12, bold=True, centre=True)
    write(document.add_paragraph(), "")
    text_body(document, words.plain("letter_opening", window=content.window, coverage=content.coverage_text))
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def _signature(document: Letter, content: DigestLetter, words: Translator) -> None:
    """Recipients on the left, the signer on the right, with room for the signature; all on the page of the last words."""
    write(document.add_paragraph(), "").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    keep_together(table.rows[0])
    left, right = table.rows[0].cells
    write(left.paragraphs[0], words.plain("letter_to"), 12, bold=True, italic=True)
    above = words.plain("letter_issuer", unit=content.above) if content.above else words.plain("letter_superior")
    for recipient in (f"- {above};", *words.plain("letter_recipients").split("\n")):
        write(left.add_paragraph(), recipient, SMALL)
    for line in words.plain("letter_signer_deputy" if content.by_deputy else "letter_signer").split("\n"):
        _line(right, line, BODY, bold=True)
    for _ in range(4):
        right.add_paragraph()
    _line(right, words.plain("letter_signature"), BODY)
