"""What every answer to a resident is told with: the words, the forms and units, the moment, and where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from reporting.channel import Channel
from reporting.digests.evidence import headlines
from reporting.figures.areas import Areas
from reporting.figures.indicator import Indicator
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree


@dataclass(frozen=True)
class View:
    """`now` is local. `forms`: those in force today. `channel`: by which it is told; None: on a page. `is_group`: to several."""

    to: Address
    words: Translator
    forms: Sequence[Form]
    areas: Areas
    now: datetime
    zone: ZoneInfo
    demonstration: bool = False
    channel: Channel | None = None
    is_group: bool = False

    @property
    def tree(self) -> UnitTree:
        return self.areas.tree

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def root(self) -> Unit | None:
        """The unit whose area is ours; None where the tree has several roots."""
        roots = self.tree.roots(self.today)
        return roots[0] if len(roots) == 1 else None

    @cached_property
    def public(self) -> dict[Indicator, tuple[Form, Question]]:
        """All that residents may ask for, in the forms' order."""
        return {
            Indicator(form.key, question.name): (form, question)
            for form in self.forms
            for question in form.indicators
            if question.is_public
        }

    @cached_property
    def first(self) -> list[Indicator]:
        """The indicators that stand in an overview: each form's public headlines and states."""
        return [
            Indicator(form.key, question.name)
            for form in self.forms
            for question in form.indicators
            if question.is_public and (question.kind == "state" or question in headlines(form))
        ]

    def grown(self, form: Form) -> dict[str, Question]:
        """The public totals in which just one flow of the form is added up, by the flow's name: «lũy kế» beside «mới»."""
        flows = {q.name for q in form.indicators if q.kind == "flow"}
        found: dict[str, Question] = {}
        for total in form.indicators:
            if total.kind != "total" or total.calculation is None or not total.is_public:
                continue
            added = list(total.calculation.names & flows)
            if len(added) == 1:
                found.setdefault(added[0], total)
        return found

    def form(self, key: str) -> Form | None:
        return next((form for form in self.forms if form.key == key), None)

    def label(self, question: Question) -> str:
        return in_language(question.alone, self.words.language) or question.name

    def said(self, name: str) -> str:
        """What the forms say in the person's language for «topic», «authority», «portal» or «emergency»: the first that does."""
        texts = (in_language(getattr(form, name), self.words.language) for form in self.forms)
        return next(filter(None, texts), "")

    def named(self, unit: Unit) -> str:
        """The unit's title at the beginning of a sentence."""
        return unit.title[:1].upper() + unit.title[1:]

    def html(self, value: object) -> Html:
        return Html(self.words.format(value))

    def joined(self, parts: Sequence[str], between: str = "\n") -> Html:
        return Html(between.join(part for part in parts if part))
