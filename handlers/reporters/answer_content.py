"""What a message carries, as far as it can answer a question."""

from dataclasses import dataclass

from reporting.answers import Attachment, GeoPoint
from reporting.errors import NotUnderstood
from reporting.incoming import Message, SharedFile

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Content:
    """`kind`: text, location, photo or document; `sent` is what came with the last three."""

    kind: str
    text: str = ""
    sent: GeoPoint | Attachment | None = None


def content_said(message: Message) -> Content:
    """The content. Raises NotUnderstood for what can never be an answer: forwarded messages, stickers, voice and the like."""
    if message.is_forwarded:
        raise NotUnderstood("forwarded_not_taken")
    if message.text is not None:
        if len(message.text) > LONGEST:
            raise NotUnderstood("text_too_long", n=LONGEST)
        return Content("text", message.text)
    match message.shared:
        case GeoPoint() as place:
            return Content("location", sent=place)
        case SharedFile(kind=kind, file=file):
            return Content(kind, sent=file)
    raise NotUnderstood("content_not_taken")
