"""What every answer to a resident is told with: the words, the forms and units, the moment, and where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.channel import Channel
from reporting.figures.public_scope import PublicScope
from reporting.forms import Question
from reporting.people import Address
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit


@dataclass(frozen=True)
class View(PublicScope):
    """What the public may ask for, in somebody's words and sent to where he asked.

    `channel`: by which it is told; None: on a page. `is_group`: to several at once.
    """

    to: Address
    words: Translator
    demonstration: bool = False
    channel: Channel | None = None
    is_group: bool = False

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
