"""What leaves at once for a portal: the values of one unit and period; the requests made of it, and what their answers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from reporting.period_types import Period
from reporting.portal.mapping import MappedIndicator, PortalMapping

ReceiptState = Literal["sent", "taken", "unchanged", "refused", "deleted"]
"""«sent»: it is on its way, or nobody knows what became of it: it may be there."""
RequestKind = Literal["values", "deletion", "completion"]


@dataclass(frozen=True, slots=True)
class PortalValue:
    """A value as it is written there. `is_gone`: it is to be deleted, and this is what was there last."""

    indicator: MappedIndicator
    value: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Consignment:
    """All that one unit has to send for one period. `gone`: what was taken once and is no more (each `is_gone`).

    `is_complete`: everything that it rests on has come; `was_complete`: that has been registered there, None where nobody knows.
    `id`: by which a taker knows a repetition: the same as long as the same is sent.
    """

    mapping: PortalMapping
    unit: str
    period: Period
    at: datetime
    values: tuple[PortalValue, ...] = ()
    gone: tuple[PortalValue, ...] = ()
    is_complete: bool = False
    was_complete: bool | None = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """What a file has of one unit: its name there and its values."""

    unit: str
    values: tuple[PortalValue, ...]


@dataclass(frozen=True, slots=True)
class PortalRequest:
    """One request. `about`: the values in it, in their order; `path` starts at the mapping's address."""

    kind: RequestKind
    path: str
    body: bytes
    content_type: str
    about: tuple[PortalValue, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    method: Literal["GET", "POST"] = "POST"


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """What came back, not yet understood. `retry_after`: seconds that the taker asks for."""

    status: int
    body: bytes
    retry_after: float = 0.0


@dataclass(frozen=True, slots=True)
class ValueReceipt:
    """The taker's answer about one value. `code` and `words` are his own, «» where he has said nothing about it."""

    indicator: str
    value: str
    state: ReceiptState
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class PortalTrouble:
    """Why nothing can be said of any value. `is_setup`: waiting does not mend it, the desk has to (a token, an address). `is_alone`:
    of one delivery, a bug of ours at it; the target's others go on.
    """

    key: str
    words: str = ""
    is_setup: bool = False
    retry_after: float = 0.0
    is_alone: bool = False


Verdict = tuple[ValueReceipt, ...] | PortalTrouble
"""What an answer means: a receipt for each value that was sent, or a trouble."""


def trouble_of(answer: PortalAnswer, words: str = "") -> PortalTrouble | None:
    """What an HTTP status by itself says, of any taker; None where the body decides (2xx, 409)."""
    status = answer.status
    if status in (401, 403):
        return PortalTrouble("portal_not_let_in", words, is_setup=True)
    if 300 <= status < 400:
        return PortalTrouble("portal_redirected", words, is_setup=True)
    if status == 429 or status >= 500:
        return PortalTrouble("portal_not_now", words or f"HTTP {status}", retry_after=answer.retry_after)
    if status in (400, 404, 405, 413, 415):
        return PortalTrouble("portal_not_understood", words or f"HTTP {status}", is_setup=True)
    if not (200 <= status < 300 or status == 409):
        return PortalTrouble("portal_not_understood", words or f"HTTP {status}", is_setup=True)
    return None
