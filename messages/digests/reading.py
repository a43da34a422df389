"""Evidence as it is read in one language: labels, totals, names and what stands out, for a digest's paragraphs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from textwrap import shorten

from messages.reminders.reminder_words import named, reason_said
from reporting.digests.evidence import Evidence, Number
from reporting.digests.outliers import Outlier, outlier
from reporting.digests.tallies import Tally, tally
from reporting.digests.totals import brought
from reporting.figures.headlines import headlines, numeric
from reporting.figures.usual_range import UsualRange, usual_range
from reporting.forms import Question
from reporting.questions.parts import Beside, beside
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

NAMES_IN_GROUPS = 24
"""So many names, each under its district, still read at a glance; more are counted by district."""

REASON = 80
"""So many letters of a typed reason are shown."""

RARE_SHARE = 20
"""An event is rare where fewer than one in this many of the units' earlier values is other than zero."""


Found = tuple[date, Beside]
"""What figures of one period come to."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be said: names in a list, lines of one paragraph, and whether the minor indicators are named."""

    names: int
    lines: int
    others: bool = True


ROOMS = (Room(40, 6), Room(20, 5), Room(12, 4), Room(6, 3), Room(3, 2), Room(3, 2, others=False))
"""From generous to scarce: the first that fits a message is taken."""


