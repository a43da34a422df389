"""What no other handler has taken: each gets one sentence that says what to do, and changes nothing."""

from collections.abc import Sequence

from reporting.effects import Effect
from reporting.incoming import ChatMoved, Membership, Message, Tap
from reporting.retries import UNREACHABLE
from reporting.say import Say
from services.context import Context
from storage.messages import outbox


def is_let_in_or_out(change: Membership, context: Context) -> Sequence[Effect]:
    """Somebody has blocked the bot, or taken it out of a group or channel; or has let it in again."""
    if change.is_in:
        outbox.reachable(context.connection, change.chat)
    else:
        outbox.close(context.connection, change.chat, UNREACHABLE, context.now)
    return ()


def has_moved(move: ChatMoved, context: Context) -> Sequence[Effect]:
    """A chat has another address: what waits for it goes there."""
    outbox.move(context.connection, move.chat, move.new_address)
    return ()


def edited(message: Message, context: Context) -> Sequence[Effect]:
    """An edited message changes no figure."""
    person = context.person(message.chat)
    if not context.duties(person):
        return ()
    return (Say(message.chat, context.words(person)("edited_not_taken")),)


def unknown_command(message: Message, context: Context) -> Sequence[Effect]:
    """A command that we do not have."""
    return (Say(message.chat, context.words_for(message)("command_unknown")),)


def anything(message: Message, context: Context) -> Sequence[Effect]:
    """A photo, a sticker, a voice message: nothing that we can read here."""
    return (Say(message.chat, context.words_for(message)("content_unknown")),)


def unknown_button(tap: Tap, context: Context) -> Sequence[Effect]:
    """A button of another time, or one that was forged."""
    return (Say(tap.chat, context.words_for(tap)("button_unknown_to_us")),)
