"""ADX (IHE QRPH, 2015) as DHIS2 reads it: a group for the unit and period, categories as attributes of their own."""

from datetime import UTC

from lxml import etree

from reporting.portal.consignment import Consignment, PortalRequest, PortalValue
from reporting.portal.dhis2 import imports
from reporting.portal.periods import adx_period

NAMESPACE = "urn:ihe:qrph:adx:2015"


def requests(consignment: Consignment) -> list[PortalRequest]:
    return imports(consignment, "application/adx+xml", body)


def body(consignment: Consignment, values: tuple[PortalValue, ...]) -> bytes:
    options = consignment.mapping.options
    root = etree.Element(f"{{{NAMESPACE}}}adx", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # None is the default namespace
    root.set("exported", f"{consignment.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    group = etree.SubElement(root, f"{{{NAMESPACE}}}group")
    group.set("orgUnit", consignment.unit)
    group.set("period", adx_period(consignment.kind, consignment.period))
    group.set("dataSet", options["dataSet"])
    if combo := options.get("attributeOptionCombo"):
        group.set("attributeOptionCombo", combo)
    for each in values:
        one = etree.SubElement(group, f"{{{NAMESPACE}}}dataValue")
        one.set("dataElement", each.indicator.element)
        for category, option in each.indicator.categories.items():
            one.set(category, option)
        if each.indicator.combo:
            one.set("categoryOptionCombo", each.indicator.combo)
        one.set("value", each.value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
