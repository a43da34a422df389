"""The briefing page: five blocks of one line, what became of the last page, and the buttons that lead to where one acts."""

from typing import NamedTuple

from messages.briefings.item_kinds import ItemsOf, items_of
from messages.briefings.page_content import URGENT, page_content
from messages.briefings.reading import read_in
from reporting.briefings.briefing_content import (
    BriefingContent,
    BriefingPicture,
    BriefingSheet,
    briefing_part,
)
from reporting.briefings.facts import BriefingFacts
from reporting.people import Address
from reporting.presses.leaders import PrintBriefing
from reporting.say import Button, Drawn, Say
from reporting.translator import Html, Translator

IN_CHAT = 3
"""How many names a list has."""

MOST_BUTTONS = 6
"""Of one block; what has none can be typed."""

IN_ROW = 2
"""Buttons beside each other: their words stand whole on a narrow phone."""


class BriefingPage(NamedTuple):
    """A page as it is shown and as it is kept. `text` is HTML."""

    content: BriefingContent
    text: Html
    buttons: tuple[tuple[Button, ...], ...]


def briefing_page(facts: BriefingFacts, words: Translator) -> BriefingPage:
    """The page in one language."""
    reading = read_in(facts, words, IN_CHAT)
    found = items_of(reading)
    content = page_content(reading, found)
    lines = [
        words("briefing_heading", title=content.title),
        Html(words.format(f"{content.when} {content.coverage_text}")),
    ]
    if content.demonstration:
        lines.append(words("digest_demonstration"))
    lines.append(Html(""))
    for block in content.blocks:
        if block.lines:
            said = Html("; ".join(each.said for each in found[block.name]))
            lines.append(words("briefing_block", title=block.title, said=said))
    lines += [Html(words.format(each)) for each in (content.nothing, content.before) if each]
    return BriefingPage(content, Html("\n".join(lines)), _buttons(found))


def briefing_say(page: BriefingPage, briefing_id: int, to: Address, words: Translator) -> Say:
    """One message: the picture, the lines under it, a row of buttons for each of them; the page was kept as `briefing_id`."""
    printed = Button(words.plain("briefing_button_print"), PrintBriefing(briefing_id))
    photo = Drawn(f"{_file_name(page.content, words)}.png", briefing_part(BriefingPicture, page.content))
    return Say(to, page.text, (*page.buttons, (printed,)), photo=photo)


def printed_page(content: BriefingContent, to: Address, words: Translator) -> Say:
    """The page for the table."""
    drawn = Drawn(f"{_file_name(content, words)}.pdf", briefing_part(BriefingSheet, content))
    caption = words("briefing_sheet_caption", unit=content.unit)
    demonstration = f"\n{words('digest_demonstration')}" if content.demonstration else ""
    return Say(to, Html(caption + demonstration), document=drawn)


def _file_name(content: BriefingContent, words: Translator) -> str:
    return words.plain("briefing_file", unit=content.unit, day=content.as_of.date().isoformat())


def _buttons(found: ItemsOf) -> tuple[tuple[Button, ...], ...]:
    """A row for each block, the most urgent first: what is to be done before what is to be read."""
    rows = []
    for name in URGENT:
        buttons = [button for each in found[name] for button in each.buttons][:MOST_BUTTONS]
        rows += [tuple(buttons[at : at + IN_ROW]) for at in range(0, len(buttons), IN_ROW)]
    return tuple(rows)
