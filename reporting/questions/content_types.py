"""Question types that carry a text, a place or a file, and those that are not asked: note, calculate, hidden."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from reporting.answers import Attachment, GeoPoint, Value
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Question
from reporting.questions.number_types import as_decimal
from reporting.questions.numbers import echo
from reporting.questions.question_type import QuestionType, with_unit
from reporting.translator import Translator

LONGEST_TEXT = 4_000
_PLACE = re.compile(
    r"(?P<lat>[+-]?\d{1,2}(?:\.\d+)?)°?\s*(?P<ns>[NSB]?)\s*[,;\s]\s*(?P<lon>[+-]?\d{1,3}(?:\.\d+)?)°?\s*(?P<ew>[EWĐT]?)",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"(?P<lat>[+-]?\d{1,2},\d+)\s*[;\s]\s*(?P<lon>[+-]?\d{1,3},\d+)")


class TextType(QuestionType):
    names = ("text",)
    key = "text"

    def how_key(self, question: Question) -> str:
        """Where the form's own hint says what to write, no example of ours stands beside it."""
        return "type_text_hinted" if question.hint else super().how_key(question)

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        said = text.replace("\x00", "").strip()
        if not said:
            raise self.refusal()
        if len(said) > LONGEST_TEXT:
            raise NotUnderstood("err_long", most=LONGEST_TEXT, got=len(said))
        return said


class Geopoint(QuestionType):
    """A location that was shared, or latitude and longitude in degrees."""

    names = ("geopoint",)
    key = "geopoint"
    kinds = frozenset({"text", "location"})

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        place = _PLACE.fullmatch(text.strip()) or _COMMAS.fullmatch(text.strip())
        if place is None:
            raise NotUnderstood("err_place", text=echo(text))
        sides = place.groupdict()
        latitude = float(place["lat"].replace(",", ".")) * (-1 if (sides.get("ns") or "").upper() == "S" else 1)
        longitude = float(place["lon"].replace(",", ".")) * (-1 if (sides.get("ew") or "").upper() in ("W", "T") else 1)
        return self._checked(GeoPoint(latitude, longitude), text)

    def receive(self, question: Question, content: GeoPoint | Attachment) -> Value:
        if not isinstance(content, GeoPoint):
            raise self.refusal()
        return self._checked(content, f"{content.latitude}, {content.longitude}")

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return f"{value.latitude:.5f}, {value.longitude:.5f}" if isinstance(value, GeoPoint) else str(value)

    def to_json(self, value: Value) -> Any:
        return [value.latitude, value.longitude] if isinstance(value, GeoPoint) else value

    def from_json(self, stored: Any) -> Value:
        return GeoPoint(*stored)

    def from_node(self, question: Question, text: str) -> Value | None:
        numbers = [as_decimal(part) for part in text.split()]
        if len(numbers) < 2 or numbers[0] is None or numbers[1] is None:
            return None
        return GeoPoint(float(numbers[0]), float(numbers[1]))

    def _checked(self, point: GeoPoint, text: str) -> GeoPoint:
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
            raise NotUnderstood("err_place", text=echo(text))
        return point


class FileType(QuestionType):
    names = ("file",)
    key = "file"
    kinds = frozenset({"photo", "document"})

    def receive(self, question: Question, content: GeoPoint | Attachment) -> Value:
        if not isinstance(content, Attachment):
            raise self.refusal()
        return content

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return value.file_name if isinstance(value, Attachment) else str(value)

    def to_json(self, value: Value) -> Any:
        if not isinstance(value, Attachment):
            return value
        return {
            "file_id": value.file_id,
            "file_name": value.file_name,
            "media_type": value.media_type,
            "size": value.size,
        }

    def from_json(self, stored: Any) -> Value:
        return Attachment(**stored)

    def from_node(self, question: Question, text: str) -> Value | None:
        return None


class Image(FileType):
    """A photo, or a picture sent as a document."""

    names = ("image",)
    key = "image"

    def receive(self, question: Question, content: GeoPoint | Attachment) -> Value:
        if not isinstance(content, Attachment) or not content.media_type.startswith("image/"):
            raise self.refusal()
        return content


class NotAsked(QuestionType):
    """A type that nobody answers: its value, if any, is worked out."""

    kinds = frozenset()
    is_asked = False

    def show(self, question: Question, value: Value, words: Translator) -> str:
        said = words.show(value)
        return with_unit(said, question, words) if isinstance(value, int | Decimal) else said

    def to_json(self, value: Value) -> Any:
        return {"decimal": str(value)} if isinstance(value, Decimal) else value

    def from_json(self, stored: Any) -> Value:
        value: Value = Decimal(stored["decimal"]) if isinstance(stored, dict) else stored
        return value

    def from_node(self, question: Question, text: str) -> Value | None:
        """A number where the text is one (whole ones as int); any other text stays a text. «NaN», «» and infinity are nothing.

        A figure that is a number is rounded to what can be kept, and is nothing where the text is no number.
        """
        if text in ("", "NaN", "Infinity", "-Infinity"):
            return None
        is_number = re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", text) is not None
        if question.kind in (None, "state") and not is_number:
            return text
        number = as_decimal(text) if question.kind not in (None, "state") else Decimal(text)
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else number


class Note(NotAsked):
    names = ("note",)
    key = "note"


class Calculate(NotAsked):
    names = ("calculate",)
    key = "calculate"


class Hidden(NotAsked):
    names = ("hidden",)
    key = "hidden"
