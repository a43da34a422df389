"""What a message carries, as far as it can answer a question."""

from dataclasses import dataclass

from aiogram.types import Message

from reporting.answers import Attachment, GeoPoint
from reporting.errors import NotUnderstood

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Content:
    """`kind`: text, location, photo or document; `sent` is what came with the last three."""

    kind: str
    text: str = ""
    sent: GeoPoint | Attachment | None = None


def content_of(message: Message) -> Content:
    """The content. Raises NotUnderstood for what can never be an answer: forwarded messages, stickers, voice and the like."""
    if message.forward_origin is not None:
        raise NotUnderstood("forwarded_not_taken")
    if message.text is not None:
        if len(message.text) > LONGEST:
            raise NotUnderstood("text_too_long", n=LONGEST)
        return Content("text", message.text)
    if message.location is not None:
        return Content("location", sent=GeoPoint(message.location.latitude, message.location.longitude))
    if message.photo:
        best = message.photo[-1]
        return Content("photo", sent=Attachment(best.file_id, "", "image/jpeg", best.file_size or 0))
    if message.document is not None:
        sent = message.document
        kind = Attachment(sent.file_id, sent.file_name or "", sent.mime_type or "", sent.file_size or 0)
        return Content("document", sent=kind)
    raise NotUnderstood("content_not_taken")