@dataclass(frozen=True)
class Reading:
    """Evidence as it is read in one language, with what several paragraphs need."""

    evidence: Evidence
    words: Translator

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        return {question.name: tally(self.evidence, question) for question in numeric(self.evidence.form)}

    @cached_property
    def headlines(self) -> tuple[Question, ...]:
        return headlines(self.evidence.form)

    @cached_property
    def outliers(self) -> list[tuple[Unit, Question, Outlier]]:
        """What stands out among the headlines, farthest first; of a span that is longer than a period: nothing."""
        if len(self.evidence.periods) > 1:
            return []
        found = [each for question in self.headlines for each in self._outliers_of(question)]
        return sorted(found, key=lambda each: -each[2].distance)

    def _outliers_of(self, question: Question) -> list[tuple[Unit, Question, Outlier]]:
        evidence, of_unit = self.evidence, self.evidence.history.get(question.name, {})
        earlier = [of_period[on] for of_period in of_unit.values() for on in evidence.look_back if on in of_period]
        rare = question.kind == "flow" and sum(value != 0 for value in earlier) * RARE_SHARE < len(earlier)
        found = []
        for unit in evidence.units:
            value = of_unit.get(unit.id, {}).get(evidence.period)
            odd = None if value is None else outlier(value, self._usual(unit, question), rare=rare)
            if odd is not None:
                found.append((unit, question, odd))
        return found

    def _usual(self, unit: Unit, question: Question) -> UsualRange | None:
        """What the report was filled in by, else what the days that are looked back to say."""
        evidence = self.evidence
        known = evidence.usual.get(unit.id, {}).get(question.name)
        of_period = evidence.history.get(question.name, {}).get(unit.id, {})
        before = {on: of_period[on] for on in evidence.look_back if on in of_period}
        return known or usual_range(before, evidence.period, evidence.of, question.kind)

    @cached_property
    def beside(self) -> Mapping[int, Sequence[Found]]:
        """By unit id, its parts of each period that are greater than their wholes, or whose whole is not known."""
        form, history = self.evidence.form, self.evidence.history
        names = dict.fromkeys([*form.parts, *(whole for wholes in form.parts.values() for whole in wholes)])
        of_name = {name: history[name] for name in names if name in history}
        found: dict[int, list[Found]] = {}
        for unit in self.evidence.units:
            of_unit = {name: values[unit.id] for name, values in of_name.items() if unit.id in values}
            for period in self.evidence.periods:
                values = {name: of_period[period] for name, of_period in of_unit.items() if period in of_period}
                if period == self.evidence.period:
                    values |= self._brought(unit, names)
                for each in beside(form, values):
                    found.setdefault(unit.id, []).append((period, each))
        return found

    def _brought(self, unit: Unit, names: Iterable[str]) -> dict[str, Number]:
        """What the unit stands with in the totals at the end, be it values of an earlier period."""
        shares = {name: brought(self.evidence, self.evidence.form.by_name[name], unit) for name in names}
        return {name: each.value for name, each in shares.items() if each.value is not None}

    def label(self, question: Question) -> str:
        return in_language(question.alone, self.words.language)

    def counted(self, value: Number, question: Question) -> Html:
        """A value with its unit of count: «42 ca»."""
        unit = in_language(question.unit, self.words.language)
        return self.words("digest_counted", value=value, unit=unit) if unit else self.of(value)

    def periods(self, count: int) -> Html:
        """«7 ngày», «4 tuần»: so many of the form's periods."""
        return self.words(f"digest_periods_{self.evidence.of.key}", n=count)

    @cached_property
    def grown(self) -> Mapping[str, Tally]:
        """The totals that a headline flow is added up in, by the flow's name: «lũy kế» beside «mới»."""
        flows = {question.name for question in self.headlines if question.sums_over_periods}
        totals = [each for each in self.tallies.values() if each.question.kind == "total"]
        return {
            name: each
            for each in totals
            if each.question.calculation is not None
            for name in sorted(each.question.calculation.names & flows)
        }

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """The sign behind each total that late units stand in with an earlier value: «*», and «**» where these are others."""
        signs: dict[tuple[tuple[int, date], ...], str] = {}
        of_name = {
            name: tuple(sorted(each.carried.items())) for name, each in self.tallies.items() if not each.withheld
        }
        for of in filter(None, of_name.values()):
            signs.setdefault(of, "*" * (len(signs) + 1))
        return {name: signs[of] for name, of in of_name.items() if of}

    def late_reason(self, unit_id: int) -> str:
        """Why the unit was late, in words: what was typed, cut short, or the reason that was tapped; «» if none was given."""
        given = self.evidence.late_reasons.get(unit_id)
        if given is None:
            return ""
        return shorten(reason_said(given.reason, given.words, self.words), REASON, placeholder="…")

    def of(self, value: object) -> Html:
        return Html(self.words.format(value))

    def names(self, units: Sequence[Unit], room: Room, notes: Mapping[int, Sequence[str]] | None = None) -> Html:
        """The units by name, with what is noted of each, at most as many as there is room for; under their groups where the tree
        has such.
        """
        notes = notes or {}
        groups = [self.evidence.group(unit) for unit in units]
        if any(groups) and len(units) > min(room.names, NAMES_IN_GROUPS):
            return self._counts(Counter(g.id if g else u.id for g, u in zip(groups, units, strict=True)), room)
        by_group: dict[int | None, list[Html]] = {}
        for unit, group in list(zip(units, groups, strict=True))[: room.names]:
            name = named(unit, self.words, *notes.get(unit.id, ()))
            by_group.setdefault(group.id if group else None, []).append(name)
        parts = [
            names if group_id is None else [self._grouped(self.evidence.tree.unit(group_id), names)]
            for group_id, names in by_group.items()
        ]
        said = Html(("; " if any(groups) else ", ").join(name for part in parts for name in part))
        rest = len(units) - room.names
        return self.words("digest_and_more", names=said, n=rest) if rest > 0 else said

    def _grouped(self, group: Unit, names: Sequence[str]) -> Html:
        return self.words("digest_group", group=group.title, names=Html(", ".join(names)))

    def _counts(self, counts: Counter[int], room: Room) -> Html:
        most = counts.most_common(room.names)
        said = Html(", ".join(self.words("digest_group_count", group=self._title(key), n=n) for key, n in most))
        rest = len(counts) - len(most)
        return self.words("digest_and_more_groups", names=said, n=rest) if rest > 0 else said

    def _title(self, unit_id: int) -> str:
        return self.evidence.tree.unit(unit_id).title


def rounded(mean: Number) -> Number:
    """A mean to one digit after the point; figures themselves are told as they are."""
    return mean if isinstance(mean, int) else mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
