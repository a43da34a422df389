"""What the Bot API says when it will not do a thing, in Telegram's own words."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An answer with `ok: false`: the HTTP status, Telegram's description, and its `parameters`.

    `description` comes without the leading "Bad Request: " and the like, which follow from `code`.
    """

    PREFIXES = {
        400: "Bad Request: ",
        403: "Forbidden: ",
        409: "Conflict: ",
        429: "Too Many Requests: ",
        501: "Not Implemented: ",
    }

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = self.PREFIXES.get(code, "") + description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class NotThere(LookupError):
    """What a person of the simulator was to tap, open or see is not on the screen; says what is."""
