"""What a briefing page can tell: one function for each kind of item, by the block that it stands in."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from messages.briefings.pending_items import (
    announcements_unacknowledged,
    contradictions_open,
    messages_unsaid,
    owed_still,
    questions_open,
    questions_unanswered,
    reports_returned,
    targets_missed,
    waiting_approvals,
    waiting_proposals,
)
from messages.briefings.reading import BriefingItem, BriefingReading
from messages.briefings.round_items import (
    arrived_since,
    corrected_since,
    levels_changed,
    missing_reports,
    new_figures,
    turns_for_worse,
    unusual_figures,
)
from reporting.briefings.briefing_content import BLOCKS, BlockName


class ItemKind(NamedTuple):
    """A kind of item and the block that it stands in. The function's name is the kind of its matters."""

    block: BlockName
    items: Callable[[BriefingReading], Iterable[BriefingItem]]


ITEMS: tuple[ItemKind, ...] = (
    ItemKind("new", new_figures),
    ItemKind("new", arrived_since),
    ItemKind("new", corrected_since),
    ItemKind("new", levels_changed),
    ItemKind("worse", unusual_figures),
    ItemKind("worse", turns_for_worse),
    ItemKind("missing", missing_reports),
    ItemKind("waiting", waiting_approvals),
    ItemKind("waiting", questions_open),
    ItemKind("waiting", contradictions_open),
    ItemKind("waiting", waiting_proposals),
    ItemKind("waiting", messages_unsaid),
    ItemKind("promised", owed_still),
    ItemKind("promised", reports_returned),
    ItemKind("promised", questions_unanswered),
    ItemKind("promised", targets_missed),
    ItemKind("promised", announcements_unacknowledged),
)
"""In each block in the order in which they are said."""

ItemsOf = Mapping[BlockName, list[BriefingItem]]


def items_of(reading: BriefingReading) -> ItemsOf:
    """By block what it tells, in the order in which it is said."""
    found: dict[BlockName, list[BriefingItem]] = {name: [] for name in BLOCKS}
    for kind in ITEMS:
        found[kind.block] += kind.items(reading)
    return found
