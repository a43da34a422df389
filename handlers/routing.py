"""Which handler an update belongs to: commands, and who reads whatever else is said, each table in its order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.admins import change_units, correct_report, desk_page, form_file, forms, invitations, undelivered
from handlers.buttons import BUTTONS
from handlers.common import choose_by_number, complaint, fallback, in_words, join, link, my_data, propose_indicator
from handlers.common.help import show_guide
from handlers.leaders import (
    announce,
    approve,
    briefing,
    comment_asked,
    completeness,
    data_query,
    fill_for_units,
    follow_announcement,
    group_digest,
    nudge,
    overview,
    people,
    reopen,
    return_report,
    targets,
    unit_page,
)
from handlers.reporters import (
    acknowledge,
    answer,
    batch_answers,
    choose_report,
    edits,
    excel,
    hand_over,
    late_reason,
    leave,
    my_reports,
    offered_answers,
    opening_balance,
    own_hours,
    query_in_words,
    replies,
    report,
    report_page,
)
from handlers.residents import feedback, follow, inline, public_question
from reporting.commands import COMMANDS as NAMED
from reporting.effects import Effect
from reporting.incoming import ChatMoved, Incoming, InlineQuestion, Membership, Message, Tap
from reporting.presses.reading import read_press
from services.context import Context

Reader = Callable[[Message, Context], Sequence[Effect] | None]
"""Answers a message, or leaves it (None) to the next reader."""


@dataclass(frozen=True, slots=True)
class Command:
    """`name`: the English one, see reporting/commands.py; the readers are tried in their order. `in_groups`: there too."""

    name: str
    readers: tuple[Reader, ...]
    in_groups: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("start", (join.join, join.start)),
    Command("report", (fill_for_units.begin, report.begin)),
    Command("update", (report.update,)),
    Command("webform", (report_page.give_links,)),
    Command("cancel", (report.leave,)),
    Command("correct", (correct_report.correct,)),
    Command("unsaid", (undelivered.show,)),
    Command("form", (forms.form_command,)),
    Command("propose", (propose_indicator.propose_command,)),
    Command("people", (people.show,)),
    Command("invite", (invitations.invite,)),
    Command("history", (my_reports.show_history,)),
    Command("verify", (my_reports.verify,)),
    Command("leave", (leave.leave,)),
    Command("handover", (hand_over.ask_to_whom,)),
    Command("practice", (my_reports.practise,)),
    Command("standing", (overview.show_standing,), in_groups=True),
    Command("digest", (overview.show_digest,), in_groups=True),
    Command("briefing", (briefing.show_briefing,), in_groups=True),
    Command("nudge", (nudge.nudge_typed,), in_groups=True),
    Command("announce", (announce.announce_command,)),
    Command("unit", (unit_page.show_unit,), in_groups=True),
    Command("board", (overview.show_board,), in_groups=True),
    Command("compare", (unit_page.compare,), in_groups=True),
    Command("rates", (unit_page.show_rates,), in_groups=True),
    Command("completeness", (completeness.show_completeness,), in_groups=True),
    Command("targets", (targets.show_targets,), in_groups=True),
    Command("letter", (overview.show_letter,), in_groups=True),
    Command("ask", (data_query.ask_typed,), in_groups=True),
    Command("answer", (data_query.answer_typed,)),
    Command("reopen", (reopen.reopen_typed,), in_groups=True),
    Command("approve", (approve.approve_typed,), in_groups=True),
    Command("unapprove", (approve.unapprove_typed,), in_groups=True),
    Command("return", (return_report.return_typed,), in_groups=True),
    Command("desk", (desk_page.give_link,)),
    Command("group", (group_digest.set_up,), in_groups=True),
    Command("figures", (public_question.look_up,)),
    Command("follow", (follow.follow,)),
    Command("forget", (follow.forget,)),
    Command("feedback", (feedback.give_feedback,)),
    Command("link", (link.link_command,)),
    Command("language", (join.ask_language,)),
    Command("help", (show_guide,), in_groups=True),
    Command("complaint", (complaint.complain,), in_groups=True),  # in words alone
)


def said_as_command(message: Message, context: Context) -> Sequence[Effect] | None:
    """What is said without the stroke does what the command does."""
    as_typed = in_words.as_command(message, context)
    command = _BY_NAME.get(as_typed.command) if as_typed is not None else None
    if as_typed is None or command is None or not (message.is_private or command.in_groups):
        return None
    return _read(command.readers, as_typed, context)


READERS: tuple[Reader, ...] = (
    link.code_typed,
    my_data.show_mine,
    my_data.erase_mine,
    forms.form_typed,
    propose_indicator.propose_typed,
    announce.announcement_typed,
    follow_announcement.edit_typed,
    return_report.comment_typed,
    approve.reason_typed,
    change_units.answer_typed,
    opening_balance.answer_typed,
    leave.leave_in_words,
    leave.come_back,
    late_reason.snooze_typed,
    own_hours.own_hours_typed,
    late_reason.give_reason_typed,
    late_reason.give_own_reason,
    acknowledge.acknowledge_typed,
    query_in_words.answer_in_words,
    choose_report.choose_typed,
    offered_answers.answer_typed_to,
    edits.answered,
    replies.reply,
    query_in_words.mend_in_words,
    said_as_command,
    change_units.take,
    form_file.take,
    excel.take,
    answer.answer,
    query_in_words.explain_in_words,
    batch_answers.begin,
    offered_answers.offer,
    public_question.ask,
    fallback.anything,
)
"""Of a message in a person's own chat that is neither a command nor a bare number at the question on the screen."""

