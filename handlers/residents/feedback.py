"""People tell the desk something: /gopy."""

from messages.notices import notices_of
from reporting.errors import Refused
from reporting.incoming import Message
from reporting.say import Say
from services import feedback
from services.context import Context


def give_feedback(message: Message, context: Context) -> list[Say]:
    """/gopy <words>: to those who keep the bot, else to the leaders."""
    to = message.chat
    words = context.words_for(message)
    text = " ".join(message.arguments.split())
    if not text:
        return [Say(to, words("feedback_ask"))]
    try:
        events = feedback.give_feedback(context, to, text)
    except Refused as refused:
        return [Say(to, words.refusal(refused))]
    return [Say(to, words("feedback_thanks", contact=context.contact(words))), *notices_of(events, context.zone)]
