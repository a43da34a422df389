"""A correction that was begun and not sent: when its reporter is told so, when it is over, and in what words."""

from datetime import datetime, timedelta
from typing import Literal

from messages.reporters.question_buttons import draft_button
from messages.reporters.review_words import corrections
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.people import Address
from reporting.rounds.suppression import STILL_AFTER
from reporting.say import Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

FORGOTTEN_AFTER = timedelta(minutes=10)
"""A correction untouched for so long has been forgotten, or its reporter called away."""
SHORTLY = timedelta(minutes=15)
"""Where so little time is left, it is said as soon as no answer is in progress any more."""

Due = Literal["", "remind", "end"]


def unsent_due(draft: Draft, over_at: datetime, quiet_at: datetime | None, now: datetime) -> Due:
    """What the clock does about a correction that is open. `quiet_at`: when nobody may be told any more today, if that is known."""
    if now >= over_at:
        return "end"
    still = now - draft.touched_at if draft.touched_at is not None else FORGOTTEN_AFTER
    last_at = over_at if quiet_at is None else min(over_at, quiet_at)
    return "remind" if still >= (STILL_AFTER if now + SHORTLY >= last_at else FORGOTTEN_AFTER) else ""


def unsent(filling: Filling, unit: Unit, over_at: datetime, to: Address, words: Translator) -> Say | None:
    """That a correction has not been sent; None where it changes nothing. `over_at`: local."""
    changed = corrections(filling, words)
    if not changed:
        return None
    head = words("unsent_head", period=filling.period, unit=unit.title)
    text = Html("\n".join([head, *changed, words("unsent_foot", at=over_at)]))
    row = (draft_button(filling, words, "button_send", "send"), draft_button(filling, words, "button_drop", "drop"))
    return Say(to, text, (row,), rank=Rank.REMINDER, key=f"unsent {filling.draft.id}")


def unsent_over(filling: Filling, unit: Unit, over_at: datetime, to: Address, words: Translator) -> Say | None:
    """That a correction was not sent in time and is given up; None where it changes nothing. `over_at`: local."""
    changed = corrections(filling, words)
    if not changed:
        return None
    contact = in_language(filling.form.authority, words.language) or words.plain("contact_desk")
    head = words("unsent_over", period=filling.period, unit=unit.title, at=over_at)
    text = Html("\n".join([head, *changed, words("unsent_over_foot", contact=contact)]))
    return Say(to, text, rank=Rank.REMINDER, key=f"unsent over {filling.draft.id}")
