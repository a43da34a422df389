"""The stand-in's page: the values of a period as they stand, unit by unit, and what came last. Plain HTML; it renews itself."""

from __future__ import annotations

from html import escape

from simulator.dhis2.metadata import DataSet, Metadata, OrgUnit
from simulator.dhis2.stored import Stored, ValueKey

NEWEST = 12
"""So many of the values that came last are told."""
WORDS = {
    "vi": {
        "what": "Máy chủ DHIS2 giả lập: số liệu gửi đến hiện ở đây, trang tự làm mới sau mỗi 3 giây.",
        "unit": "Đơn vị",
        "complete": "Đã đủ",
        "period": "Kỳ",
        "element": "Phần tử",
        "value": "Giá trị",
        "newest": "Vừa nhận",
        "none": "Chưa có số liệu nào gửi đến.",
        "gone": "đã xóa",
        "was": "trước là",
    },
    "en": {
        "what": "A stand-in for DHIS2: figures that are sent here appear; the page renews itself every 3 seconds.",
        "unit": "Unit",
        "complete": "Complete",
        "period": "Period",
        "element": "Element",
        "value": "Value",
        "newest": "What came last",
        "none": "No figures have come yet.",
        "gone": "deleted",
        "was": "was",
    },
}
STYLE = """
:root { color-scheme: light dark; --line: #d8e0e4; --soft: #51636f; --mark: #fff1d6; --head: #f4f7f8; }
@media (prefers-color-scheme: dark) { :root { --line: #26343c; --soft: #a3b3bc; --mark: #3a2d12; --head: #1b262d; } }
body { margin: 16px 20px; font: 14px/1.4 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
h1 { margin: 0; font-size: 20px; } h2 { margin: 24px 0 6px; font-size: 16px; } p { margin: 2px 0 10px; color: var(--soft); }
nav a, nav b { margin-right: 12px; } .wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { padding: 3px 8px; border: 1px solid var(--line); text-align: left; }
thead th { background: var(--head); font-weight: 600; vertical-align: bottom; max-width: 130px; }
tbody th, tbody td { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; } .changed { background: var(--mark); } s { color: var(--soft); }
"""


class ReceivedPage:
    """What is stored, in a language of the page («vi», «en»)."""

    def __init__(self, metadata: Metadata, stored: Stored, language: str = "vi") -> None:
        self._metadata, self._stored, self._language = metadata, stored, language
        self._words = WORDS[language]
        self._elements = {each.uid: each for each in metadata.elements}
        self._units = {each.uid: each for each in metadata.units}
        self._was: dict[ValueKey, str] = {}
        self._told: list[tuple[ValueKey, str, str]] = []
        now: dict[ValueKey, str] = {}
        for done, key, value in stored.log:
            said, before = ("" if done == "drop" else value), now.get(key, "")
            if said != before:
                self._was[key] = before
                self._told.append((key, before, said))
            now[key] = said

    def html(self, period: str = "") -> str:
        """The page about a period, by its id; without one about the newest of which something has come."""
        periods = sorted({key[1] for key in self._stored.values}, reverse=True)
        shown = period if period in periods else next(iter(periods), "")
        links = " ".join(
            f"<b>{escape(each)}</b>" if each == shown else f'<a href="/?period={escape(each)}">{escape(each)}</a>'
            for each in periods
        )
        sets = self._metadata.sets
        body = "".join(self._table(each, shown) for each in sets) if shown else f"<p>{self._words['none']}</p>"
        title = escape(sets[0].name if sets else "DHIS2")
        return (
            f'<!doctype html><html lang="{self._language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3">'
            f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1><p>{self._words['what']}</p>"
            f"<nav>{self._words['period']}: {links}</nav>{self._newest()}{body}</body></html>"
        )

    def _table(self, of: DataSet, period: str) -> str:
        names = [self._words["unit"], *(each.name or each.code for each in of.elements), self._words["complete"]]
        head = "".join(f"<th>{escape(each)}</th>" for each in names)
        rows = "".join(self._row(of, unit, period) for unit in of.units)
        named = f"<h2>{escape(of.code)}, {self._words['period'].lower()} {escape(period)}</h2>"
        return f'{named}<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'

    def _row(self, of: DataSet, unit: OrgUnit, period: str) -> str:
        here = {k[0]: k for k in (*self._stored.values, *self._was) if k[1] == period and k[2] == unit.uid}
        cells = "".join(self._cell(here.get(each.uid)) for each in of.elements)
        complete = escape(self._stored.complete.get((of.uid, period, unit.uid), ""))
        return f"<tr><th>{escape(unit.name or unit.code)}</th>{cells}<td>{complete}</td></tr>"

    def _cell(self, key: ValueKey | None) -> str:
        value, was = (self._stored.values.get(key, ""), self._was.get(key, "")) if key else ("", "")
        if not was:
            return f'<td class="number">{escape(value)}</td>'
        return f'<td class="number changed"><s>{escape(was)}</s> {escape(value)}</td>'

    def _newest(self) -> str:
        words = self._words
        if not self._told:
            return ""
        head = "".join(f"<th>{words[each]}</th>" for each in ("unit", "period", "element", "value"))
        rows = "".join(self._told_row(*each) for each in reversed(self._told[-NEWEST:]))
        return f"<h2>{words['newest']}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _told_row(self, key: ValueKey, was: str, value: str) -> str:
        element, unit = self._elements[key[0]], self._units[key[2]]
        before = f" ({self._words['was']} {was})" if was else ""
        said = f"{value or self._words['gone']}{before}"
        cells = (unit.name or unit.code, key[1], element.name or element.code, said)
        return "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in cells) + "</tr>"
