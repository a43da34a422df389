"""/phieu: links by which a reporter opens his reports, each whole on a page; and the button that leads there."""

from hashlib import sha256

from handlers.reporters.report import of_day
from messages.reporters.page_words import page_links
from messages.reporters.task_words import nothing_open
from reporting.incoming import Message
from reporting.say import UNKEPT, Say
from reporting.typed_buttons import fold_typed
from services.context import Context
from services.open_report import open_tasks
from services.report_page import form_link
from understanding.days import unclear

MOST_LINKS = 5


def give_links(message: Message, context: Context) -> list[Say]:
    """/phieu [unit] [day]: a link to each report that is open for him, sent ones too; only in his own chat.

    Refused where what is typed behind it is neither.
    """
    to = message.chat
    person, words = context.person(to), context.words_for(message)
    held = context.duties(person, "reporter", "deputy", "leader")
    if person is None or not held:
        return context.not_authorised(to, words, "webform")
    if context.site is None:
        return [Say(to, words("sheet_none"))]
    found, rest = of_day(context, open_tasks(context, held), message.arguments)
    if rest:
        found = [each for each in found if fold_typed(rest) in map(fold_typed, (each.unit.name, each.unit.title))]
        if not found:
            raise unclear(rest)
    if not found:
        return [nothing_open(context.forms, context.local, context.zone, to, words)]
    shown = found[:MOST_LINKS]
    links = [(each, form_link(context, person, each.form.key, each.unit.id, each.period)) for each in shown]
    secret = sha256("".join(link for _, link in links).encode()).hexdigest()[:16]
    return [Say(to, page_links(links, len(found) - len(links), words), key=f"{UNKEPT}webform {secret}")]
