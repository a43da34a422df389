"""What the desk, and whoever reported a figure, reads of a portal that has refused it, or that nothing reaches."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.people import Address
from reporting.portal.consignment import ValueReceipt
from reporting.portal.troubles import RefusedDelivery, StoppedTarget
from reporting.say import Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import UnitTree

MOST_LISTED = 10
MOST_VALUES = 5


def refused_told(
    found: Sequence[RefusedDelivery], form: Form | None, tree: UnitTree, to: Address, words: Translator
) -> Say:
    """To the desk: which figures were refused, in whose words, and what to do. `form`: by which the figures are named."""
    lines = [words("portal_refused_list", n=len(found))]
    lines += [_line(each, form, tree, words) for each in found[:MOST_LISTED]]
    if len(found) > MOST_LISTED:
        lines.append(words("round_more", n=len(found) - MOST_LISTED))
    lines.append(words("portal_refused_how", id=str(found[0].id)))
    return Say(to, Html("\n".join(lines)), rank=Rank.REMINDER)


def refused_told_to_reporter(
    each: RefusedDelivery, form: Form | None, tree: UnitTree, to: Address, words: Translator
) -> Say:
    """To whoever reports for the unit: a figure of his was refused as such."""
    text = words(
        "portal_refused_yours",
        target=each.target,
        unit=tree.unit(each.unit_id).title,
        period=each.period,
        values=_values(each, form, words),
    )
    return Say(to, text, rank=Rank.REMINDER)


def stopped_told(each: StoppedTarget, zone: ZoneInfo, to: Address, words: Translator) -> Say:
    """To the desk: since when nothing reaches a target, why, and how much waits."""
    key, _, said = each.error.partition(": ")
    known = words.plain(key) if key in words.keys else each.error
    reason = words.plain("portal_why", why=known, said=said) if said and key in words.keys else known
    text = words(
        "portal_stopped_told", target=each.target, since=each.since.astimezone(zone), why=reason, n=each.waiting
    )
    return Say(to, text, rank=Rank.REMINDER, key=f"portal {each.id}")


def _line(each: RefusedDelivery, form: Form | None, tree: UnitTree, words: Translator) -> Html:
    return words(
        "portal_refused_line",
        target=each.target,
        unit=tree.unit(each.unit_id).title,
        period=each.period,
        values=_values(each, form, words),
        id=str(each.id),
    )


def _values(each: RefusedDelivery, form: Form | None, words: Translator) -> str:
    said = [_value(one, form, words) for one in each.receipts[:MOST_VALUES]]
    more = len(each.receipts) - MOST_VALUES
    return "; ".join([*said, words.plain("round_more", n=more)] if more > 0 else said)


def _value(receipt: ValueReceipt, form: Form | None, words: Translator) -> str:
    question = form.by_name.get(receipt.indicator) if form is not None else None
    label = in_language(question.alone, words.language) if question is not None else receipt.indicator
    said = f"{receipt.words} {receipt.code}".strip()
    return words.plain("portal_refused_value", label=label, value=receipt.value, said=said)
