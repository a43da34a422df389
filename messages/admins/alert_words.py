"""What the desk's chat is told when something stands still, and when it is over."""

from collections.abc import Mapping, Sequence
from typing import Any

from reporting.people import Address
from reporting.say import Rank, Say
from reporting.tick_parts import TickPart
from reporting.translator import Translator
from reporting.units import UnitTree

MOST_NAMED = 5


def alert_told(key: str, values: Mapping[str, Any], to: Address, words: Translator) -> Say:
    """`key`: of the sentence that says what was found, with its `values`; `KEY_advice` says what to do."""
    found, advice = words(key, **values), words(f"{key}_advice", **values)
    return Say(to, words("alert_told", found=found, advice=advice), rank=Rank.REMINDER)


def alert_over(key: str, values: Mapping[str, Any], to: Address, words: Translator) -> Say:
    """The trouble is over; `key` and `values` say how it stands now."""
    return Say(to, words("alert_over", found=words(key, **values)), rank=Rank.REMINDER)


def failing_parts(failing: Sequence[TickPart], tree: UnitTree | None, words: Translator) -> str:
    """«remind (biểu mẫu covid, xã Thọ Dân (15742)); due_digests»: each by what the desk finds it by."""
    said = [_part(each, tree, words) for each in failing[:MOST_NAMED]]
    left = len(failing) - len(said)
    return "; ".join([*said, words.plain("tick_parts_more", n=left)] if left else said)


def _part(of: TickPart, tree: UnitTree | None, words: Translator) -> str:
    about = [words.plain("tick_part_form", form=of.form)] if of.form else []
    if of.unit_id:
        is_known = tree is not None and tree.has(of.unit_id)
        about.append(tree.unit(of.unit_id).title_with_code if tree is not None and is_known else f"#{of.unit_id}")
    about += [words.plain("tick_part_person", id=str(of.person_id))] if of.person_id else []
    about += [of.row] if of.row else []
    return f"{of.job} ({', '.join(about)})" if about else of.job
