"""What all formats for DHIS2 share: its options, the address of an import, what is asked of it before anything is sent, completion.

Facts are those of DHIS2's documentation and source: answers differ between 2.42 and 2.43 in status code, counts and the shape of
conflicts, so none of these is trusted alone (`dhis2_answers.py`).
"""

import json
from typing import Any
from urllib.parse import urlencode

from reporting.errors import Refused
from reporting.period_types import PeriodType
from reporting.portal.consignment import Consignment, PortalRequest, PortalValue, RequestKind
from reporting.portal.mapping import MappedIndicator, PortalMapping
from reporting.portal.periods import dhis2_period, dhis2_type, sent_as, sent_type

NEEDED = frozenset({"dataSet"})
SCHEMES = ("idScheme", "dataElementIdScheme", "orgUnitIdScheme", "dataSetIdScheme", "categoryOptionComboIdScheme")
ALLOWED = NEEDED | {*SCHEMES, "attributeOptionCombo", "complete"}
_SCHEME_NAMES = ("uid", "code", "name")
IMPORT = "/api/dataValueSets"
COMPLETION = "/api/completeDataSetRegistrations"


def scheme(mapping: PortalMapping, of: str) -> str:
    """By what something is named in this mapping («dataElement», «orgUnit», «dataSet»): uid where nothing is said."""
    return mapping.options.get(f"{of}IdScheme") or mapping.options.get("idScheme") or "uid"


def scheme_is_known(name: str) -> bool:
    return name.lower() in _SCHEME_NAMES or name.lower().startswith("attribute:")


def import_path(mapping: PortalMapping, kind: RequestKind) -> str:
    """The address of an import, with all schemes said: defaults differ between formats (ADX's is «code»)."""
    named = {f"{each}IdScheme": scheme(mapping, each) for each in ("dataElement", "orgUnit", "dataSet")}
    named["categoryOptionComboIdScheme"] = scheme(mapping, "categoryOptionCombo")
    named["importStrategy"] = "DELETE" if kind == "deletion" else "CREATE_AND_UPDATE"
    return f"{IMPORT}?{urlencode(named)}"


def imports(consignment: Consignment, content_type: str, write: Any) -> list[PortalRequest]:
    """What is to be asked of DHIS2, in order: values, deletions, then whether the set is complete. `write`: values as a body."""
    mapping = consignment.mapping
    parts: tuple[tuple[RequestKind, tuple[PortalValue, ...]], ...] = (
        ("values", consignment.values),
        ("deletion", consignment.gone),
    )
    found = [
        PortalRequest(kind, import_path(mapping, kind), write(consignment, values), content_type, values)
        for kind, values in parts
        if values
    ]
    if mapping.options.get("complete") == "true" and consignment.is_complete != consignment.was_complete:
        found.append(_completion(consignment))
    return found


def _completion(consignment: Consignment) -> PortalRequest:
    """Registered by itself and last: in 2.42 a `completeDate` among the values counts before any of them is read."""
    mapping = consignment.mapping
    one = {
        "dataSet": mapping.options["dataSet"],
        "period": dhis2_period(sent_as(consignment.mapping, consignment.period)),
        "organisationUnit": consignment.unit,
        "date": f"{consignment.at:%Y-%m-%d}",
        "completed": True,
    }
    if combo := mapping.options.get("attributeOptionCombo"):
        one["attributeOptionCombo"] = combo
    named = {f"{each}IdScheme": scheme(mapping, each) for each in ("dataSet", "orgUnit")}
    named["attributeOptionComboIdScheme"] = scheme(mapping, "categoryOptionCombo")
    named["importStrategy"] = "CREATE_AND_UPDATE" if consignment.is_complete else "DELETE"
    body = json.dumps({"completeDataSetRegistrations": [one]}).encode()
    return PortalRequest("completion", f"{COMPLETION}?{urlencode(named)}", body, "application/json")


def metadata_request(mapping: PortalMapping) -> PortalRequest:
    """What the server says of the data set and its elements; it is asked before anything is sent."""
    field = _field(scheme(mapping, "dataSet"))
    elements = "dataSetElements[dataElement[id,code,name,valueType,zeroIsSignificant,attributeValues]]"
    named = {
        "filter": f"{field}:eq:{mapping.options['dataSet']}",
        "fields": f"id,code,name,periodType,{elements}",
        "paging": "false",
    }
    return PortalRequest("values", f"/api/dataSets.json?{urlencode(named)}", b"", "application/json", method="GET")


def metadata_problems(mapping: PortalMapping, of: PeriodType, body: bytes) -> list[Refused]:
    """Why the server would not keep what is sent: no such set, other periods, an element that is not in it or loses its zeros."""
    try:
        sets = json.loads(body)["dataSets"]
        of_set = sets[0] if sets else None
        elements = [each["dataElement"] for each in of_set["dataSetElements"]] if of_set else []
    except (ValueError, KeyError, TypeError, IndexError):
        return [Refused("portal_no_metadata", url=mapping.url)]
    if of_set is None:
        return [Refused("portal_no_data_set", data_set=mapping.options["dataSet"])]
    found = []
    ours = dhis2_type(sent_type(mapping, of))
    if of_set.get("periodType") != ours:
        found.append(Refused("portal_period_type", theirs=str(of_set.get("periodType")), ours=ours or of.kind))
    by_name = {_named(each, scheme(mapping, "dataElement")): each for each in elements}
    return found + [each for one in mapping.indicators if (each := _element_problem(one, by_name)) is not None]


def _element_problem(indicator: MappedIndicator, by_name: dict[str, Any]) -> Refused | None:
    element = by_name.get(indicator.element)
    if element is None:
        return Refused("portal_not_in_set", indicator=indicator.name, element=indicator.element)
    if not element.get("zeroIsSignificant") and not indicator.choices:
        return Refused("portal_zero_is_lost", indicator=indicator.name, element=indicator.element)
    return None


def _field(scheme: str) -> str:
    return "id" if scheme.lower() == "uid" else scheme.lower()


def _named(element: dict[str, Any], by: str) -> str:
    if by.lower().startswith("attribute:"):
        held = {each["attribute"]["id"]: each["value"] for each in element.get("attributeValues", ())}
        return str(held.get(by.partition(":")[2], ""))
    return str(element.get(_field(by), ""))
