"""The formats by the name that a mapping has for them. The only list of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reporting.portal import dhis2
from reporting.portal.consignment import Consignment, PortalAnswer, PortalRequest, Verdict
from reporting.portal.dhis2_answers import read_summary
from reporting.portal.formats import adx, dhis2_json, dhis2_xml, signed_json


@dataclass(frozen=True, slots=True)
class PortalFormat:
    """How figures leave. `table`: the mapping's table of what only this format knows, with the keys `allowed` and `needed` there.

    `requests` are made of a consignment one after the other, and `read` says what an answer means.
    """

    requests: Callable[[Consignment], Sequence[PortalRequest]]
    read: Callable[[PortalRequest, PortalAnswer], Verdict]
    table: str = ""
    allowed: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def is_dhis2(self) -> bool:
        return self.table == "dhis2"


def _for_dhis2(requests: Callable[[Consignment], Sequence[PortalRequest]]) -> PortalFormat:
    return PortalFormat(requests, read_summary, "dhis2", dhis2.ALLOWED, dhis2.NEEDED)


PORTAL_FORMATS: Mapping[str, PortalFormat] = {
    "dhis2-json": _for_dhis2(dhis2_json.requests),
    "dhis2-xml": _for_dhis2(dhis2_xml.requests),
    "adx": _for_dhis2(adx.requests),
    "json": PortalFormat(signed_json.requests, signed_json.read),
}
