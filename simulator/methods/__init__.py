"""The Bot API's methods that are simulated, by family; each module's table is at its foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.methods import (
    account,
    commands,
    edits,
    forums,
    groups,
    invite_links,
    live_places,
    media,
    messages,
    places,
    polls,
    queries,
    receiving,
)
from simulator.requests import Request

FAMILIES = (
    receiving,
    messages,
    places,
    media,
    edits,
    queries,
    commands,
    account,
    groups,
    invite_links,
    polls,
    live_places,
    forums,
)
METHODS: dict[str, Callable[[Request], Any]] = {
    name: method for family in FAMILIES for name, method in family.METHODS.items()
}
