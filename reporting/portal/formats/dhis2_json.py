"""DHIS2's `dataValueSets` as JSON. Every value is a string: from 2.43 on nothing else is read."""

import json

from reporting.portal.consignment import Consignment, PortalRequest, PortalValue
from reporting.portal.dhis2 import imports
from reporting.portal.periods import dhis2_period, sent_as


def requests(consignment: Consignment) -> list[PortalRequest]:
    return imports(consignment, "application/json", body)


def body(consignment: Consignment, values: tuple[PortalValue, ...]) -> bytes:
    """One data set, unit and period: an index in the answer is a value of this unit."""
    options = consignment.mapping.options
    found: dict[str, object] = {
        "dataSet": options["dataSet"],
        "period": dhis2_period(sent_as(consignment.mapping, consignment.period)),
        "orgUnit": consignment.unit,
    }
    if combo := options.get("attributeOptionCombo"):
        found["attributeOptionCombo"] = combo
    found["dataValues"] = [_value(each) for each in values]
    return json.dumps(found, ensure_ascii=False).encode()


def _value(each: PortalValue) -> dict[str, str]:
    combo = {"categoryOptionCombo": each.indicator.combo} if each.indicator.combo else {}
    return {"dataElement": each.indicator.element, **combo, "value": each.value}
