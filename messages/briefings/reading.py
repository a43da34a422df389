"""What a briefing page is made from, as it is read in one language: labels, names, figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from messages.digests.content import content_of
from messages.digests.reading import Reading
from messages.reminders.reminder_words import clock, named
from reporting.briefings.briefing_content import Matter
from reporting.briefings.facts import BriefingFacts, RoundFacts
from reporting.digests.content import DigestContent, DigestIndicator
from reporting.questions.names import short_label
from reporting.say import Button
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class BriefingItem:
    """One thing that a block tells. `matters`: what it is about; `buttons`: where one acts on it."""

    said: Html
    matters: tuple[Matter, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefingReading:
    """The facts in one language. `contents`: by form what its digest would hold now, or what the last one held; `most`: how many names
    a list has.
    """

    facts: BriefingFacts
    words: Translator
    contents: Mapping[str, DigestContent]
    most: int

    @property
    def since(self) -> Html:
        """«08 giờ 00», with the day where that is another."""
        return self.at(self.facts.since or self.facts.now)

    def at(self, moment: datetime) -> Html:
        return clock(moment, self.facts.now, self.facts.zone, self.words)

    def of_form(self, of: RoundFacts, said: Html) -> Html:
        """What is said of a form, with its title where the page is of several."""
        if len(self.facts.rounds) == 1:
            return said
        return self.words("briefing_of_form", form=in_language(of.form.title, self.words.language), said=said)

    def is_own(self, of: RoundFacts) -> bool:
        """Whether the unit itself is the only one that reports."""
        return of.expected == 1 and not self.facts.tree.children(self.facts.unit, of.period)

    def names(self, units: Sequence[Unit], notes: Mapping[int, str] | None = None) -> Html:
        """«xã Thọ Dân, xã Nưa và 5 đơn vị nữa»."""
        shown = [named(unit, self.words, (notes or {}).get(unit.id, "")) for unit in units[: self.most]]
        return self.cut(shown, len(units), "briefing_more_units", ", ")

    def cut(self, shown: Sequence[Html], count: int, more: str, between: str) -> Html:
        """The first of a list, and how many there are besides, by that sentence."""
        said = Html(between.join(shown))
        rest = count - len(shown)
        return self.words(more, list=said, n=rest) if rest > 0 else said

    def label(self, of: RoundFacts, indicator: DigestIndicator | str) -> str:
        """An indicator by its short name."""
        name = indicator if isinstance(indicator, str) else indicator.name
        question = of.form.by_name.get(name)
        if question is None:
            return indicator if isinstance(indicator, str) else indicator.label
        label = short_label(of.form, question, self.words.language)
        return label[:1].upper() + label[1:]

    def counted(self, value: float, unit: str) -> Html:
        """«42 ca»."""
        shown = int(value) if value == int(value) else value
        return self.words("digest_counted", value=shown, unit=unit) if unit else Html(self.words.format(shown))


def read_in(facts: BriefingFacts, words: Translator, most: int) -> BriefingReading:
    """The facts as they are read in that language."""
    found = {}
    for each in facts.rounds:
        if each.evidence is not None:
            found[each.form.key] = content_of(Reading(each.evidence, words), {})
        elif each.kept is not None:
            found[each.form.key] = each.kept
    return BriefingReading(facts, words, found, most)
