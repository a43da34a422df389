"""What no other handler has taken: each gets one sentence that says what to do, and changes nothing."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.common.context import Context, address_of, language_of
from handlers.common.filters import chat_of
from reporting.retries import UNREACHABLE
from reporting.say import Say
from storage.messages import outbox

router = Router(name="rest")
private = F.chat.type == "private"


@router.my_chat_member()
async def is_let_in_or_out(change: ChatMemberUpdated, turn: Context) -> list[Say]:
    """Somebody has blocked the bot, or taken it out of a group or channel; or has let it in again."""
    match change.new_chat_member.status:
        case "member" | "administrator":
            outbox.reachable(turn.connection, address_of(change.chat))
        case "kicked" | "left":
            outbox.close(turn.connection, address_of(change.chat), UNREACHABLE, turn.now)
    return []


@router.message(F.migrate_to_chat_id)
async def has_moved(message: Message, turn: Context) -> list[Say]:
    """A group has become a supergroup: what waits for it goes to its new address."""
    outbox.move(turn.connection, address_of(message.chat), str(message.migrate_to_chat_id))
    return []


@router.edited_message(private)
async def edited(message: Message, turn: Context) -> list[Say]:
    """An edited message changes no figure."""
    to = address_of(message.chat)
    person = turn.person(to)
    if not turn.duties(person):
        return []
    return [Say(to, turn.words(person)("edited_not_taken"))]


@router.message(private, F.text.startswith("/"))
async def unknown_command(message: Message, turn: Context) -> list[Say]:
    """A command that we do not have."""
    to = address_of(message.chat)
    return [Say(to, turn.words(turn.person(to), language_of(message.from_user))("command_unknown"))]


@router.message(private)
async def anything(message: Message, turn: Context) -> list[Say]:
    """A photo, a sticker, a voice message: nothing that we can read here."""
    to = address_of(message.chat)
    return [Say(to, turn.words(turn.person(to), language_of(message.from_user))("content_unknown"))]


@router.callback_query()
async def unknown_button(query: CallbackQuery, turn: Context) -> list[Say]:
    """A button of another time, or one that was forged."""
    to = chat_of(query)
    return [Say(to, turn.words(turn.person(to), query.from_user.language_code)("button_unknown_to_us"))]
