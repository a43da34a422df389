"""/trogiup: what somebody can do here."""

from messages.common.guide import guide
from reporting.incoming import Message
from reporting.say import Say
from services.context import Context


def show_guide(message: Message, context: Context) -> list[Say]:
    """/trogiup: every command that this person may use, and no other."""
    to = message.chat
    person = context.person(to)
    return [guide(context.duties(person), context.tree, to, context.words(person, message.language))]
