"""Where a channel has no buttons a number is typed instead: which number each has, how they are shown, what was typed.

At a question a number is an answer, so there a choice is typed with a star before it («*1»), and shown so.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from reporting.presses.reporters import DraftPress
from reporting.say import Button, Say
from reporting.typed_buttons import typed_verb

MARK = "*"
"""Every keyboard of digits has it, and nobody types it in a number."""
OF_DRAFT = {
    "back": 0,
    "stay": 0,
    "keep": 1,
    "hold": 1,
    "send": 1,
    "sure": 1,
    "same": 2,
    "zeros": 3,
    "quiet": 4,
    "unknown": 5,
    "skip": 6,
    "template": 7,
    "excel": 8,
}
"""The same number at every question, as long as it is free: whoever types it from habit does what he means."""
FIRST_BESIDE = max(OF_DRAFT.values()) + 1
"""The first number of what else is offered while a question is open: typed too late it does nothing of what stands there then."""
FIRST_UNASKED, LAST_UNASKED = 11, 89
"""Numbers of what comes unasked, a reminder say, go round in here: they stay good while a report is filled in."""
LONGEST_IN_LINE = 24
_TYPED = re.compile(r"(?P<mark>[*#])?\s*(?P<number>\d{1,2})(?:\s+(?P<words>\D.*))?")


@dataclass(frozen=True, slots=True)
class TypedChoice:
    """A button as something to type: its number, its words, and what it carries."""

    number: int
    label: str
    press: str


def choices_of(buttons: Sequence[Sequence[Button]], taken: Collection[int], first: int) -> list[TypedChoice]:
    """The buttons that carry something, each with a number that is not `taken`; `first`: where those without an own one begin.

    One whose words are a number is what is typed for it anyway.
    """
    carrying = [each for row in buttons for each in row if each.press and not each.text.strip().isdecimal()]
    used, made = set(taken), dict[int, TypedChoice]()
    wanted = [_own_number(each) for each in carrying]
    for place, (button, own) in enumerate(zip(carrying, wanted, strict=True)):
        number = own
        if number is None or number in used:
            kept = {each for each in wanted if each is not None}
            number = next(
                n for n in range(first, first + len(carrying) + len(used) + len(kept) + 1) if n not in used | kept
            )
        used.add(number)
        made[place] = TypedChoice(number, button.text, str(button.press))
    return list(made.values())


def _own_number(button: Button) -> int | None:
    press = button.press
    if not isinstance(press, DraftPress):
        return None
    if press.move == "pick":
        return (press.number or 0) + 1
    return OF_DRAFT.get(press.move)


def with_choices(say: Say, choices: Sequence[TypedChoice], *, is_marked: bool) -> str:
    """The text of a message (HTML) with what can be typed under it, and the addresses that its buttons open."""
    mark = MARK if is_marked else ""
    ordered = sorted(choices, key=lambda each: (each.number == 0, each.number))
    shown = [f"{mark}{each.number} {escape(each.label, quote=False)}" for each in ordered]
    in_line = all(len(each.label) <= LONGEST_IN_LINE for each in choices)
    lines = [" · ".join(shown)] if in_line and shown else shown
    opened = [each for row in say.buttons for each in row if each.url or each.copy]
    lines += [escape(f"{each.text}: {each.url or each.copy}", quote=False) for each in opened]
    return f"{say.text}\n\n" + "\n".join(lines) if lines else say.text


def choice_typed(text: str) -> tuple[int, bool, str] | None:
    """The number that a text is, whether it has the mark, and what a button with the words behind it does; None: it is no choice.

    «0 Quay lại» is as good as «*0»: whoever copies what is shown types it so.
    """
    found = _TYPED.fullmatch(text.strip())
    verb = typed_verb(found["words"]) if found is not None and found["words"] else None
    if found is None or (found["words"] and verb is None):
        return None
    return int(found["number"]), bool(found["mark"] or verb), verb[0] if verb else ""