STRANGERS_READERS: tuple[Reader, ...] = (
    link.code_typed,
    my_data.show_mine,
    my_data.erase_mine,
    leave.leave_in_words,
    leave.come_back,
    late_reason.snooze_typed,
    late_reason.give_reason_typed,
    edits.answered,
    public_question.ask,
    fallback.anything,
)
"""The same of whoever is nobody we know: the others of READERS would leave it to the next, one after the other."""

GROUP_READERS: tuple[Reader, ...] = (said_as_command, public_question.ask_in_group)
"""In a group, of what names the bot, or answers it."""

EDIT_READERS: tuple[Reader, ...] = (edits.edited, public_question.ask_anew, fallback.edited)

_BY_NAME = {command.name: command for command in COMMANDS}
_NAMES = {name: each.names["en"] for each in NAMED for name in each.names.values()} | {"start": "start"}


TYPED_ON = ("propose", "return", "unapprove", "announce")
"""The commands that ask for something that is typed next."""


def respond(incoming: Incoming, context: Context) -> Sequence[Effect]:
    """What is done about it. Raises Refusal where it is refused."""
    match incoming:
        case Message(is_edit=True):
            return _read(EDIT_READERS, incoming, context) if incoming.is_private else ()
        case Message():
            chosen = choose_by_number.chosen(incoming, context)
            return _tap(chosen, context) if isinstance(chosen, Tap) else chosen or _message(incoming, context)
        case Tap():
            return _tap(incoming, context)
        case InlineQuestion():
            return inline.inquire(incoming, context)
        case Membership():
            return fallback.is_let_in_or_out(incoming, context)
        case ChatMoved():
            return fallback.has_moved(incoming, context)
    return ()


def _message(message: Message, context: Context) -> Sequence[Effect]:
    command = _BY_NAME.get(_NAMES.get(message.command, ""))
    if command is not None and (message.is_private or command.in_groups):
        done = _read(command.readers, message, context)
        if message.is_private and command.name not in TYPED_ON:
            for interrupted in (
                propose_indicator.interrupted,
                comment_asked.comment_interrupted,
                announce.announcement_interrupted,
            ):
                interrupted(message, context)
        return done
    if not message.is_private:
        return _read(GROUP_READERS, message, context)
    if message.said.startswith("/"):
        said = said_as_command(message, context)
        return said if said is not None else fallback.unknown_command(message, context)
    answered = answer.bare_number(message, context)  # at the question on the screen: what most messages are
    if answered is not None:
        return answered
    is_known = context.person(message.chat) is not None
    return _read(READERS if is_known else STRANGERS_READERS, message, context)


def _read(readers: Sequence[Reader], message: Message, context: Context) -> Sequence[Effect]:
    """What the first reader says that does not leave it to the next."""
    return next((said for read in readers if (said := read(message, context)) is not None), ())


def _tap(tap: Tap, context: Context) -> Sequence[Effect]:
    press = read_press(tap.press)
    return fallback.unknown_button(tap, context) if press is None else BUTTONS[type(press)](tap, press, context)
