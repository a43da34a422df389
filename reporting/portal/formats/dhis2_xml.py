"""DHIS2's `dataValueSets` as XML."""

from xml.etree import ElementTree

from reporting.portal.consignment import Consignment, PortalRequest, PortalValue
from reporting.portal.dhis2 import imports
from reporting.portal.periods import dhis2_period, sent_as

NAMESPACE = "http://dhis2.org/schema/dxf/2.0"


def requests(consignment: Consignment) -> list[PortalRequest]:
    return imports(consignment, "application/xml", body)


def body(consignment: Consignment, values: tuple[PortalValue, ...]) -> bytes:
    options = consignment.mapping.options
    root = ElementTree.Element("dataValueSet", xmlns=NAMESPACE)
    root.set("dataSet", options["dataSet"])
    root.set("period", dhis2_period(sent_as(consignment.mapping, consignment.period)))
    root.set("orgUnit", consignment.unit)
    if combo := options.get("attributeOptionCombo"):
        root.set("attributeOptionCombo", combo)
    for each in values:
        one = ElementTree.SubElement(root, "dataValue")
        one.set("dataElement", each.indicator.element)
        if each.indicator.combo:
            one.set("categoryOptionCombo", each.indicator.combo)
        one.set("value", each.value)
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written
