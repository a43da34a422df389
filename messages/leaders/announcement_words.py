"""An announcement as its sender has it while he writes it: what he is asked, for whom it is, and the preview."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.reminders.reminder_words import MOST_NAMED
from reporting.announcement import WHOM, Announcement
from reporting.collation import person_order
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.presses.leaders import AnnouncementPress
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

MOST_FORMS = 4
"""So many forms have a button for those who have not sent theirs."""


def ask_text_say(
    of: Announcement, units: Sequence[Unit], reached: int, forms: Sequence[Form], to: Address, words: Translator
) -> Say:
    """For whom it is, and what it says."""
    lines = [
        words("announcement_for", whom=whom_said(of, units, forms, words), n=reached),
        words("announcement_ask_text"),
    ]
    return Say(to, Html("\n".join(lines)), _whom_buttons(of, forms, words))


def control_say(
    of: Announcement,
    units: Sequence[Unit],
    reach: tuple[int, Sequence[Person], Sequence[Unit]],
    leaves: tuple[datetime, datetime],
    forms: Sequence[Form],
    zone: ZoneInfo,
    to: Address,
    words: Translator,
) -> Say:
    """What stands under the preview: to how many people it goes, who is not reached, when it leaves, and the buttons.

    `reach`: how many it reaches, who cannot be reached, the units with nobody. `leaves`: when it would leave, and when now is.
    """
    reached, unreachable, nobody = reach
    at, now = leaves
    lines = [words("announcement_for", whom=whom_said(of, units, forms, words), n=reached)]
    if unreachable:
        names = ", ".join(sorted((each.name for each in unreachable), key=person_order)[:MOST_NAMED])
        lines.append(words("announcement_unreachable", n=len(unreachable), names=names))
    if nobody:
        names = ", ".join(each.title for each in nobody[:MOST_NAMED])
        lines.append(words("announcement_nobody", n=len(nobody), names=names))
    wanted = of.send_at if of.send_at is not None and of.send_at > now else now
    if at > wanted:
        lines.append(words("announcement_after_quiet", time=at.astimezone(zone)))
    elif at > now:
        lines.append(words("announcement_at", time=at.astimezone(zone)))
    if of.due_at is not None:
        lines.append(words("announcement_until", time=of.due_at.astimezone(zone)))
    lines.append(words("announcement_review_how"))
    send = words.plain("announcement_button_set" if at > now else "announcement_button_send")
    rows = (
        (Button(send, AnnouncementPress(of.id, "send")),),
        (announcement_button(of, "hour", words), announcement_button(of, "due", words)),
        (announcement_button(of, "anew", words), announcement_button(of, "drop", words)),
    )
    return Say(to, Html("\n".join(lines)), (*rows, *_whom_buttons(of, forms, words)))


def whom_said(of: Announcement, units: Sequence[Unit], forms: Sequence[Form], words: Translator) -> str:
    """«cán bộ báo cáo của huyện Triệu Sơn»."""
    names = ", ".join(each.title for each in units[:MOST_NAMED])
    named = {each.key: in_language(each.title, words.language) or each.key for each in forms}
    return words.plain(f"announcement_whom_{of.audience.whom}", units=names, form=named.get(of.audience.form, ""))


def _whom_buttons(of: Announcement, forms: Sequence[Form], words: Translator) -> tuple[tuple[Button, ...], ...]:
    """The others for whom it could be."""
    others = [each for each in WHOM if each not in ("missing", of.audience.whom)]
    row = tuple(announcement_button(of, each, words) for each in others)
    missing = tuple(
        (Button(_missing_label(each, forms, words), AnnouncementPress(of.id, "missing", each.key)),)
        for each in forms[:MOST_FORMS]
        if (of.audience.whom, of.audience.form) != ("missing", each.key)
    )
    return (row, *missing)


def _missing_label(form: Form, forms: Sequence[Form], words: Translator) -> str:
    if len(forms) == 1:
        return words.plain("announcement_button_missing")
    title = in_language(form.title, words.language) or form.key
    return words.plain("announcement_button_missing_of", form=title)[:60]


def announcement_button(of: Announcement, move: str, words: Translator) -> Button:
    """What he can do with it."""
    return Button(words.plain(f"announcement_button_{move}"), AnnouncementPress(of.id, move))
