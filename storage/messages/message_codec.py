"""A Say as the JSON of an outbox row, and as the messages that a channel takes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reporting.people import Address
from reporting.pieces import CAPTION, pieces, visible
from reporting.say import Button, Drawn, Rank, Say


def messages_of(say: Say) -> list[Say]:
    """The Say as messages that are each one call: a long text in pieces, a long caption after its file.

    The first bears the `key` and what it `edits`, the last the buttons.
    """
    files = [replace(say, text="", document=None)] if say.photo else []
    if say.document:
        files.append(replace(say, text="", photo=None))
    if files and visible(say.text) <= CAPTION:
        files[0] = replace(files[0], text=say.text)
        texts: list[Say] = []
    else:
        texts = [replace(say, text=piece, photo=None, document=None) for piece in pieces(say.text)]
    made = [*files, *texts]
    made = [made[0], *(replace(each, edits="", key=f"{each.key}#{n}" if each.key else "") for n, each in _later(made))]
    return [*(replace(each, buttons=()) for each in made[:-1]), made[-1]]


def _later(made: Sequence[Say]) -> list[tuple[int, Say]]:
    return list(enumerate(made))[1:]


def json_of(say: Say) -> dict[str, Any]:
    """What is kept of a Say in its row, beside the columns: no key stands there for nothing."""
    kept: dict[str, Any] = {
        "text": str(say.text),
        "buttons": [[_button(each) for each in line] for line in say.buttons],
        "photo": _drawn(say.photo),
        "document": _drawn(say.document),
        "edits": say.edits,
        "extra": dict(say.extra),
    }
    return {name: value for name, value in kept.items() if value}


def _button(button: Button) -> dict[str, str]:
    parts = {"text": button.text, "press": button.press, "url": button.url, "copy": button.copy}
    return {name: str(value) for name, value in parts.items() if value}


def _drawn(drawn: Drawn | None) -> dict[str, Any] | None:
    if drawn is None:
        return None
    return {"maker": drawn.maker, "file_name": drawn.file_name, "content": dict(drawn.content)}


def say_of(kept: Mapping[str, Any], to: Address, rank: int) -> Say:
    """The Say that a row keeps."""
    return Say(
        to,
        kept.get("text", ""),
        tuple(tuple(Button(**button) for button in line) for line in kept.get("buttons", ())),
        photo=Drawn(**kept["photo"]) if "photo" in kept else None,
        document=Drawn(**kept["document"]) if "document" in kept else None,
        rank=Rank(rank),
        edits=kept.get("edits", ""),
        extra=kept.get("extra", {}),
    )
