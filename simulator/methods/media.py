"""Methods that send files, and let them be fetched."""

from __future__ import annotations

from typing import Any

from simulator.errors import Refusal
from simulator.files import File, picture_size
from simulator.methods.messages import caption_body, deliver, opening
from simulator.requests import Request, Upload

Json = dict[str, Any]

MOST_BYTES = {"photos": 10 * 1024 * 1024, "documents": 50 * 1024 * 1024, "stickers": 512 * 1024}
MOST_DOWN = 20 * 1024 * 1024
THUMBNAILS = (90, 320, 800)
WRONG_FILE = "wrong file identifier/HTTP URL specified"


def taken(request: Request, value: Any, folder: str) -> File:
    """The file that a parameter means: an upload, one attached by name, or one known by its file_id."""
    if isinstance(value, str) and value.startswith("attach://"):
        value = request.uploads.get(value.removeprefix("attach://"))
        if value is None:
            raise Refusal("there is no file in the request")
    if isinstance(value, Upload):
        return store(request, value, folder)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        raise Refusal("failed to get HTTP URL content")
    file = request.cloud.files.by_id.get(value)
    if file is None:
        raise Refusal(WRONG_FILE)
    if not file.path.startswith(folder):
        wanted, got = folder.rstrip("s").capitalize(), file.path.split("/")[0].rstrip("s").capitalize()
        raise Refusal(f"type of file mismatch: can't use file of type {got} as {wanted}")
    return file


def store(request: Request, upload: Upload, folder: str) -> File:
    """Store an upload; Refusal when it is empty, too big, or not a picture where one is wanted."""
    if not upload.content:
        raise Refusal("file must be non-empty")
    if len(upload.content) > MOST_BYTES[folder]:
        raise Refusal("Request Entity Too Large", 413)
    size = (0, 0)
    if folder == "photos":
        found = picture_size(upload.content)
        if found is None:
            raise Refusal("IMAGE_PROCESS_FAILED")
        if sum(found) > 10_000 or max(found) > 20 * min(found):
            raise Refusal("PHOTO_INVALID_DIMENSIONS")
        size = found
    cloud = request.cloud
    return cloud.keep_file(cloud.files.add(upload.content, upload.name, folder, upload.mime, size))


def photo_sizes(file: File) -> list[Json]:
    """A photo as Telegram lists it, smallest first; all sizes lead to the same content here."""
    longest = max(file.width, file.height)
    sizes = []
    for edge in THUMBNAILS:
        if edge < longest:
            width, height = (max(1, round(side * edge / longest)) for side in (file.width, file.height))
            sizes.append(file.view(width=width, height=height))
    return [*sizes, file.view(width=file.width, height=file.height)]


def document(file: File) -> Json:
    """The Bot API's Document."""
    return file.view(file_name=file.name, mime_type=file.mime)


def sticker(file: File, emoji: str = "") -> Json:
    """The Bot API's Sticker."""
    more = {"emoji": emoji} if emoji else {}
    return file.view(type="regular", width=512, height=512, is_animated=False, is_video=False, **more)


def _media(request: Request, kind: str, value: Any) -> Json:
    if kind == "photo":
        return {"photo": photo_sizes(taken(request, value, "photos"))}
    if kind == "document":
        return {"document": document(taken(request, value, "documents"))}
    return {"sticker": sticker(taken(request, value, "stickers"), request.get("emoji", ""))}


def _send(request: Request, kind: str) -> Json:
    chat = request.writable()
    body = _media(request, kind, request.params[kind])
    body |= caption_body(request, request.get("caption", ""))
    if request.get("has_spoiler"):
        body["has_media_spoiler"] = True
    if request.get("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return deliver(request, body, chat)


def input_media(request: Request, media: Json) -> Json:
    """The body of an InputMedia: a photo or a document with its caption."""
    if media["type"] not in ("photo", "document"):
        raise Refusal(f"the simulator sends photos and documents, not {media['type']}", 501)
    part = Request(request.cloud, request.bot, request.method, dict(media), request.uploads)
    return _media(request, media["type"], media["media"]) | caption_body(part, media.get("caption", ""))


def send_media_group(request: Request) -> list[Json]:
    chat = request.writable()
    items = request.params["media"]
    if not 2 <= len(items) <= 10:
        raise Refusal("group send failed: an album has 2 to 10 items")
    if len({item["type"] for item in items}) > 1:
        raise Refusal("photos and documents can't be mixed in an album")
    bodies = [input_media(request, item) for item in items]
    album = str(request.cloud.chance.getrandbits(62))
    answers = []
    for body in bodies:
        start, reply_to = opening(request, chat)
        message = request.cloud.post(chat, start | body | {"media_group_id": album}, request.bot.id, reply_to)
        answers.append(chat.show(message))
    return answers


def get_file(request: Request) -> Json:
    file = request.cloud.files.by_id.get(request.params["file_id"])
    if file is None:
        raise Refusal("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > MOST_DOWN:
        raise Refusal("file is too big")
    return file.view(file_path=file.path)


def get_user_profile_photos(request: Request) -> Json:
    request.person()
    return {"total_count": 0, "photos": []}


METHODS = {
    "sendPhoto": lambda request: _send(request, "photo"),
    "sendDocument": lambda request: _send(request, "document"),
    "sendSticker": lambda request: _send(request, "sticker"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
}
