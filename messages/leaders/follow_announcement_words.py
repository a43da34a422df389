"""An announcement that has left, as its sender follows it: who has acknowledged, who is to be reminded, the evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.leaders.announcement_words import announcement_button
from messages.reminders.reminder_words import MOST_NAMED, clock
from messages.reporters.announced_words import short
from reporting.announcement import Announcement, Receipt, not_acknowledged, to_be_reminded
from reporting.collation import person_order
from reporting.events.announcements import AcknowledgementsDue, AnnouncementLeft
from reporting.form_files import TextLines
from reporting.people import Address
from reporting.presses.leaders import AnnouncementPress
from reporting.say import Button, Drawn, Rank, Say
from reporting.translator import Html, Translator, translator
from reporting.units import Unit


def announcement_sent_say(
    of: Announcement, count: int, zone: ZoneInfo, to: Address, words: Translator, *, lacking: int = 0
) -> Say:
    """It has left, to so many, and could not be given to the `lacking`; or it is set for its hour."""
    number = str(of.id)
    if of.state == "set" and of.send_at is not None:
        text = words("announcement_set", number=number, time=of.send_at.astimezone(zone))
        return Say(to, text, ((announcement_button(of, "edit", words), announcement_button(of, "recall", words)),))
    return Say(to, _sent(of, count, lacking, words), _after(of, words))


def _sent(of: Announcement, count: int, lacking: int, words: Translator) -> Html:
    lines = [words("announcement_sent", number=str(of.id), n=count)]
    if lacking:
        lines.append(words("announcement_lacks", n=lacking))
    return Html("\n".join(lines))


def _after(of: Announcement, words: Translator) -> tuple[tuple[Button, ...], ...]:
    if not of.is_out:
        return ((announcement_button(of, "evidence", words),),)
    return (
        (announcement_button(of, "who", words), announcement_button(of, "evidence", words)),
        (announcement_button(of, "edit", words), announcement_button(of, "recall", words)),
    )


def standing_of_announcement(
    of: Announcement,
    receipts: Sequence[Receipt],
    units: Mapping[int, Unit],
    now: datetime,
    zone: ZoneInfo,
    to: Address,
    words: Translator,
) -> Say:
    """Who has acknowledged, and by unit who has not; with a button to remind these."""
    lines = [*_head(of, receipts, now, zone, words)]
    lacking = not_acknowledged(receipts)
    lines += _by_unit(lacking, units, words)
    rows = _after(of, words)
    if of.is_out and (left := to_be_reminded(lacking, now)):
        label = words.plain("announcement_button_remind", n=len(left))
        rows = ((Button(label, AnnouncementPress(of.id, "remind")),), *rows)
    lines.append(words("announcement_how", number=str(of.id)))
    return Say(to, Html("\n".join(lines)), rows)


def recall_sure_say(of: Announcement, to: Address, words: Translator) -> Say:
    """Whether it is to be recalled for sure."""
    text = words("announcement_recall_sure", number=str(of.id), text=short(of.text))
    return Say(to, text, ((announcement_button(of, "sure", words), announcement_button(of, "who", words)),))


def _head(
    of: Announcement, receipts: Sequence[Receipt], now: datetime, zone: ZoneInfo, words: Translator
) -> list[Html]:
    """Which it is, when it left, and how many have acknowledged."""
    lines = [words("announcement_named", number=str(of.id), text=short(of.text))]
    if of.recalled_at is not None:
        lines.append(words("announcement_recalled_at", time=clock(of.recalled_at, now, zone, words)))
    if of.sent_at is None:
        if of.state == "set" and of.send_at is not None:
            lines.append(words("announcement_at", time=of.send_at.astimezone(zone)))
        return lines
    done = len(receipts) - len(not_acknowledged(receipts))
    lines.append(words("announcement_counts", time=clock(of.sent_at, now, zone, words), done=done, n=len(receipts)))
    if of.due_at is not None:
        key = "announcement_until" if now < of.due_at else "announcement_until_over"
        lines.append(words(key, time=of.due_at.astimezone(zone)))
    return lines


def _by_unit(lacking: Sequence[Receipt], units: Mapping[int, Unit], words: Translator) -> list[Html]:
    """Who has not acknowledged, a line a unit in the order of the official list; who cannot be reached is marked."""
    if not lacking:
        return []
    of_unit: dict[int, list[Receipt]] = {}
    for each in sorted(lacking, key=lambda one: units[one.unit_id].code_order):
        of_unit.setdefault(each.unit_id, []).append(each)
    lines = [words("announcement_lacking", n=len(lacking))]
    for unit_id in list(of_unit)[:MOST_NAMED]:
        names = ", ".join(named_receiver(each, words) for each in of_unit[unit_id])
        lines.append(words("announcement_lacking_line", unit=units[unit_id].title, names=names))
    if len(of_unit) > MOST_NAMED:
        lines.append(words("round_more", n=len(of_unit) - MOST_NAMED))
    return lines


def named_receiver(of: Receipt, words: Translator) -> str:
    """His name, and where it has not come to him, that it has not."""
    return of.name if of.state == "said" else f"{of.name} ({words.plain(_state(of))})"


def _state(of: Receipt) -> str:
    return "announced_lacking" if of.state == "none" and of.edition == 0 else f"announced_{of.state}"


def due_passed_say(of: AcknowledgementsDue, zone: ZoneInfo) -> Say:
    """What its sender is told when the deadline has passed."""
    words = translator(of.to.language)
    said = standing_of_announcement(of.announcement, of.receipts, of.units, of.at, zone, of.to.address, words)
    return Say(of.to.address, said.text, said.buttons, rank=Rank.REMINDER)


def left_say(of: AnnouncementLeft) -> Say:
    """What its sender is told when it has left at its hour."""
    words = translator(of.to.language)
    text = _sent(of.announcement, of.count, of.lacking, words)
    return Say(of.to.address, text, _after(of.announcement, words), rank=Rank.REMINDER)


def evidence_say(
    of: Announcement,
    receipts: Sequence[Receipt],
    units: Mapping[int, Unit],
    now: datetime,
    zone: ZoneInfo,
    to: Address,
    words: Translator,
) -> Say:
    """Who was sent it when, whether it came, and when he acknowledged; all of it as a file too."""
    lines = [str(each) for each in _head(of, receipts, now, zone, words)]
    told = [_evidence_line(each, of, units, zone, words) for each in _in_order(receipts, units)]
    plain = [words.plain("announcement_named_plain", number=str(of.id)), of.text, "", *told]
    file = Drawn(
        f"thong_bao_{of.id}.txt", TextLines(tuple(line for each in plain for line in each.splitlines() or [""]))
    )
    shown = [words.format(each) for each in told[:MOST_NAMED]]
    if len(told) > MOST_NAMED:
        shown.append(words("announcement_evidence_more", n=len(told) - MOST_NAMED))
    return Say(to, Html("\n".join([*lines, *shown])), document=file)


def _in_order(receipts: Sequence[Receipt], units: Mapping[int, Unit]) -> list[Receipt]:
    return sorted(receipts, key=lambda each: (units[each.unit_id].code_order, person_order(each.name)))


def _evidence_line(
    each: Receipt, of: Announcement, units: Mapping[int, Unit], zone: ZoneInfo, words: Translator
) -> str:
    parts = [f"{units[each.unit_id].title} – {each.name}"]
    if each.said_at is not None:
        parts.append(words.plain("announced_said_at", time=each.said_at.astimezone(zone)))
    elif each.state != "said":
        parts.append(words.plain(_state(each)))
    if each.reminded_at is not None:
        parts.append(words.plain("announced_reminded_at", time=each.reminded_at.astimezone(zone)))
    if each.acknowledged_at is not None:
        is_older = of.edited_at is not None and each.acknowledged_at < of.edited_at
        key = "announced_acknowledged_older" if is_older else "announced_acknowledged_at"
        parts.append(words.plain(key, time=each.acknowledged_at.astimezone(zone)))
    else:
        parts.append(words.plain("announced_not_acknowledged"))
    return "; ".join(parts)


def announcements_list(found: Sequence[tuple[Announcement, int, int]], to: Address, words: Translator) -> Say:
    """Those that somebody may follow, newest first, each with how many of how many have acknowledged."""
    if not found:
        return Say(to, words("announcement_list_none"))
    lines = [words("announcement_list")]
    for made, done, count in found:
        state = words.plain(f"announcement_state_{made.state}")
        lines.append(
            words("announcement_line", number=str(made.id), text=short(made.text), state=state, done=done, n=count)
        )
    lines.append(words("announcement_how", number=str(found[0][0].id)))
    return Say(to, Html("\n".join(lines)))
