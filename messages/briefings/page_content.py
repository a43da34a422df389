"""What a briefing page holds: its blocks in words, what is to be done, the units that anything is with, what its picture is of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from messages.briefings.item_kinds import ItemsOf, items_of
from messages.briefings.reading import BriefingItem, BriefingReading
from messages.digests.content import plain
from reporting.briefings.briefing_content import (
    BLOCKS,
    TO_DO,
    BlockName,
    BriefingBlock,
    BriefingContent,
    BriefingSource,
    BriefingUnit,
    Matter,
    briefing_outcome,
)
from reporting.briefings.facts import BriefingFacts, RoundFacts
from reporting.digests.content import ReportsCounted
from reporting.digests.drawings import DigestPicture, drawn_from
from reporting.texts import in_language
from reporting.translator import Translator

ON_PAPER = 12
"""How many names a list has on paper."""

MOST_UNITS = 12
"""So many units have a line of the picture."""

URGENT: tuple[BlockName, ...] = ("missing", "waiting", "promised", "worse", "new")
"""In the order in which one acts: what is to be done before what is to be read."""


def page_content(reading: BriefingReading, found: ItemsOf) -> BriefingContent:
    """All that the page holds; `found`: what it tells in the chat."""
    facts, words = reading.facts, reading.words
    printed = items_of(replace(reading, most=ON_PAPER))
    sources = tuple(_source(each, words) for each in facts.rounds)
    matters = tuple(dict.fromkeys(matter for name in BLOCKS if name in TO_DO for matter in _matters(found[name])))
    order = _units(facts, found)
    local = facts.now.astimezone(facts.zone)
    return BriefingContent(
        language=words.language,
        unit_id=facts.unit.id,
        unit=facts.unit.title,
        title=words.plain("briefing_title", unit=facts.unit.title.upper()),
        when=words.plain("briefing_when", time=local.time(), date=local.date()),
        coverage_text=_covered(reading, sources),
        as_of=local,
        demonstration=facts.demonstration,
        sources=sources,
        blocks=tuple(
            BriefingBlock(
                name,
                words.plain(f"briefing_block_{name}"),
                tuple(plain(each.said) for each in printed[name]),
                _none(reading, name),
            )
            for name in BLOCKS
        ),
        nothing=_nothing(reading, found),
        before=_before(reading, matters),
        matters=matters,
        units=tuple(order[:MOST_UNITS]),
        more=max(len(order) - MOST_UNITS, 0),
        others=max(max(each.expected for each in facts.rounds) - len(order), 0),
        figures=_figures(reading),
    )


def _covered(reading: BriefingReading, sources: Sequence[BriefingSource]) -> str:
    """How many have reported, of each form where there are several."""
    facts, words = reading.facts, reading.words
    if len(facts.rounds) > 1:
        return words.plain("briefing_covered", list="; ".join(each.said for each in sources))
    of = facts.rounds[0]
    values = {"period": of.form.period(of.period), "done": of.received, "all": of.expected}
    if facts.now < of.due_at:
        return words.plain("briefing_covered_until", at=plain(reading.at(of.due_at)), **values)
    return words.plain("briefing_covered_one", **values)


def _source(of: RoundFacts, words: Translator) -> BriefingSource:
    """«Báo cáo ngày, ngày 10/11/2021: 31/34 đơn vị»."""
    title = in_language(of.form.title, words.language)
    said = words.plain(
        "briefing_source", form=title, period=words.brief(of.form.period(of.period)), done=of.received, all=of.expected
    )
    return BriefingSource(of.form.key, of.period, ReportsCounted(of.received, of.expected), said)


def _matters(items: Iterable[BriefingItem]) -> list[Matter]:
    return [matter for each in items for matter in each.matters]


def _nothing(reading: BriefingReading, found: ItemsOf) -> str:
    """One line for the blocks that are empty; what cannot be known yet is not said to be nothing."""
    words, said = reading.words, list[str]()
    if not found["new"]:
        key = "briefing_nothing_new" if reading.facts.met else "briefing_no_news"
        said.append(words.plain(key, at=plain(reading.since)))
    sure = [name for name in BLOCKS[1:] if not found[name] and not _unknown(reading, name)]
    if sure:
        said.append(
            words.plain("briefing_nothing", list=", ".join(words.plain(f"briefing_no_{name}") for name in sure))
        )
    return " ".join(said)


def _unknown(reading: BriefingReading, name: BlockName) -> str:
    """Why it cannot be known yet whether there is anything for a block; «» where it is."""
    facts, words = reading.facts, reading.words
    ahead = [each.due_at for each in facts.rounds if facts.now < each.due_at]
    if name == "missing" and ahead:
        return words.plain("briefing_none_yet", at=plain(reading.at(min(ahead))))
    if name == "worse" and not any(each.received for each in facts.rounds):
        return words.plain("briefing_none_known")
    return words.plain("briefing_none_before") if name == "promised" and not facts.met else ""


def _none(reading: BriefingReading, name: BlockName) -> str:
    """What paper says of an empty block."""
    if name == "new" and reading.facts.met:
        return reading.words.plain("briefing_none_new", at=plain(reading.since))
    return _unknown(reading, name) or reading.words.plain("briefing_none")


def _before(reading: BriefingReading, matters: Iterable[Matter]) -> str:
    """What became of what the last page had to be done."""
    facts, words = reading.facts, reading.words
    if not facts.met or not facts.told:
        return ""
    still = {_bare(each) for each in matters}
    told, done = briefing_outcome([_bare(each) for each in facts.told], still)
    key = "briefing_before_all" if told == done else "briefing_before" if done else "briefing_before_none"
    return words.plain(key, at=plain(reading.since), n=told, done=done)


def _bare(matter: Matter) -> Matter:
    """A report that is missing still is the one that was missing then, and a question is the same, open or unanswered."""
    kind = {"owed_still": "missing_reports", "questions_unanswered": "questions_open"}.get(matter.kind, matter.kind)
    return Matter(kind, matter.unit_id, matter.form, matter.period, matter.key)


def _units(facts: BriefingFacts, found: ItemsOf) -> list[BriefingUnit]:
    """The units that anything is with, those in most blocks first."""
    blocks: dict[int, list[BlockName]] = {}
    for name in BLOCKS:
        for one in dict.fromkeys(each.unit_id for each in _matters(found[name])):
            blocks.setdefault(one, []).append(name)
    blocks.pop(facts.unit.id, None)
    units = sorted((facts.tree.unit(one) for one in blocks), key=lambda unit: unit.name_order)
    units.sort(key=lambda unit: (-len({*blocks[unit.id]} - {"new"}), URGENT.index(_first(blocks[unit.id]))))
    return [BriefingUnit(unit.title, tuple(blocks[unit.id])) for unit in units]


def _first(names: Iterable[BlockName]) -> BlockName:
    return min(names, key=URGENT.index)


def _figures(reading: BriefingReading) -> DigestPicture | None:
    """What the picture is drawn from: the first form that has figures, without its units."""
    for each in reading.facts.rounds:
        content = reading.contents.get(each.form.key)
        if content is not None and content.headlines and content.days:
            return replace(drawn_from(DigestPicture, content), rows=(), groups=())
    return None
