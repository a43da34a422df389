"""CSV in the column order of the office's template: its heading line is kept, a line a unit follows.

A mapping names columns by their headings: an indicator's element is one, `unit` and `period` of its table [csv] are others,
and so are `first` and `last`, the days from which and up to which a period lasts.
"""

import csv
from collections.abc import Sequence
from io import StringIO

from reporting.errors import Refused, refuse_all
from reporting.harmless_cells import harmless, harmless_cell
from reporting.period_types import Period
from reporting.portal.consignment import TemplateLine
from reporting.portal.mapping import PortalMapping

NEEDED = frozenset({"template", "unit", "period"})
ALLOWED = NEEDED | {"first", "last"}


def fill(template: bytes, mapping: PortalMapping, lines: Sequence[TemplateLine], period: Period) -> bytes:
    """The file, in UTF-8 as the template has it (with a byte order mark or without), its delimiter kept. Refused by heading."""
    has_mark = template.startswith(b"\xef\xbb\xbf")
    try:
        first = template.decode("utf-8-sig").splitlines()[0]
    except (UnicodeDecodeError, IndexError):
        raise Refused("template_no_csv") from None
    delimiter = max(",;\t", key=first.count)
    (headings,) = csv.reader([first], delimiter=delimiter)
    place = {heading.strip(): column for column, heading in enumerate(headings)}
    days = {"period": period.last_on, "first": period.first_on, "last": period.last_on}
    dated = {mapping.options[name]: day.isoformat() for name, day in days.items() if name in mapping.options}
    wanted = [mapping.options["unit"], *dated, *(each.element for each in mapping.indicators)]
    refuse_all([Refused("template_no_column", column=each) for each in wanted if each not in place])
    text = StringIO()
    out = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    out.writerow(headings)
    for line in lines:
        row = [""] * len(headings)
        row[place[mapping.options["unit"]]] = harmless(line.unit)
        for heading, day in dated.items():
            row[place[heading]] = day
        for each in line.values:
            row[place[each.indicator.element]] = harmless_cell(each.value)
        out.writerow(row)
    return (b"\xef\xbb\xbf" if has_mark else b"") + text.getvalue().encode()
