"""Updates drawn at random by the Bot API's description: well-formed ones of every kind and field, and damaged ones."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from simulator.description import ARRAY, shapes

Json = dict[str, Any]

KINDS = tuple(name for name in shapes().types["Update"] if name != "update_id")
"""Every kind of update that there is."""
DEEPEST = 4
OFTEN = 0.35
"""How often a field is there that may be missing."""
NUMBERS = (0, 1, -1, 7, 1000, 2**31 - 1, -(2**31), 2**52, -(2**52))
"""Telegram's ids have at most 52 bits."""
TEXTS = (
    "", "3", "12 ca", "/baocao", "/baocao@giaoban_bot hôm qua", "/start x", "/duyet", "gửi", "bỏ qua", "không", "F0 3\nF1 4",
    "private", "group", "supergroup", "channel", "member", "administrator", "kicked", "left", "bot_command", "vi", "en-GB",
    "<b>Thọ Dân</b> & <", "*[x](http://x.invalid)*", "=1+2", "\u202e", "\U0001f9d1\u200d\U0001f33e",
    "Số ca mới Thọ Dân hôm nay?", "x" * 5000, "d:1:1:send", "report:covid_daily:2:211110", "ask:new:2", "a:b:c", ":", "../../x",
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, False, 1.5, -0.0, 1e308, [], {}, [[]], [{}], {"id": 7}, [1, "x", None], 2**31, 2**63, -(2**63), 2**70, "\x00", "3\x00",
    "\x1b[2J", "\ud800", "3\udfff", *NUMBERS, *TEXTS,
)  # fmt: skip
"""Values that stand in a damaged update in place of the right one."""


@dataclass(frozen=True)
class Cast:
    """Whose ids stand in the updates: `people` in their own chats and `groups`."""

    people: Sequence[int]
    groups: Sequence[int]


class Drawer:
    """Draws updates, the same for the same seed."""

    def __init__(self, seed: int, cast: Cast, presses: Sequence[str] = ()) -> None:
        self.chance, self.cast, self.presses = Random(seed), cast, presses

    def update(self) -> tuple[str, Json]:
        """A kind and its body, as the description has it."""
        kind = self.chance.choice(KINDS)
        return kind, self._object(shapes().types["Update"][kind].types[0], 0)

    def answered(self) -> tuple[str, Json]:
        """The same of the kinds that the program asks for."""
        kind = self.chance.choice(("message", "edited_message", "callback_query", "inline_query", "my_chat_member"))
        return kind, self._object(shapes().types["Update"][kind].types[0], 0)

    def damaged(self, body: Json) -> Any:
        """A body of which one to four things are gone, are of another kind, or stand elsewhere."""
        changed: Any = deepcopy(body)
        for _ in range(self.chance.randint(1, 4)):
            changed = self._damage(changed)
        return changed

    def _damage(self, body: Any) -> Any:
        places = list(_places(body))
        if not places:
            return self.chance.choice(ODD)
        inside, step = self.chance.choice(places)
        match self.chance.randrange(4):
            case 0:
                del inside[step]
            case 1:
                inside[step] = deepcopy(self.chance.choice(ODD))
            case 2:
                inside[step] = [inside[step]]
            case _:
                inside[step] = {"id": inside[step], "from": deepcopy(inside[step])}
        return body

    def _value(self, types: Sequence[str], name: str, depth: int) -> Any:
        kind = self.chance.choice(types)
        if kind.startswith(ARRAY):
            most = 2 if depth < DEEPEST else 0
            return [
                self._value((kind.removeprefix(ARRAY),), name, depth + 1) for _ in range(self.chance.randint(0, most))
            ]
        match kind:
            case "Integer":
                return self._number(name)
            case "Float":
                return self.chance.choice((0.0, -91.5, 19.8, 105.6, 1e308, 3))
            case "String":
                return self._text(name)
            case "Boolean" | "True" | "False":
                return kind != "False" and (kind == "True" or self.chance.random() < 0.5)
        return self._object(kind, depth + 1)

    def _object(self, kind: str, depth: int) -> Json:
        if subtypes := shapes().subtypes.get(kind):
            return self._object(self.chance.choice(subtypes), depth)
        fields = shapes().types[kind]
        often = OFTEN / (depth + 1) if depth < DEEPEST else 0
        drawn = {
            name: self._value(field.types, name, depth)
            for name, field in fields.items()
            if (field.required and depth < 2 * DEEPEST) or self.chance.random() < often
        }
        if kind == "Chat" and self.chance.random() < 0.8:
            drawn |= self._chat()
        if kind == "User" and self.chance.random() < 0.8:
            drawn["id"] = self.chance.choice(self.cast.people)
        if kind == "Message":
            self._said(drawn)
        return drawn

    def _said(self, message: Json) -> None:
        """Most messages come from somebody in his own chat, and say something."""
        if self.chance.random() < 0.5:
            who = self.chance.choice(self.cast.people)
            message["chat"] = {"id": who, "type": "private", "first_name": "Nam"}
            message["from"] = {"id": who, "is_bot": False, "first_name": "Nam"}
        if self.chance.random() < 0.6:
            message["text"] = self._text("text")

    def _chat(self) -> Json:
        if self.chance.random() < 0.7:
            return {"id": self.chance.choice(self.cast.people), "type": "private"}
        return {"id": self.chance.choice(self.cast.groups), "type": self.chance.choice(("group", "supergroup"))}

    def _number(self, name: str) -> int:
        if name == "date":
            return self.chance.choice((0, 1, 1636533000, 2**31 - 1))
        if name == "id" and self.chance.random() < 0.7:
            return self.chance.choice((*self.cast.people, *self.cast.groups))
        return self.chance.choice(NUMBERS)

    def _text(self, name: str) -> str:
        if name == "data" and self.presses and self.chance.random() < 0.7:
            return self.chance.choice(self.presses)
        return self.chance.choice(TEXTS)


def _places(body: Any) -> Any:
    """Everything in it that can be reached: (what it is in, its name or place)."""
    steps = list(body) if isinstance(body, dict) else range(len(body)) if isinstance(body, list) else ()
    for step in steps:
        yield body, step
        yield from _places(body[step])
