"""People answer a question about a figure in words: its buttons', the figure that is right, or what explains the one there is."""

from handlers.leaders.data_query import RIGHT, answer_query, query_again, typed_answers
from handlers.leaders.leader_access import Asker, asker_of
from handlers.reporters.offered_answers import offer_for
from handlers.residents.public_answer import vocabulary_of
from messages.reporters.offers import TYPED_WITHIN, figures_in
from messages.reporters.reasons import is_idle
from reporting.filling.lines import read_lines
from reporting.filling.moves import Filling
from reporting.filling.offer import Offer
from reporting.filling.tasks import Task
from reporting.incoming import Message
from reporting.questions.names import Names
from reporting.questions.near_numbers import near_numbers
from reporting.questions.numbers import is_not_yet
from reporting.rounds.data_query import LONGEST, AskedBack
from reporting.say import Say
from reporting.typed_buttons import fold_typed
from services import data_query
from services.context import Context
from services.open_report import as_it_stands
from storage.reports import drafts, offers
from understanding import understand
from understanding.reasons_said import part_day_and_reason
from understanding.staff_words import asks_how_many, command_said
from understanding.typed_requests import part_day

_FOR_THE_BOT = frozenset({"greet", "thanks", "emergency", "subscribe", "unsubscribe"})


def answer_in_words(message: Message, context: Context) -> list[Say] | None:
    """«đúng», «đúng rồi», «sửa»: typed, what the buttons of the one open question do; of several it is asked which."""
    said, words = fold_typed(message.said), context.words(context.person(message.chat))
    verb = next((each for each in RIGHT if said in typed_answers(words, each)), "")
    open_now = _open_for_words(message, context) if verb else []
    if not open_now:
        return None
    asker = asker_of(context, message, "answer back")
    if len(open_now) > 1:
        return [say for each in open_now[:5] for say in query_again(context, asker, each)]
    return answer_query(context, asker, open_now[0], verb, "")


def mend_in_words(message: Message, context: Context) -> list[Say] | None:
    """Words with another number at the one open question: it is offered as the figure that is right."""
    if context.person(message.chat) is None:
        return None
    command, rest = command_said(message.said), part_day(message.said, context.today)[0]
    if not near_numbers(rest) or is_not_yet(rest) or (command is not None and command.name != "update"):
        return None
    is_bare = not any(map(str.isalpha, message.said))
    if is_bare and drafts.at(context.connection, message.chat) is not None:
        return None  # it may as well be the draft's
    open_now = _open_for_words(message, context) if _may_answer(message) else []
    if len(open_now) != 1:
        return None
    return _mended(context, asker_of(context, message, "answer back"), open_now[0], message)


def explain_in_words(message: Message, context: Context) -> list[Say] | None:
    """Words without a number at the one open question are what explains the figure; assent alone is not."""
    if context.person(message.chat) is None:
        return None
    text = " ".join(message.said.split())
    open_now = _open_for_words(message, context) if _may_answer(message) and not any(map(str.isdigit, text)) else []
    if len(open_now) != 1 or understand(text, vocabulary_of(context), context.today).intent in _FOR_THE_BOT:
        return None
    asker = asker_of(context, message, "answer back")
    if is_idle(text):
        return query_again(context, asker, open_now[0])
    return answer_query(context, asker, open_now[0], "", text)


def _may_answer(message: Message) -> bool:
    """Whether a message may be somebody's answer, not a question of his own."""
    text = message.said
    is_said = bool(text.strip()) and not message.is_forwarded and len(text) <= LONGEST
    return is_said and "?" not in text and not asks_how_many(text)


def _mended(context: Context, asker: Asker, asked: AskedBack, message: Message) -> list[Say] | None:
    """The number that is not the one on record is offered; None where the words name other figures, or another day."""
    task = Task(data_query.answered_form(context, asker.actor, asked), context.unit(asked.unit_id), asked.period)
    rest, day, _, _ = part_day_and_reason(message.said, context.today, [Names.of(task.form)])
    if day.wrong or day.day not in (None, asked.period):
        return None
    filling = as_it_stands(context, task)
    lines = read_lines(filling, figures_in(rest, [filling.form]), asker.words)
    if lines.answers and set(lines.answers) != {asked.indicator}:
        return None
    number = _other_number(filling, asked, rest)
    if number is None:
        return query_again(context, asker, asked)
    if data_query.is_closed_for(context.connection, asked, task.form, context.now, context.zone):
        return answer_query(context, asker, asked, "wrong", "")  # which says by whom it is opened again
    text = f"{asked.indicator}: {number}"
    return offer_for(context, asker.person, asker.home, task, text, message.message_id)


def _other_number(filling: Filling, asked: AskedBack, text: str) -> int | None:
    """The one number in the words that is another than the figure asked about."""
    answer = filling.answered(asked.indicator)
    others = [each for each in near_numbers(text) if answer is None or each != answer.value]
    return others[0] if len(others) == 1 else None


def _open_for_words(message: Message, context: Context) -> list[AskedBack]:
    """The questions about figures that words may answer: they are the last on the screen; else none."""
    to = message.chat
    person = context.person(to)
    on_screen = drafts.on_screen(context.connection, to)
    if person is None or (on_screen is not None and on_screen[2] == on_screen[0].turn):
        return []
    open_now = data_query.open_for(context, context.duties(person))
    offered = offers.of(context.connection, to)
    made_at = offered.made_at if offered and context.now - offered.made_at <= TYPED_WITHIN else None
    is_answer = offered is not None and any(_is_of(offered, each) for each in open_now)
    if made_at is not None and (is_answer or all(each.asked_at < made_at for each in open_now)):
        return []
    return open_now


def _is_of(offered: Offer, asked: AskedBack) -> bool:
    """Whether the offer is the figure with which a question was answered."""
    of_report = (offered.form, offered.unit_id, offered.period) == (asked.form, asked.unit_id, asked.period)
    return of_report and offered.text.startswith(f"{asked.indicator}: ")
