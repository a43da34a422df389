"""What no other handler has taken: each gets one sentence that says what to do, and changes nothing."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import chat_of
from reporting.retries import UNREACHABLE
from reporting.say import Say
from services.context import Context
from storage.messages import outbox

router = Router(name="rest")
private = F.chat.type == "private"


@router.my_chat_member()
async def is_let_in_or_out(change: ChatMemberUpdated, context: Context) -> list[Say]:
    """Somebody has blocked the bot, or taken it out of a group or channel; or has let it in again."""
    match change.new_chat_member.status:
        case "member" | "administrator":
            outbox.reachable(context.connection, address_of(change.chat))
        case "kicked" | "left":
            outbox.close(context.connection, address_of(change.chat), UNREACHABLE, context.now)
    return []


@router.message(F.migrate_to_chat_id)
async def has_moved(message: Message, context: Context) -> list[Say]:
    """A group has become a supergroup: what waits for it goes to its new address."""
    outbox.move(context.connection, address_of(message.chat), str(message.migrate_to_chat_id))
    return []


@router.edited_message(private)
async def edited(message: Message, context: Context) -> list[Say]:
    """An edited message changes no figure."""
    to = address_of(message.chat)
    person = context.person(to)
    if not context.duties(person):
        return []
    return [Say(to, context.words(person)("edited_not_taken"))]


@router.message(private, F.text.startswith("/"))
async def unknown_command(message: Message, context: Context) -> list[Say]:
    """A command that we do not have."""
    to = address_of(message.chat)
    return [Say(to, context.words(context.person(to), language_of(message.from_user))("command_unknown"))]


@router.message(private)
async def anything(message: Message, context: Context) -> list[Say]:
    """A photo, a sticker, a voice message: nothing that we can read here."""
    to = address_of(message.chat)
    return [Say(to, context.words(context.person(to), language_of(message.from_user))("content_unknown"))]


@router.callback_query()
async def unknown_button(query: CallbackQuery, context: Context) -> list[Say]:
    """A button of another time, or one that was forged."""
    to = chat_of(query)
    return [Say(to, context.words(context.person(to), query.from_user.language_code)("button_unknown_to_us"))]
