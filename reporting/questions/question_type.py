"""What every question type can do: read an answer, show it, store it, offer buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from reporting.answers import Attachment, GeoPoint, Value
from reporting.errors import NotUnderstood
from reporting.questions.question import Choice, Kind, Question
from reporting.texts import in_language
from reporting.translator import Translator

ContentKind = Literal["text", "location", "photo", "document"]
"""What a message can carry that answers a question."""

FieldKind = Literal[
    "line", "words", "digits", "decimal", "date", "time", "moment", "choice", "choices", "order", "confirm", "chat"
]
"""What stands in a web form for a question: «chat» is one that only a chat can take."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What comes with a special spelling of a type («percentage» is an integer up to 100): its expressions, as text."""

    constraint: str = ""
    default: str = ""
    calculation: str = ""


PLAIN = Spelling()


class QuestionType:
    """A question type of XLSForm. `names` are its XLSForm types; `key` begins its sentences in the catalogues:

    `type_<key>_answer` says how to answer, with an example; `type_<key>_example` is an answer that `read` understands, or «».
    """

    names: ClassVar[tuple[str, ...]]
    key: ClassVar[str]
    older: ClassVar[tuple[str, ...]] = ()
    """Other spellings of the type column that mean just this."""
    special: ClassVar[Mapping[str, Spelling]] = {}
    """Spellings that mean this with a rule or a value of their own."""
    as_odk: ClassVar[str] = ""
    """The type that ODK's checker is told, where it does not know ours."""
    parameters: ClassVar[tuple[str, ...]] = ()
    """The names in the column `parameters` that change what can be answered."""

    kinds: ClassVar[frozenset[ContentKind]] = frozenset({"text"})
    takes_any_words: ClassVar[bool] = False
    """Whether any text at all is an answer, so that nothing typed can be told from one."""
    takes_any_file: ClassVar[bool] = False
    """Whether any file at all is an answer, a workbook too."""
    has_choices: ClassVar[bool] = False
    takes_several: ClassVar[bool] = False
    """Whether several choices are an answer, which are kept with spaces between them."""

    indicators: ClassVar[frozenset[Kind]] = frozenset()
    """The kinds of indicators that it can be."""
    is_numeric: ClassVar[bool] = False
    """Whether somebody answers it with a number."""
    is_whole: ClassVar[bool] = False
    """Whether that number is always whole."""
    is_counted: ClassVar[bool] = True
    """Whether a small count of it can be held back: not where there may be half a one."""
    is_moment: ClassVar[bool] = False
    """Whether somebody answers it with a day, a time of day, or both."""
    may_be_ground: ClassVar[bool] = False
    """Whether it may be public without being a figure: the number and the day of the decision that a `state` rests on."""

    is_asked: ClassVar[bool] = True
    is_shown: ClassVar[bool] = False
    """Whether it is but words, shown before the next question."""
    is_worked_out: ClassVar[bool] = False
    """Whether its `calculation` is its value, and there must be one."""
    is_filled_in: ClassVar[bool] = False
    """Whether its `default` is its value."""
    names_itself: ClassVar[bool] = False
    """Whether its row may be without a name."""

    field: ClassVar[FieldKind] = "line"

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

    def wrong_parameters(self, parameters: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
        """What is wrong with its own parameters: the key of a Problem and its values."""
        return None

    def to_field(self, value: Value) -> str:
        """The value as it stands in a field of a web form: what `from_field` reads."""
        return str(value)

    def from_field(
        self, question: Question, text: str, words: Translator, choices: Sequence[Choice], now: datetime
    ) -> Value:
        """What stands in a field, as a value; several choices stand there by their names, spaces between. Raises NotUnderstood."""
        return self.read(question, text, words, choices, now)

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        """What can be tapped instead of typed: (label, the text that `read` takes for it)."""
        return []


def with_unit(said: str, question: Question, words: Translator) -> str:
    """«3 ca»: a number and the question's unit, if it has one."""
    unit = in_language(question.unit, words.language)
    return f"{said} {unit}" if unit else said
