"""An announcement as its receivers have it: what it says, who has sent it, until when it is to be acknowledged, and «Đã nắm»."""

from zoneinfo import ZoneInfo

from messages.reminders.reminder_words import office
from reporting.events.announcements import AcknowledgementWanted, Announced, AnnouncementRecalled
from reporting.people import Address
from reporting.presses.reporters import AcknowledgePress
from reporting.say import Button, ChannelFile, Rank, Say
from reporting.translator import Html, Translator, translator

SHORT = 60
"""So many letters of an announcement tell which is meant."""


def announced_say(of: Announced, zone: ZoneInfo, rank: Rank = Rank.BROADCAST) -> Say:
    """The announcement itself, in the place of an earlier edition where there is one."""
    made, words = of.announcement, translator(of.to.language)
    head = "announced_edited" if made.edited_at is not None else "announced"
    lines = [
        words(head, number=str(made.id), seat=office(of.seat, words), name=of.by.name),
        "",
        words.format(made.text),
    ]
    if made.file is not None and made.file.channel != of.to.address.channel:
        lines.append(words("announced_file_elsewhere", name=made.file.file_name or words.plain("announced_picture")))
    lines.append("")
    if made.due_at is not None:
        lines.append(words("announced_until", time=made.due_at.astimezone(zone)))
    lines.append(words("announced_how", number=str(made.id)))
    buttons = ((Button(words.plain("announced_button"), AcknowledgePress(made.id)),),)
    return Say(of.to.address, Html("\n".join(lines)), buttons, rank=rank, edits=of.edits, shared=made.file)


def acknowledgement_wanted_say(of: AcknowledgementWanted, zone: ZoneInfo) -> Say:
    """The reminder of one that was not acknowledged."""
    made, words = of.announcement, translator(of.to.language)
    values = {"number": str(made.id), "seat": office(of.seat, words), "name": of.by.name, "text": short(made.text)}
    lines = [words("acknowledgement_wanted", **values)]
    if made.due_at is not None:
        lines.append(words("announced_until", time=made.due_at.astimezone(zone)))
    lines.append(words("announced_how", number=str(made.id)))
    buttons = ((Button(words.plain("announced_button"), AcknowledgePress(made.id)),),)
    return Say(of.to.address, Html("\n".join(lines)), buttons, rank=Rank.REMINDER)


def announcement_recalled_say(of: AnnouncementRecalled) -> Say:
    """What stands in its place where it cannot be deleted."""
    words = translator(of.to.language)
    text = words("announcement_was_recalled", number=str(of.announcement.id))
    return Say(of.to.address, text, rank=Rank.BROADCAST, edits=of.edits, shared=_beside(of), recalls=True)


def _beside(of: AnnouncementRecalled) -> ChannelFile | None:
    """The file under which it stands: that cannot be taken out of a message; nothing is sent anew because of it."""
    return of.announcement.file if of.edits else None


def acknowledged_say(number: int, text: str, to: Address, words: Translator, *, is_new: bool) -> Say:
    """What whoever acknowledges is answered."""
    return Say(
        to, words("announcement_noted" if is_new else "announcement_noted_before", number=str(number), text=short(text))
    )


def short(text: str) -> str:
    """The beginning of an announcement, by which it is known."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"
