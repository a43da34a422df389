"""What a correction changes in a digest that was already sent: one line to whoever was told the old figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.amounts import number
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Number
from reporting.figures.carried import Last, Whole
from reporting.forms import Kind
from reporting.translator import Html, Translator

MOST_CHANGES = 3
"""So many changed indicators of one report are spelt out; the rest are counted."""


@dataclass(frozen=True, slots=True)
class DigestChange:
    """An indicator that a digest told as `old` for a unit and that is `new` now (None: withdrawn); `total`: told for all.

    `is_back`: `old` is what an earlier correction said (None: withdrawn), and `new` what the digest had told.
    """

    name: str
    label: str
    unit: str
    kind: Kind | None
    old: int | float | None
    new: int | float | None
    total: int | float | None
    is_back: bool = False


def changes(told: Digest, unit_id: int, figures: Mapping[str, Number]) -> list[DigestChange]:
    """What a digest told of this unit and is no longer so, by its figures of now; what it did not count it cannot have told."""
    row = next((row for row in told.content.rows if row.id == unit_id), None)
    if row is None:
        return []
    found = []
    for each, old in zip(told.content.indicators, row.values, strict=True):
        new = number(figures.get(each.name))
        if old is not None and new != old:
            found.append(DigestChange(each.name, each.label, each.unit, each.kind, old, new, each.total))
    return found


def taken_back(
    told: Digest, unit_id: int, figures: Mapping[str, Number], corrected: Mapping[str, Number | None]
) -> list[DigestChange]:
    """What an earlier correction has told otherwise than the digest, and is again as that had it. `corrected`: what it said."""
    row = next((row for row in told.content.rows if row.id == unit_id), None)
    if row is None:
        return []
    return [
        DigestChange(each.name, each.label, each.unit, each.kind, said, new, None, is_back=True)
        for each, old in zip(told.content.indicators, row.values, strict=True)
        if old is not None
        and each.name in corrected
        and (said := number(corrected[each.name])) != old == (new := number(figures.get(each.name)))
    ]


def counted_units(told: Digest, name: str) -> list[int]:
    """The ids of the units whose value of an indicator the digest counted."""
    place = [each.name for each in told.content.indicators].index(name)
    return [row.id for row in told.content.rows if row.values[place] is not None]


def carried_units(told: Digest, name: str) -> dict[int, Last[Number]]:
    """What late units stood in the digest's total of an indicator with, by unit id; later reports of theirs change nothing in it."""
    rows = ((row.id, row.carried.get(name)) for row in told.content.rows)
    return {one: Last(_exact(of.value), of.period) for one, of in rows if of is not None}


def _exact(value: int | float) -> Number:
    return value if isinstance(value, int) else Decimal(str(value))


def correction(
    told: Digest,
    unit: str,
    changed: Sequence[DigestChange],
    totals: Mapping[str, Whole[Number]],
    reason: str,
    words: Translator,
) -> Html:
    """«xã Thọ Dân – Số ca mắc mới: 3 → 5 ca (huyện Triệu Sơn: 78 → 80)…»; `totals`: of now, over the units that were counted."""
    parts = []
    for each in changed[:MOST_CHANGES]:
        new = words("digest_withdrawn") if each.new is None else words("digest_counted", value=each.new, unit=each.unit)
        old = words("digest_withdrawn") if each.old is None else each.old
        part = words("digest_change_back" if each.is_back else "digest_change", label=each.label, old=old, new=new)
        if unit != told.content.unit and each.name in totals and each.total is not None:
            of = totals[each.name]
            why = words("picture_no_sum" if of.is_no_sum else "picture_untold")
            total = why if of.value is None else of.value
            of_all = words("digest_change_total", unit=told.content.unit, old=each.total, new=total)
            part = Html(part + of_all)
        parts.append(part)
    said = words("digest_correction", unit=unit, changes=Html("; ".join(parts)))
    if len(changed) > MOST_CHANGES:
        said = Html(said + words("digest_changes_more", n=len(changed) - MOST_CHANGES))
    if any(each.kind == "total" for each in changed):
        said = Html(said + words("digest_change_later"))
    return Html(said + (words("digest_change_reason", reason=reason) if reason else ""))
