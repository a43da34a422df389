"""A briefing item is added: which units are marked."""

from messages.briefings.briefing_page import briefing_page
from reporting.translator import translator
from tests.one_place.additions import Addition, Put
from tests.rules.briefings_made import facts

ITEM = '''def marked_units(reading: BriefingReading) -> list[BriefingItem]:
    """The units that are marked."""
    units = [reading.facts.tree.unit(each) for each in reading.facts.marked]
    return [BriefingItem(reading.words("briefing_marked", names=reading.names(units)))] if units else []


'''
ADDITION = Addition(
    "a briefing item",
    (
        Put("reporting/briefings/facts.py", "    marked: Sequence[int] = ()\n", "    demonstration: bool = False\n"),
        Put("services/read_briefing.py", "        marked=(),\n", "        demonstration=context.demonstration,\n"),
        Put("messages/briefings/item_kinds.py", ITEM, "class ItemKind("),
        Put(
            "messages/briefings/item_kinds.py",
            '    ItemKind("waiting", marked_units),\n',
            '    ItemKind("promised", owed_still),\n',
        ),
        Put("messages/locale/vi/briefings.po", '\nmsgid "briefing_marked"\nmsgstr "đánh dấu: {names}"\n'),
        Put("messages/locale/en/briefings.po", '\nmsgid "briefing_marked"\nmsgstr "marked: {names}"\n'),
    ),
)


def test_the_item_stands_in_its_block_on_the_phone_and_on_paper() -> None:
    made = briefing_page(facts(marked=(5, 6)), translator("vi"))
    assert "<b>Chờ quyết định:</b> đánh dấu: xã Thọ Bình, xã Thọ Tiến." in made.text
    assert next(each for each in made.content.blocks if each.name == "waiting").lines == (
        "đánh dấu: xã Thọ Bình, xã Thọ Tiến",
    )
