"""People tell the desk something: /gopy."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.common.addresses import address_of, language_of
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.say import Say
from services import feedback
from services.context import Context

router = Router(name="feedback")
private = F.chat.type == "private"


@router.message(private, Command("gopy", "feedback"))
async def give_feedback(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/gopy <words>: to those who keep the bot, else to the leaders."""
    to = address_of(message.chat)
    words = context.words(context.person(to), language_of(message.from_user))
    text = " ".join((command.args or "").split())
    if not text:
        return [Say(to, words("feedback_ask"))]
    try:
        events = feedback.give_feedback(context, to, text)
    except Refused as refused:
        return [Say(to, words.refusal(refused))]
    return [Say(to, words("feedback_thanks", contact=context.contact(words))), *notices_of(events, context.zone)]
