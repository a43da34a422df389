"""Leaders set up a group, or a topic of it, to get the digest of their unit."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.leaders.leader_access import asker_of, days_named, inquired, units_meant
from reporting.errors import Refused
from reporting.say import Say
from reporting.typed import fold
from services.context import Context
from services.group_digest import give_digest, stop_digest

router = Router(name="group")
in_group = F.chat.type.in_({"group", "supergroup"})


@router.message(in_group, Command("nhom", "group"))
async def set_up(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/nhom [unit]: this group gets the unit's digest from now on; /nhom thôi: it does not any more."""
    asker = asker_of(context, message, "gather")
    text, words = command.args or "", asker.words
    if fold(text) in map(fold, words.plain("group_typed_stop").split(";")):
        stopped = stop_digest(context, asker.actor, asker.to)
        return [Say(asker.to, words("group_left" if stopped else "group_none"))]
    inquiry = inquired(context, text)
    if days_named(context, inquiry) is not None:
        raise Refused("group_no_day")
    units = units_meant(context, asker, inquiry, "gather")
    give_digest(context, asker.actor, asker.to, units)
    return [Say(asker.to, words("group_set_up", names=", ".join(unit.title for unit in units)))]


@router.message(Command("nhom", "group"))
async def elsewhere(message: Message, context: Context) -> list[Say]:
    """In a private chat: how it is done."""
    asker = asker_of(context, message, "gather")
    return [Say(asker.to, asker.words("group_how"))]
