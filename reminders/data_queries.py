"""Data queries are followed up by the clock: who was asked is reminded, who asks is told how it ended."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from messages.notices import message_of
from messages.residents.answering import tell
from messages.residents.flags import inquiry_about
from reminders.context import Tick
from reporting.events.queries import DoubtEnded
from reporting.figures.areas import Areas
from reporting.figures.flag import Flag
from reporting.rounds.data_query import AskedBack
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from services.follow_up import FollowUp, follow_up
from services.public_answer import answer
from storage.messages import outbox
from storage.reports.data_queries import open_questions


def due_data_queries(tick: Tick) -> list[Say]:
    """The reminders and the ends of questions that are due at `now`, each recorded in this transaction. Part by part, somebody who
    cannot be told, an official or one of the residents who doubted, keeps no other from it; where nobody can be, it is tried again.
    """
    if tick.is_quiet:
        return []
    says = (
        tick.says(TickPart(form=each.form, unit_id=each.unit_id), partial(_followed, tick, each))
        for each in open_questions(tick.connection)
    )
    return [say for of_one in says for say in of_one]


def _followed(tick: Tick, asked: AskedBack) -> list[Say]:
    events = follow_up(tick.connection, asked, tick.tree, tick.now, tick.zone, tick.quiet)
    if not tick.parts.are_apart:
        return _said(tick, events)

    def put(some: Sequence[FollowUp]) -> list[int]:
        return outbox.put(tick.connection, _said(tick, some), tick.now, tick.channels)

    if events and not tick.parts.in_halves(tick.connection, events, _part_of, put):
        raise RuntimeError("nobody can be told of it")
    return []


def _said(tick: Tick, events: Sequence[FollowUp]) -> list[Say]:
    return [message_of(_with_figure(tick, each), tick.zone) for each in events]


def _part_of(event: FollowUp) -> TickPart:
    of = TickPart(form=event.asked.form, unit_id=event.asked.unit_id)
    return replace(of, row="doubt") if isinstance(event, DoubtEnded) else replace(of, person_id=event.to.id)


def _with_figure(tick: Tick, event: FollowUp) -> FollowUp:
    """Whoever doubted a figure that was corrected is told the new one."""
    if isinstance(event, DoubtEnded) and event.state == "corrected":
        return replace(event, figure_now=_public_answer(tick, event.asked, event.flag))
    return event


def _public_answer(tick: Tick, asked: AskedBack, flag: Flag) -> Say | None:
    """The figure that was doubted as whoever asks is told it now; None if it is public no more."""
    words = translator(flag.language)
    view = tick.view(flag.to, words, tick.forms, Areas(tick.tree))
    found = answer(tick.connection, view, inquiry_about(asked, tick.tree.unit(asked.unit_id)))
    return tell(found, view) if found.known else None
