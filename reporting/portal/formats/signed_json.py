"""Plain JSON for a portal without a standard: every value under its name, with an idempotency key.

The answer is one of ours: 2xx takes all; `{"refused": [{"element", "code", "message"}]}` in it, or in a 409 or 422, refuses some.
"""

import json
from typing import Any

from reporting.portal.consignment import (
    Consignment,
    PortalAnswer,
    PortalRequest,
    PortalTrouble,
    PortalValue,
    ReceiptState,
    RequestKind,
    ValueReceipt,
    Verdict,
    trouble_of,
)
from reporting.portal.dhis2_answers import WORDS
from reporting.portal.periods import adx_period


def requests(consignment: Consignment) -> list[PortalRequest]:
    """One request for all of it: values, and null for what is no more."""
    about = (*consignment.values, *consignment.gone)
    kind: RequestKind = "values" if consignment.values else "deletion"
    if not about:
        return []
    headers = {"Idempotency-Key": consignment.id}
    return [PortalRequest(kind, "", _body(consignment), "application/json", about, headers)]


def _body(consignment: Consignment) -> bytes:
    mapping = consignment.mapping
    gone: list[dict[str, Any]] = [_said(each, None) for each in consignment.gone]
    found = {
        "target": mapping.key,
        "form": mapping.form,
        "unit": consignment.unit,
        "period": adx_period(consignment.period),
        "first": consignment.period.first_on.isoformat(),
        "last": consignment.period.last_on.isoformat(),
        "key": consignment.id,
        "complete": consignment.is_complete,
        "values": [_said(each, each.value) for each in consignment.values] + gone,
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _said(each: PortalValue, value: str | None) -> dict[str, Any]:
    return {"element": each.indicator.element, "value": value, **each.indicator.categories}


def read(request: PortalRequest, answer: PortalAnswer) -> Verdict:
    """A receipt for each value; of 422 as of 409 what the body says."""
    status = 409 if answer.status == 422 else answer.status
    if (trouble := trouble_of(PortalAnswer(status, answer.body, answer.retry_after))) is not None:
        return trouble
    refused = _refused(answer.body)
    if refused is None:
        return PortalTrouble("portal_answer_unread")
    if status == 409 and not refused:
        return tuple(_receipt(each, "refused", {"message": f"HTTP {answer.status}"}) for each in request.about)
    return tuple(_judged(each, refused) for each in request.about)


def _judged(each: PortalValue, refused: dict[str, dict[str, Any]]) -> ValueReceipt:
    why = refused.get(each.indicator.element)
    if why is not None:
        return _receipt(each, "refused", why)
    return _receipt(each, "deleted" if each.is_gone else "taken", {})


def _receipt(each: PortalValue, state: ReceiptState, why: dict[str, Any]) -> ValueReceipt:
    code, words = str(why.get("code", ""))[:20], str(why.get("message", ""))[:WORDS]
    return ValueReceipt(each.indicator.name, each.value, state, code, words)


def _refused(body: bytes) -> dict[str, dict[str, Any]] | None:
    """By element why it was refused; None where the body is nothing that we know (a page to log in at, say)."""
    if not body.strip():
        return {}
    try:
        found = json.loads(body)
    except ValueError:
        return None
    said = found.get("refused", []) if isinstance(found, dict) else None
    if not isinstance(said, list):
        return None
    return {str(each["element"]): each for each in said if isinstance(each, dict) and "element" in each}
