"""A place on the earth."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reporting.answers import Attachment, GeoPoint, Value
from reporting.errors import NotUnderstood
from reporting.questions.numbers import as_decimal
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.questions.typed_text import echo
from reporting.translator import Translator

_PLACE = re.compile(
    r"(?P<lat>[+-]?\d{1,2}(?:\.\d+)?)°?\s*(?P<ns>[NSB]?)\s*[,;\s]\s*(?P<lon>[+-]?\d{1,3}(?:\.\d+)?)°?\s*(?P<ew>[EWĐT]?)",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"(?P<lat>[+-]?\d{1,2},\d+)\s*[;\s]\s*(?P<lon>[+-]?\d{1,3},\d+)")


class Geopoint(QuestionType):
    """A location that was shared, or latitude and longitude in degrees."""

    names = ("geopoint",)
    key = "geopoint"
    older = (
        "gps",
        "location",
        "q geopoint",
        "q location",
        "add location prompt",
    )
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

    def to_field(self, value: Value) -> str:
        return f"{value.latitude}, {value.longitude}" if isinstance(value, GeoPoint) else str(value)

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
