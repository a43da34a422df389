"""What is to be done as the JSON of an outbox row, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from reporting.effects import AnswerInline, Article, Effect, FetchFile, SetMenu
from reporting.people import Address
from reporting.say import Button, ChannelFile, Drawn, KeptDrawing, Rank, Say

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
"""What is raised where a row does not hold what is looked for in it."""


def json_of(effect: Effect) -> dict[str, Any]:
    """What is kept of it in its row, beside the columns: no key stands there for nothing; what is no message stands under «extra»."""
    match effect:
        case SetMenu():
            return {"extra": {"menu": [list(each) for each in effect.commands]}}
        case FetchFile():
            whole = {"whole": True} if effect.whole else {}
            return {"extra": {"fetch": {"file_id": effect.file_id, "message": dict(effect.message)} | whole}}
        case AnswerInline():
            articles = [asdict(each) for each in effect.articles]
            return {"extra": {"inline": effect.query_id, "articles": articles}}
        case Say():
            return _json_of_say(effect)


def _json_of_say(say: Say) -> dict[str, Any]:
    shared = asdict(say.shared) if say.shared is not None else None
    beside = {"silent": say.silent, "reply_to": say.reply_to, "shared": shared, "recalls": say.recalls}
    kept: dict[str, Any] = {
        "text": str(say.text),
        "buttons": [[_button(each) for each in line] for line in say.buttons],
        "photo": _drawn(say.photo),
        "document": _drawn(say.document),
        "edits": say.edits,
        "extra": {name: value for name, value in beside.items() if value},
    }
    return {name: value for name, value in kept.items() if value}


def _button(button: Button) -> dict[str, str]:
    parts = {"text": button.text, "press": button.press, "url": button.url, "copy": button.copy}
    return {name: str(value) for name, value in parts.items() if value}


def _drawn(drawn: Drawn | None) -> dict[str, Any] | None:
    if drawn is None:
        return None
    return {"maker": drawn.maker, "file_name": drawn.file_name, "content": dict(drawn.kept)}


def effect_of(kept: Mapping[str, Any], to: Address, rank: int) -> Effect:
    """What a row asks for."""
    match kept.get("extra", {}):
        case {"menu": commands}:
            return SetMenu(to, tuple((name, text) for name, text in commands), Rank(rank))
        case {"fetch": {"file_id": file_id, "message": message, **how}}:
            return FetchFile(to, file_id, message, bool(how.get("whole")), Rank(rank))
        case {"inline": query_id, "articles": articles}:
            return AnswerInline(to, query_id, tuple(Article(**each) for each in articles), Rank(rank))
        case beside:
            return _say_of(kept, beside, to, rank)


def readable_effect(kept: Mapping[str, Any], to: Address, rank: int) -> Effect | None:
    """The same; None of a row that this release cannot read: one of a newer one, or that is damaged."""
    try:
        return effect_of(kept, to, rank)
    except UNREADABLE:
        return None


def _say_of(kept: Mapping[str, Any], beside: Mapping[str, Any], to: Address, rank: int) -> Say:
    return Say(
        to,
        kept.get("text", ""),
        tuple(tuple(Button(**button) for button in line) for line in kept.get("buttons", ())),
        photo=_drawn_of(kept.get("photo")),
        document=_drawn_of(kept.get("document")),
        rank=Rank(rank),
        edits=kept.get("edits", ""),
        silent=bool(beside.get("silent")),
        reply_to=str(beside.get("reply_to", "")),
        shared=ChannelFile(**beside["shared"]) if beside.get("shared") else None,
        recalls=bool(beside.get("recalls")),
    )


def _drawn_of(kept: Mapping[str, Any] | None) -> Drawn | None:
    return Drawn(kept["file_name"], KeptDrawing(kept["maker"], kept["content"])) if kept else None
