"""Leaders set up a group, or a topic of it, to get the digest of their unit."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.leaders.leader_access import asker_of, days_named, inquired, units_meant
from reporting.access import may
from reporting.errors import Refused
from reporting.say import Say
from reporting.typed import fold
from services.context import Context
from storage.database import audit
from storage.messages import group_chats

router = Router(name="group")
in_group = F.chat.type.in_({"group", "supergroup"})


@router.message(in_group, Command("nhom", "group"))
async def set_up(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/nhom [unit]: this group gets the unit's digest from now on; /nhom thôi: it does not any more."""
    asker = asker_of(context, message, "gather")
    text, words = command.args or "", asker.words
    if fold(text) in map(fold, words.plain("group_typed_stop").split(";")):
        held = [each.unit_id for each in group_chats.at(context.connection, asker.to)]
        own = [unit_id for unit_id in held if may("gather", context.unit(unit_id), asker.duties, context.tree)]
        for unit_id in own:
            group_chats.dissolve(context.connection, asker.to, unit_id)
            audit.write(
                context.connection, context.now, asker.person.id, "group left", unit_id=unit_id, chat=asker.to.address
            )
        return [Say(asker.to, words("group_left" if own else "group_none"))]
    inquiry = inquired(context, text)
    if days_named(context, inquiry) is not None:
        raise Refused("group_no_day")
    units = units_meant(context, asker, inquiry, "gather")
    for unit in units:
        if group_chats.set_up(context.connection, asker.to, unit.id, words.language, asker.person.id, context.now):
            audit.write(
                context.connection, context.now, asker.person.id, "group set up", unit_id=unit.id, chat=asker.to.address
            )
    return [Say(asker.to, words("group_set_up", names=", ".join(unit.title for unit in units)))]


@router.message(Command("nhom", "group"))
async def elsewhere(message: Message, context: Context) -> list[Say]:
    """In a private chat: how it is done."""
    asker = asker_of(context, message, "gather")
    return [Say(asker.to, asker.words("group_how"))]
