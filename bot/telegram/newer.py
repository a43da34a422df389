"""Updates that are newer than aiogram: what it cannot read of one is left out, and the rest is read as ever."""

import logging
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from bot.telegram.models import types

Json = dict[str, Any]
Path = tuple[str | int, ...]

ANSWERED = ("message", "edited_message", "callback_query")
"""Kinds at which somebody waits for an answer: one of them that cannot be read at all is a fault."""
KINDS = frozenset(types.Update.model_fields) - {"update_id"}

logger = logging.getLogger(__name__)


def readable(update: Json) -> types.Update | None:
    """An update as aiogram has it; None for a kind that it does not know, or that nobody waits for and it cannot read.

    ValidationError where somebody waits and not even the parts that every such update has can be read.
    """
    kind = next((name for name in update if name in KINDS), None)
    if kind is None:
        logger.info("Passed over an update of a kind that is not known: %s", sorted(update.keys() - {"update_id"}))
        return None
    try:
        return types.Update.model_validate(update)
    except ValidationError as error:
        rest = _without_unread(update, error)
        if rest is None and kind in ANSWERED:
            raise
        return rest


def _without_unread(update: Json, error: ValidationError) -> types.Update | None:
    """The update without what cannot be read, the least that will do; None when nothing of its body would be left."""
    rest = deepcopy(update)
    while True:  # each time something goes, so that it ends
        unread = {_found(rest, each["loc"]) for each in error.errors(include_url=False, include_input=False)}
        if any(len(path) < 2 for path in unread):
            return None
        for path in sorted(unread, key=lambda path: [(isinstance(step, int), step) for step in path], reverse=True):
            _leave_out(rest, path)
        logger.info("Left out of an update what is not known: %s", sorted(map(_named, unread)))
        try:
            return types.Update.model_validate(rest)
        except ValidationError as next_error:
            error = next_error


def _found(update: Any, place: tuple[str | int, ...]) -> Path:
    """How far an error's place leads into the update; it names classes too, and fields that are missing."""
    path: list[str | int] = []
    for step in place:
        inside = isinstance(update, dict) and step in update
        if inside or (isinstance(update, list) and isinstance(step, int) and step < len(update)):
            update = update[step]
            path.append(step)
    return tuple(path)


def _leave_out(update: Any, path: Path) -> None:
    """Later places of a list go before earlier ones, and what is inside before what it is in."""
    *above, last = path
    for step in above:
        update = update[step]
    del update[last]


def _named(path: Path) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))
