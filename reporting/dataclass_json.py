"""Frozen dataclasses as JSON, and back, by the types of their fields: the one place that knows how contents are kept.

A dataclass is an object, a named tuple a list, a day or a moment is ISO 8601; a moment that is not known is «». Values of a named
tuple that are None by default are left out at its end. What has a default may be missing, for it was not always kept; what is
there beside the fields is passed over.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Way = Callable[[Any], Any]


class _Codec(NamedTuple):
    """How a value is written and how it is read; None: as it is."""

    write: Way | None = None
    read: Way | None = None


def as_json(value: object) -> dict[str, Any]:
    """A dataclass as what `json.dumps` takes."""
    kind: Any = type(value)
    write = _codec(kind).write
    assert write is not None
    made: dict[str, Any] = write(value)
    return made


def of_json(kind: type[T], kept: Mapping[str, Any]) -> T:
    """A dataclass of this kind from its JSON. TypeError, ValueError or AttributeError where that is none of its."""
    of: Any = kind
    read = _codec(of).read
    assert read is not None
    made: T = read(kept)
    return made


@cache
def _codec(kind: Any) -> _Codec:
    args = get_args(kind)
    match get_origin(kind):
        case None:
            return _of_class(kind)
        case origin if origin is Literal:
            return _Codec()
        case origin if origin in (Union, UnionType):
            return _of_optional(args)
        case origin if origin is tuple:
            return _of_sequence(_codec(args[0]))
        case origin if issubclass(origin, Mapping):
            return _of_mapping(args[0], _codec(args[1]))
    raise TypeError(f"{kind} is not kept as JSON")


def _of_class(kind: type) -> _Codec:
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if issubclass(kind, tuple):
        return _of_named_tuple(kind)
    if issubclass(kind, datetime | date):
        return _Codec(kind.isoformat, kind.fromisoformat)
    if issubclass(kind, str) and kind is not str:
        return _Codec(None, kind)
    if kind in (str, int, float, bool):
        return _Codec()
    raise TypeError(f"{kind} is not kept as JSON")


def _of_optional(kinds: tuple[Any, ...]) -> _Codec:
    """«X | None», or numbers and text that JSON tells apart."""
    some = [_codec(kind) for kind in kinds if kind is not NoneType]
    write, read = some[0]
    if write is None and read is None and all(each == some[0] for each in some):
        return some[0]
    if len(some) > 1 or write is None or read is None:
        raise TypeError(f"{kinds} are not told apart in JSON")
    nothing = "" if datetime in kinds else None
    return _Codec(
        lambda value: nothing if value is None else write(value),
        lambda kept: None if kept is None or kept == "" else read(kept),
    )


def _of_sequence(item: _Codec) -> _Codec:
    write, read = item
    return _Codec(
        list if write is None else lambda values: [write(each) for each in values],
        tuple if read is None else lambda kept: tuple([read(each) for each in kept]),
    )


def _of_mapping(key: type, item: _Codec) -> _Codec:
    """JSON's keys are text."""
    write, read = item.write or _same, item.read or _same
    return _Codec(
        lambda values: {str(name): write(each) for name, each in values.items()},
        lambda kept: {key(name): read(each) for name, each in kept.items()},
    )


def _of_named_tuple(kind: Any) -> _Codec:
    ways = [_codec(each) for each in get_type_hints(kind).values()]
    writes, reads = [each.write or _same for each in ways], [each.read or _same for each in ways]
    least = sum(name not in kind._field_defaults or kind._field_defaults[name] is not None for name in kind._fields)

    def write(value: Any) -> list[Any]:
        written = [way(each) for way, each in zip(writes, value, strict=True)]
        while len(written) > least and written[-1] is None:
            written.pop()
        return written

    return _Codec(write, lambda kept: kind(*[way(each) for way, each in zip(reads, kept, strict=False)]))


def _of_dataclass(kind: Any) -> _Codec:
    types = get_type_hints(kind)
    ways = {each.name: _codec(types[each.name]) for each in fields(kind)}
    writes = [(name, way.write or _same) for name, way in ways.items()]
    reads = [(name, way.read or _same) for name, way in ways.items()]
    return _Codec(
        lambda value: {name: way(getattr(value, name)) for name, way in writes},
        lambda kept: kind(**{name: way(kept[name]) for name, way in reads if name in kept}),
    )


def _same(value: Any) -> Any:
    return value
