"""ADX (IHE QRPH, 2015) as DHIS2 reads it: a group for the unit and period, categories as attributes of their own."""

from datetime import UTC
from xml.etree import ElementTree

from reporting.portal.consignment import Consignment, PortalRequest, PortalValue
from reporting.portal.dhis2 import imports
from reporting.portal.periods import adx_period, sent_as

NAMESPACE = "urn:ihe:qrph:adx:2015"


def requests(consignment: Consignment) -> list[PortalRequest]:
    return imports(consignment, "application/adx+xml", body)


def body(consignment: Consignment, values: tuple[PortalValue, ...]) -> bytes:
    options = consignment.mapping.options
    root = ElementTree.Element("adx", xmlns=NAMESPACE)
    root.set("exported", f"{consignment.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    group = ElementTree.SubElement(root, "group")
    group.set("orgUnit", consignment.unit)
    group.set("period", adx_period(sent_as(consignment.mapping, consignment.period)))
    group.set("dataSet", options["dataSet"])
    if combo := options.get("attributeOptionCombo"):
        group.set("attributeOptionCombo", combo)
    for each in values:
        one = ElementTree.SubElement(group, "dataValue")
        one.set("dataElement", each.indicator.element)
        for category, option in each.indicator.categories.items():
            one.set(category, option)
        if each.indicator.combo:
            one.set("categoryOptionCombo", each.indicator.combo)
        one.set("value", each.value)
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written
