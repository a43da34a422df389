"""Keys of rules as tests write and read them: in the spelling of a form."""

from collections.abc import Iterable

from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.reminder_rules import read_rules


def key(spelling: str) -> ReminderKey:
    """That of a form's rule: «-60m reporter»."""
    (rule,) = read_rules(spelling)
    return rule.key


def nudge(quarter: int) -> ReminderKey:
    return ReminderKey.of_number(ReminderKind.NUDGE, quarter)


def spelled(keys: Iterable[ReminderKey]) -> tuple[str, ...]:
    return tuple(each.spelled for each in keys)
