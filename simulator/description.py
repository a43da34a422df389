"""The machine-readable description of the Bot API: which parameters a method takes, which shape an answer has.

`botapi/api.json` is derived (sentences left out) by `botapi/derive.py` from the descriptions of aiogram and of
PaulSonOfLars/telegram-bot-api-spec; both are MIT, see the licences beside it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

Json = dict[str, Any]


ARRAY = "Array of "
RIGHTS = "ChatAdministratorRights"


class Field(NamedTuple):
    """A parameter of a method or a field of an object: the types that it may have."""

    required: bool
    types: tuple[str, ...]


class Shapes(NamedTuple):
    """The whole description."""

    version: str
    methods: dict[str, dict[str, Field]]
    returns: dict[str, tuple[str, ...]]
    types: dict[str, dict[str, Field]]
    subtypes: dict[str, tuple[str, ...]]
    parameters: frozenset[str]


@cache
def shapes() -> Shapes:
    """Read the description (once)."""
    raw = json.loads(files("simulator").joinpath("botapi/api.json").read_text("utf-8"))
    return Shapes(
        raw["version"],
        {name: _fields(method["fields"]) for name, method in raw["methods"].items()},
        {name: tuple(method["returns"]) for name, method in raw["methods"].items()},
        {name: _fields(kind["fields"]) for name, kind in raw["types"].items()},
        {name: tuple(kind["subtypes"]) for name, kind in raw["types"].items() if "subtypes" in kind},
        frozenset(name for method in raw["methods"].values() for name in method["fields"]),
    )


def _fields(raw: dict[str, list[Any]]) -> dict[str, Field]:
    return {name: Field(bool(spec[0]), tuple(spec[1:])) for name, spec in raw.items()}


def fault(value: Any, types: tuple[str, ...], where: str = "") -> str | None:
    """What is wrong with `value` as one of `types`, in words that name the place; None when nothing is.

    Unknown fields of an object are wrong too. A file to be sent is not looked into.
    """
    arrays = [kind.removeprefix(ARRAY) for kind in types if kind.startswith(ARRAY)]
    if isinstance(value, list) and arrays:
        return next((f for i, item in enumerate(value) if (f := fault(item, tuple(arrays), f"{where}[{i}]"))), None)
    faults = []
    for kind in types:
        found = _fault(value, kind, where)
        if found is None:
            return None
        faults.append(found)
    return max(faults, key=_depth) if faults else None


def known(value: Any, types: tuple[str, ...]) -> Any:
    """`value` as one of `types` without the fields that no such object has, and a button's text alone as a button."""
    if isinstance(value, list):
        inner = tuple(kind.removeprefix(ARRAY) for kind in types if kind.startswith(ARRAY))
        return [known(item, inner) for item in value]
    kinds = [kind for each in types for kind in shapes().subtypes.get(each, (each,))]
    if isinstance(value, str) and "KeyboardButton" in kinds:
        return {"text": value}
    if not isinstance(value, dict):
        return value
    pruned = [_pruned(value, kind) for kind in kinds if kind in shapes().types]
    fitting = [part for part in pruned if fault(part, types) is None]
    return max(fitting or pruned or [value], key=len)


def _pruned(value: Json, kind: str) -> Json:
    fields = shapes().types[kind]
    pruned = {name: known(part, fields[name].types) for name, part in value.items() if name in fields}
    if kind == RIGHTS:  # a bot need not name a right that it knows nothing of
        pruned = {name: False for name, field in fields.items() if field.required} | pruned
    return pruned


def _depth(words: str) -> int:
    return words.count(".") + words.count("[")


def _fault(value: Any, kind: str, where: str) -> str | None:
    if kind.startswith(ARRAY):
        return f"{where or 'it'} is not an array"
    if kind in SIMPLE:
        right = isinstance(value, SIMPLE[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return None if right else f"{where or 'it'} is not of type {kind}"
    if kind == "InputFile":
        return None
    subtypes = shapes().subtypes.get(kind)
    if subtypes:
        return fault(value, subtypes, where)
    return _object_fault(value, kind, where)


SIMPLE: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
}


def _object_fault(value: Any, kind: str, where: str) -> str | None:
    if not isinstance(value, dict):
        return f"{where or 'it'} is not an object"
    fields = shapes().types[kind]
    if "type" in value and "type" in fields and kind.startswith(("InputMedia", "InlineQueryResult", "BotCommandScope")):
        wanted = _literal(kind)
        if wanted is not None and value["type"] != wanted:
            return f"{where or 'it'} is not a {kind}"
    for name, field in fields.items():
        if field.required and name not in value:
            return f"{where}.{name} is missing in {kind}"
    for name, part in value.items():
        if name not in fields:
            return f"{where}.{name} is unknown in {kind}"
        if found := fault(part, fields[name].types, f"{where}.{name}"):
            return found
    return None


@cache
def _literal(kind: str) -> str | None:
    for prefix in ("InputMedia", "BotCommandScope"):
        if kind.startswith(prefix) and kind != prefix:
            name = kind.removeprefix(prefix)
            return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
    return None
