"""What every question type can do: read an answer, show it, store it, offer buttons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal

from reporting.answers import Attachment, GeoPoint, Value
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Question
from reporting.texts import in_language
from reporting.translator import Translator

ContentKind = Literal["text", "location", "photo", "document"]
"""What a message can carry that answers a question."""


class QuestionType:
    """A question type of XLSForm. `names` are its XLSForm types; `key` begins its sentences in the catalogues:

    `type_<key>_answer` says how to answer, with an example; `type_<key>_example` is an answer that `read` understands, or «».
    """

    names: ClassVar[tuple[str, ...]]
    key: ClassVar[str]
    kinds: ClassVar[frozenset[ContentKind]] = frozenset({"text"})
    is_asked: ClassVar[bool] = True

    def accepts(self, kind: str) -> bool:
        """Whether a message of this kind (text, location, photo, document) can be the answer."""
        return kind in self.kinds

    def how_key(self, question: Question) -> str:
        """The sentence that says how to answer."""
        return f"type_{self.key}_answer"

    def refusal(self) -> NotUnderstood:
        """What to say to a message of a kind that cannot be the answer."""
        return NotUnderstood(f"type_{self.key}_answer")

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        """What was typed, as a value. `choices`: those that are open now; `now`: aware, local, for «hôm nay» and dates without a year.

        Raises NotUnderstood with a sentence that gives an example.
        """
        raise self.refusal()

    def receive(self, question: Question, content: GeoPoint | Attachment) -> Value:
        """What came as a location, a photo or a document, as a value. Raises NotUnderstood."""
        raise self.refusal()

    def show(self, question: Question, value: Value, words: Translator) -> str:
        """The value as people of the language read it, plain text, with its unit."""
        return words.show(value)

    def to_json(self, value: Value) -> Any:
        """The value for storage: what `json.dumps` can write."""
        return value

    def from_json(self, stored: Any) -> Value:
        """The value from storage."""
        value: Value = stored
        return value

    def from_node(self, question: Question, text: str) -> Value | None:
        """What an expression came to (a default, a calculation), as a value; None if it is none of this type."""
        return text or None

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        """What can be tapped instead of typed: (label, the text that `read` takes for it)."""
        return []


def with_unit(said: str, question: Question, words: Translator) -> str:
    """«3 ca»: a number and the question's unit, if it has one."""
    unit = in_language(question.unit, words.language)
    return f"{said} {unit}" if unit else said
