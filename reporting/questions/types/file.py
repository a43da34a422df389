"""A file: a photo or a document."""

from typing import Any, ClassVar

from reporting.answers import Attachment, GeoPoint, Value
from reporting.questions.question import Question
from reporting.questions.question_type import FieldKind, QuestionType
from reporting.translator import Translator


class FileType(QuestionType):
    names = ("file",)
    key = "file"
    field: ClassVar[FieldKind] = "chat"
    older: ClassVar[tuple[str, ...]] = ("add file prompt",)
    takes_any_file = True
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
