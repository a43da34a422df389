"""Staff complain without saying of what: «bot lỗi», «sai rồi». Nothing is changed; they are told the ways on."""

from reporting.incoming import Message
from reporting.questions.typed_text import echo
from reporting.say import Say
from services.context import Context
from storage.reports import drafts


def complain(message: Message, context: Context) -> list[Say]:
    """What they can do now, by what they are charged with and what is on the screen; and how the desk hears of it."""
    to, person = message.place, context.person(message.home)
    words, roles = context.words(person), {duty.role for duty in context.duties(person)}
    lines = [words("complaint_heard", text=echo(message.to_us or message.said))]
    if roles & {"reporter", "deputy"}:
        is_open = message.is_private and drafts.on_screen(context.connection, message.chat) is not None
        lines.append(words("complaint_at_draft" if is_open else "complaint_reporter"))
    if roles & {"chair", "leader", "admin"}:
        lines.append(words("complaint_leader"))
    return [Say(to, "\n".join([*lines, words("complaint_desk")]))]
