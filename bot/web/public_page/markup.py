"""HTML put together so that nothing can slip in: whatever is not `Html` already is escaped, in text and in attributes."""

from collections.abc import Iterable
from html import escape

from reporting.translator import Html

EMPTY = ("input", "circle", "line", "polyline")
"""What has nothing inside; SVG's must be closed, HTML's may be."""


def tag(name: str, /, *inside: str, **attributes: str | bool | None) -> Html:
    """`<name …>inside</name>`. Attributes: «_» stands for «-», one at the end is left out; None and False are not written."""
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{name}{said}/>") if name in EMPTY else Html(f"<{name}{said}>{joined(inside)}</{name}>")


def joined(parts: Iterable[str]) -> Html:
    return Html("".join(part if isinstance(part, Html) else escape(part, quote=False) for part in parts))


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(value, quote=True)}"'
