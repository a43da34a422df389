"""The formats by the name that a mapping has for them. The only list of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reporting.period_types import Period
from reporting.portal import dhis2
from reporting.portal.consignment import Consignment, PortalAnswer, PortalRequest, TemplateLine, Verdict
from reporting.portal.dhis2_answers import read_summary
from reporting.portal.formats import adx, csv_file, dhis2_json, dhis2_xml, signed_json
from reporting.portal.mapping import PortalMapping


def _nothing(_: Consignment) -> Sequence[PortalRequest]:
    return ()


def _no_answer(_: PortalRequest, answer: PortalAnswer) -> Verdict:
    return ()


@dataclass(frozen=True, slots=True)
class PortalFormat:
    """How figures leave. `table`: the mapping's table of what only this format knows, with the keys `allowed` and `needed` there.

    One that is sent makes `requests` of a consignment, and `read` says what an answer means. One that is a file has `fill` instead: it
    puts the lines of a period into the bytes of a template, and raises Refused where they have no place there.
    """

    requests: Callable[[Consignment], Sequence[PortalRequest]] = _nothing
    read: Callable[[PortalRequest, PortalAnswer], Verdict] = _no_answer
    fill: Callable[[bytes, PortalMapping, Sequence[TemplateLine], Period], bytes] | None = None
    table: str = ""
    allowed: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def is_dhis2(self) -> bool:
        return self.table == "dhis2"


def _for_dhis2(requests: Callable[[Consignment], Sequence[PortalRequest]]) -> PortalFormat:
    return PortalFormat(requests, read_summary, table="dhis2", allowed=dhis2.ALLOWED, needed=dhis2.NEEDED)


def _fill_workbook(template: bytes, mapping: PortalMapping, lines: Sequence[TemplateLine], period: Period) -> bytes:
    from reporting.portal.formats.workbook import fill  # lxml: only where a workbook is filled

    return fill(template, mapping, lines, period)


_OF_A_WORKBOOK = frozenset({"template", "units"})

PORTAL_FORMATS: Mapping[str, PortalFormat] = {
    "dhis2-json": _for_dhis2(dhis2_json.requests),
    "dhis2-xml": _for_dhis2(dhis2_xml.requests),
    "adx": _for_dhis2(adx.requests),
    "json": PortalFormat(signed_json.requests, signed_json.read),
    "csv": PortalFormat(fill=csv_file.fill, table="csv", allowed=csv_file.ALLOWED, needed=csv_file.NEEDED),
    "xlsx": PortalFormat(
        fill=_fill_workbook,
        table="xlsx",
        allowed=_OF_A_WORKBOOK | {"sheet", "first", "period"},
        needed=_OF_A_WORKBOOK,
    ),
}
