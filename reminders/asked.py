"""Questions about figures are followed up by the clock: who was asked is reminded, who asks is told how it ended."""

from messages.notices import message_of, notices_of
from messages.residents.answering import tell
from messages.residents.flags import inquiry_about
from messages.residents.view import View
from reminders.context import Tick
from reporting.events import DataQueryAsked, DataQueryEnded, DoubtEnded
from reporting.figures.areas import Areas
from reporting.figures.flag import Flag
from reporting.forms import Form
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack, State, what_is_due, written
from reporting.say import Say
from reporting.translator import translator
from services.public_answer import answer
from storage.organisation import people
from storage.reports import data_queries, forms, reports
from storage.residents import flags


def due_asked(tick: Tick) -> list[Say]:
    """The reminders and the ends of questions that are due at `now`, each recorded in this transaction."""
    questions = [] if tick.is_quiet else data_queries.open_questions(tick.connection)
    return [say for each in questions for say in _follow_up(tick, each)]


def _follow_up(tick: Tick, asked: AskedBack) -> list[Say]:
    connection, now, zone = tick.connection, tick.now, tick.zone
    report = reports.newest(connection, asked.form, asked.unit_id, asked.period)
    form = forms.published(connection, asked.form, asked.period)
    if report is None or form is None:
        return []
    if report.provisional and report.revision > asked.revision:
        return []  # corrected, once that is approved
    answer = report.answers.get(asked.indicator)
    value = written(answer.value if answer is not None else None)
    due = what_is_due(asked, report.revision, value, now, zone, tick.quiet)
    unit = tick.tree.unit(asked.unit_id)
    owner = people.person_of(connection, asked.asked_by) if asked.asked_by is not None else None
    if due == "remind":
        if not data_queries.reminded(connection, asked, now):
            return []
        theirs = people.with_duty(connection, unit.id, ("reporter", "deputy"), tick.today)
        return notices_of((DataQueryAsked(each, owner, asked, form, unit, again=True) for each in theirs), zone)
    if due == "":
        return []
    return _end(tick, asked, form, due, value, report)


def _end(tick: Tick, asked: AskedBack, form: Form, state: State, value: str, report: Report) -> list[Say]:
    by = report.sent_by if state != "unanswered" else None
    reason = report.reason if state != "unanswered" else ""
    if not data_queries.end(tick.connection, asked, state, tick.now, by, reason):
        return []
    unit, told = tick.tree.unit(asked.unit_id), list[Say]()
    for each in flags.take(tick.connection, asked.id):
        corrected = _public_answer(tick, asked, each) if state == "corrected" else None
        told.append(message_of(DoubtEnded(each, asked, form, unit, state, corrected), tick.zone))
    if asked.asked_by is None:
        return told
    owner = people.person_of(tick.connection, asked.asked_by)
    name = people.person_of(tick.connection, by).name if by is not None else ""
    end = DataQueryEnded(owner, asked, form, unit, state, value, reason, name)
    return [message_of(end, tick.zone), *told]


def _public_answer(tick: Tick, asked: AskedBack, flag: Flag) -> Say | None:
    """The figure that was doubted as whoever asks is told it now; None if it is public no more."""
    words = translator(flag.language)
    view = View(tick.forms, Areas(tick.tree), tick.local, tick.zone, flag.to, words, tick.demonstration)
    found = answer(tick.connection, view, inquiry_about(asked, tick.tree.unit(asked.unit_id)))
    return tell(found, view) if found.known else None
