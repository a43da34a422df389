"""A picture."""

from reporting.answers import Attachment, GeoPoint, Value
from reporting.questions.question import Question
from reporting.questions.types.file import FileType


class Image(FileType):
    """A photo, or a picture sent as a document."""

    names = ("image",)
    key = "image"
    older = (
        "photo",
        "q picture",
        "q image",
        "add image prompt",
        "add photo prompt",
    )
    takes_any_file = False

    def receive(self, question: Question, content: GeoPoint | Attachment) -> Value:
        if not isinstance(content, Attachment) or not content.media_type.startswith("image/"):
            raise self.refusal()
        return content
