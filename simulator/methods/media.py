"""Methods that send files of every kind, and let them be fetched."""

from __future__ import annotations

from typing import Any

from simulator.errors import Refusal
from simulator.files import File, picture_size
from simulator.methods.messages import caption_body, deliver, opening
from simulator.probe import look
from simulator.requests import Request, Upload

Json = dict[str, Any]

MEGABYTE = 1024 * 1024
FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "sticker": "stickers",
    "audio": "music",
    "video": "videos",
    "animation": "animations",
    "voice": "voice",
    "video_note": "video_notes",
    "live_photo": "live_photos",
}
MOST_BYTES = {"photos": 10 * MEGABYTE, "stickers": MEGABYTE // 2, "thumbnails": MEGABYTE // 5}
MOST_UP = 50 * MEGABYTE
MOST_DOWN = 20 * MEGABYTE
THUMBNAILS = (90, 320, 800, 1280)
THUMBNAIL = 320
MOST_PHOTOS = 100
WRONG_FILE = "wrong file identifier/HTTP URL specified"
NAMED = ("document", "audio", "video", "animation")
ALSO = {"live_photos": "videos"}
MOVING = ("video", "animation", "live_photo")
OWN = {"audio": ("performer", "title"), "video": ("start_timestamp",)}
MIXED = ({"photo", "video", "live_photo"}, {"document"}, {"audio"})


def taken(request: Request, value: Any, folder: str) -> File:
    """The file that a parameter means: an upload, one attached by name, or one known by its file_id."""
    if isinstance(value, str) and value.startswith("attach://"):
        value = request.uploads.get(value.removeprefix("attach://"))
        if value is None:
            raise Refusal("there is no file in the request")
    if isinstance(value, Upload):
        return store(request, value, folder)
    file = request.cloud.files.by_id.get(value)
    if file is None:
        raise Refusal(WRONG_FILE)
    if file.folder not in (folder, ALSO.get(folder)):
        wanted, got = (each.rstrip("s").replace("_", " ").title().replace(" ", "") for each in (folder, file.folder))
        raise Refusal(f"type of file mismatch: can't use file of type {got} as {wanted}")
    return file


def store(request: Request, upload: Upload, folder: str) -> File:
    """Store an upload; Refusal when it is empty, too big, or not a picture where one is wanted."""
    if not upload.content:
        raise Refusal("file must be non-empty")
    if len(upload.content) > MOST_BYTES.get(folder, MOST_UP):
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
    """A photo as Telegram lists it, smallest first, 1,280 at most; all sizes lead to the same content here."""
    longest = max(file.width, file.height)
    edges = [edge for edge in THUMBNAILS if edge < longest]
    if longest <= THUMBNAILS[-1]:
        edges.append(longest)
    return [_scaled(file, edge, longest) for edge in edges]


def _scaled(file: File, edge: int, longest: int) -> Json:
    width, height = (max(1, round(side * edge / longest)) for side in (file.width, file.height))
    return file.view(width=width, height=height)


def thumbnail(request: Request, value: Any) -> Json:
    """The PhotoSize of a thumbnail that was sent along, 320 at most."""
    file = taken(request, value, "thumbnails")
    size = picture_size(file.content)
    if size is None:
        raise Refusal("IMAGE_PROCESS_FAILED")
    file.width, file.height = size
    return _scaled(file, min(THUMBNAIL, max(size)), max(size))


def attributes(request: Request, kind: str, file: File) -> Json:
    """What is known of a new file of this kind, from its bytes and from what the call says of it."""
    seen = look(file.content)
    known: Json = {}
    if kind in MOVING:
        known = {"width": request.get("width") or seen.width, "height": request.get("height") or seen.height}
    if kind == "video_note":
        known = {"length": request.get("length") or seen.width or 240}
    if kind not in ("document", "photo", "sticker"):
        known["duration"] = request.get("duration") or seen.duration
    known |= {name: request.params[name] for name in OWN.get(kind, ()) if request.get(name)}
    if request.get("thumbnail") and kind not in ("voice", "live_photo"):
        known["thumbnail"] = thumbnail(request, request.params["thumbnail"])
    return known


def document(file: File) -> Json:
    """The Bot API's Document."""
    return file.view(**file.known, file_name=file.name, mime_type=file.mime)


def sticker(file: File, emoji: str = "") -> Json:
    """The Bot API's Sticker; the thumbnail of one that stands still is the sticker itself."""
    seen, more = look(file.content), {"emoji": emoji} if emoji else {}
    animated, video = seen.mime == "application/x-tgsticker", seen.mime == "video/webm"
    view = file.view(type="regular", is_animated=animated, is_video=video, **file.known, **more)
    view |= {"width": seen.width or 512, "height": seen.height or 512}
    if not (animated or video) and seen.width:
        file.width, file.height = seen.width, seen.height
        view["thumbnail"] = _scaled(file, min(THUMBNAIL, max(seen[1:3])), max(seen[1:3]))
    return view


def medium(request: Request, kind: str, value: Any) -> Json:
    """A message's part of this kind, from a call's parameter; a file that is new learns what is said of it."""
    uploaded = isinstance(value, Upload) or str(value).startswith("attach://")
    file = taken(request, value, FOLDERS[kind])
    if uploaded:
        file.known = attributes(request, kind, file)
        if kind in ("audio", "voice", *MOVING):
            file.mime = look(file.content).mime or file.mime
        request.cloud.keep_file(file)
    if kind == "photo":
        return {"photo": photo_sizes(file)}
    if kind == "sticker":
        return {"sticker": sticker(file, request.get("emoji", ""))}
    view = file.view(**file.known)
    if kind in NAMED:
        view["file_name"] = file.name
    if kind != "video_note":
        view["mime_type"] = file.mime
    if kind == "video" and request.get("cover"):
        view["cover"] = photo_sizes(taken(request, request.params["cover"], "photos"))
    if kind == "live_photo":
        view["photo"] = photo_sizes(taken(request, request.params["photo"], "photos"))
    return {kind: view, "document": _as_document(view)} if kind == "animation" else {kind: view}


def _as_document(animation: Json) -> Json:
    """An animation again, for bots that know documents only."""
    return {name: part for name, part in animation.items() if name not in ("width", "height", "duration")}


def _send(request: Request, kind: str) -> Json:
    chat = request.writable()
    body = medium(request, kind, request.params[kind])
    body |= caption_body(request, request.get("caption", ""))
    return deliver(request, body | _shown(request), chat)


def _shown(request: Request) -> Json:
    names = {"has_spoiler": "has_media_spoiler", "show_caption_above_media": "show_caption_above_media"}
    return {told: True for name, told in names.items() if request.get(name)}


def input_media(request: Request, media: Json) -> Json:
    """The body of an InputMedia with its caption."""
    part = Request(request.cloud, request.bot, request.method, dict(media), request.uploads)
    body = medium(part, media["type"], media["media"]) | caption_body(part, media.get("caption", ""))
    return body | _shown(part)


def send_media_group(request: Request) -> list[Json]:
    chat = request.writable()
    items = request.params["media"]
    if not 2 <= len(items) <= 10:
        raise Refusal("group send failed: an album has 2 to 10 items")
    kinds = {item["type"] for item in items}
    if not any(kinds <= together for together in MIXED):
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
    user = request.cloud.account(request.params["user_id"])
    if user is None:
        raise Refusal("user not found")
    files = [file for number in user.photos if (file := request.cloud.files.by_id.get(number))]
    first = request.get("offset", 0)
    shown = files[first : first + min(request.get("limit", MOST_PHOTOS), MOST_PHOTOS)]
    return {"total_count": len(files), "photos": [photo_sizes(file) for file in shown]}


def set_my_profile_photo(request: Request) -> bool:
    photo = request.params["photo"]
    if photo["type"] != "static":
        raise Refusal("the simulator does not do moving profile photos", 501)
    request.bot.user.photos.insert(0, taken(request, photo["photo"], "photos").file_id)
    request.cloud.touch_bot(request.bot)
    return True


def remove_my_profile_photo(request: Request) -> bool:
    del request.bot.user.photos[:1]
    request.cloud.touch_bot(request.bot)
    return True


def _sends(kind: str) -> Any:
    return lambda request: _send(request, kind)


METHODS = {
    **{f"send{kind.title().replace('_', '')}": _sends(kind) for kind in FOLDERS},
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
    "setMyProfilePhoto": set_my_profile_photo,
    "removeMyProfilePhoto": remove_my_profile_photo,
}
