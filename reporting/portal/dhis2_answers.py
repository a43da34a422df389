"""What an import summary of DHIS2 means for each value that was sent.

It is judged by the body's status, its conflicts and `rejectedIndexes`. The HTTP status says nothing (a warning is 409 up to 2.42 and
200 from 2.43), nor does `imported` (always 0 from 2.43); up to 2.42 an unchanged value counts as `ignored`, without a conflict.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reporting.portal.consignment import (
    PortalAnswer,
    PortalRequest,
    PortalTrouble,
    PortalValue,
    ReceiptState,
    ValueReceipt,
    Verdict,
    trouble_of,
)

WORDS = 500
"""So much of a taker's words is kept of each value."""


def read_summary(request: PortalRequest, answer: PortalAnswer) -> Verdict:
    """A receipt for each value of the request, or a trouble where the answer says nothing of any."""
    body = _object(answer.body)
    words = str(body.get("message", ""))[:WORDS]
    if (trouble := trouble_of(answer, words)) is not None:
        return trouble
    summary = body.get("response", body)
    if not isinstance(summary, Mapping) or summary.get("status") not in ("SUCCESS", "WARNING", "ERROR"):
        if answer.status == 409:
            return _all(request, "refused", str(body.get("errorCode", "")), words)
        return PortalTrouble("portal_answer_unread", words)
    return _receipts(request, summary, words)


def _receipts(request: PortalRequest, summary: Mapping[str, Any], words: str) -> tuple[ValueReceipt, ...]:
    conflicts = [each for each in summary.get("conflicts") or () if isinstance(each, Mapping)]
    status, rejected = summary["status"], _whole_numbers(summary.get("rejectedIndexes"))
    if request.kind == "completion":
        return ()
    said = {at: conflict for at in range(len(request.about)) for conflict in conflicts[::-1] if _is_about(conflict, at)}
    of_all = conflicts[0] if conflicts else {"value": summary.get("description") or words}
    if status == "ERROR" and not said and not rejected:
        return _all(request, "refused", str(of_all.get("errorCode", "")), str(of_all.get("value", "")))
    refused = set(said) | (rejected if request.kind == "values" else set())
    if status != "SUCCESS" and not refused and conflicts:
        refused = set(
            range(len(request.about))
        )  # it refuses something and does not say what: nothing is taken for granted
    return _one_by_one(request, refused, said, of_all, summary)


def _one_by_one(
    request: PortalRequest,
    refused: set[int],
    said: Mapping[int, Mapping[str, Any]],
    of_all: Mapping[str, Any],
    summary: Mapping[str, Any],
) -> tuple[ValueReceipt, ...]:
    counts = summary.get("importCount") or {}
    ignored = int(counts.get("ignored", 0)) - len(refused)
    taken: ReceiptState = "unchanged" if 0 < ignored == len(request.about) - len(refused) else "taken"
    taken = "deleted" if request.kind == "deletion" else taken
    found = []
    for at, each in enumerate(request.about):
        why = said.get(at, of_all) if at in refused else {}
        state: ReceiptState = "refused" if at in refused else taken
        found.append(_receipt(each, state, str(why.get("errorCode", "")), str(why.get("value", ""))))
    return tuple(found)


def refusal_of_completion(answer: PortalAnswer) -> str:
    """Why a set could not be registered as complete; «» where it was."""
    body = _object(answer.body)
    summary = body.get("response", body)
    summary = summary if isinstance(summary, Mapping) else {}
    if 200 <= answer.status < 300 and summary.get("status", "SUCCESS") == "SUCCESS":
        return ""
    conflicts = summary.get("conflicts") or [{}]
    return str(conflicts[0].get("value") or body.get("message") or f"HTTP {answer.status}")[:WORDS]


def _is_about(conflict: Mapping[str, Any], at: int) -> bool:
    return at in _whole_numbers(conflict.get("indexes"))


def _all(request: PortalRequest, state: ReceiptState, code: str, words: str) -> tuple[ValueReceipt, ...]:
    return tuple(_receipt(each, state, code, words) for each in request.about)


def _receipt(each: PortalValue, state: ReceiptState, code: str, words: str) -> ValueReceipt:
    return ValueReceipt(each.indicator.name, each.value, state, code[:20], words[:WORDS])


def _whole_numbers(found: Any) -> set[int]:
    is_list = isinstance(found, Sequence) and not isinstance(found, str)
    return {each for each in found if isinstance(each, int)} if is_list else set()


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}
