"""Leaders set up a group, or a topic of it, to get the digest of their unit."""

from handlers.leaders.leader_access import asker_of, days_named, inquired, units_meant
from reporting.errors import Refused
from reporting.incoming import Message
from reporting.say import Say
from reporting.typed_buttons import fold_typed
from services.context import Context
from services.group_digest import give_digest, stop_digest


def set_up(message: Message, context: Context) -> list[Say]:
    """/nhom [unit]: this group gets the unit's digest from now on; /nhom thôi: it does not any more. Elsewhere: how it is done."""
    asker = asker_of(context, message, "gather")
    if not message.is_group:
        return [Say(asker.to, asker.words("group_how"))]
    text, words = message.arguments, asker.words
    if fold_typed(text) in map(fold_typed, words.plain("group_typed_stop").split(";")):
        stopped = stop_digest(context, asker.actor, asker.to)
        return [Say(asker.to, words("group_left" if stopped else "group_none"))]
    inquiry = inquired(context, text, asker.duties)
    if days_named(context, inquiry) is not None:
        raise Refused("group_no_day")
    units = units_meant(context, asker, inquiry, "gather")
    give_digest(context, asker.actor, asker.to, units)
    return [Say(asker.to, words("group_set_up", names=", ".join(unit.title for unit in units)))]
