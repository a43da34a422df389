"""From an inquiry to what is said: reads what the rules want read. What is costly to build, or was just told, is remembered."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from aiogram.types import User

from handlers.common.addresses import CHANNEL
from handlers.residents.last_answer import LastTold
from handlers.residents.throttle import Manners
from messages.residents.answering import is_before_all, last_period, settle, tell, wants
from messages.residents.asked_back import ask_back
from messages.residents.days import begun, is_open
from messages.residents.former import notes, within_its_life
from messages.residents.next_questions import next_buttons
from messages.residents.plain import meta, not_collected, nothing_yet
from messages.residents.reported import is_not_due, missing, missing_among, missing_by_period, periods_told
from messages.residents.view import View
from reporting.figures.areas import Areas
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.periods import moment, period_before
from reporting.say import Say
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree
from services.context import Context
from storage.database.engines import answers_alone
from storage.figures import public, public_figures, published
from storage.reports import forms
from storage.schedule import rounds
from understanding import Inquiry, Span, Vocabulary

KEPT_FOR = timedelta(seconds=60)
MOST_KEPT = 2000


@dataclass(slots=True)
class Learnt:
    """What is built once for a tree and forms, for as long as they stand."""

    tree: UnitTree
    forms: tuple[tuple[str, str], ...]
    areas: Areas
    vocabulary: Vocabulary
    told: dict[tuple[object, ...], tuple[datetime, Say]] = field(default_factory=dict)
    """What was told, and when: by inquiry, language and the stamp of all that is on record."""
    manners: Manners = field(default_factory=Manners)
    last_told: LastTold = field(default_factory=LastTold)


MOST_LEARNT = 4
_learnt: deque[Learnt] = deque(maxlen=MOST_LEARNT)


def _learn(context: Context) -> Learnt:
    versions = tuple((form.key, form.version) for form in context.forms)
    roots = context.tree.roots(context.today)
    for known in _learnt:
        if known.tree is context.tree and known.forms == versions:
            return known
    areas = Areas(context.tree)
    learnt = Learnt(
        context.tree, versions, areas, Vocabulary(context.tree, context.forms, roots[0] if len(roots) == 1 else None)
    )
    _learnt.append(learnt)
    return learnt


def vocabulary_of(context: Context) -> Vocabulary:
    """Everything that may be asked for, built once for a tree and forms."""
    return _learn(context).vocabulary


def slowed(context: Context, view: View, user: User | None, *, is_tap: bool = False) -> list[Say] | None:
    """What is said instead of an answer to somebody who asks too fast; None: he does not. Staff are never slowed.

    A tap is acknowledged before it gets here, so that no note can be put on it.
    """
    chat = Address(view.to.channel, view.to.address)
    asker = Address(CHANNEL, str(user.id)) if user is not None else chat
    if context.duties(context.person(asker)):
        return None
    match _learn(context).manners.of(asker, chat, context.now, is_tap=is_tap):
        case "answer":
            return None
        case "say so":
            return [Say(view.to, view.words("ask_too_fast"))]
    return []


def view_of(context: Context, to: Address, words: Translator) -> View:
    """What every answer is told with."""
    return View(to, words, context.forms, _learn(context).areas, context.local, context.zone, context.demonstration)


def before(context: Context, to: Address, asker: str, answer: str | None) -> Inquiry | None:
    """What a text goes on from: the answer that it replies to, else what whoever asks was told last.

    Where other processes answer too, one of them may have told him something since: then only the answer replied to is known.
    """
    last = _learn(context).last_told
    if answer is not None:
        return last.replied(to, answer, context.now)
    known = last.newest(to, asker, context.now)
    return known if known is not None and answers_alone(context.connection) else None


def told_to(context: Context, view: View, asker: str, inquiry: Inquiry) -> list[Say]:
    """The answer, which is gone on from for some minutes."""
    asked = (inquiry, *inquiry.also)
    said = [say for each in asked for say in answer_to(context, view, replace(each, also=()))]
    _learn(context).last_told.remember(view.to, asker, settle(asked[-1], view), said, context.now)
    return said


def forget_told(context: Context, to: Address) -> None:
    """What a chat was told is gone on from no more."""
    for known in _learnt:
        known.last_told.forget(to)


def answer_to(context: Context, view: View, inquiry: Inquiry) -> list[Say]:
    """The answer: for a minute from memory, unless a report, or anything else on record, has come in between."""
    inquiry = _begun(context, view, settle(inquiry, view))
    told = _learn(context).told
    ahead = inquiry.days.said if inquiry.intent == "future" else ""
    key = (inquiry, ahead, view.words.language, view.demonstration, view.today, published.stamp(context.connection))
    kept = told.get(key)
    if (
        kept is not None
        and kept[0] <= context.now < kept[0] + KEPT_FOR
        and not _falls_due_between(view, kept[0], context.now)
    ):
        return [replace(kept[1], to=view.to)]
    said = _answer(context, view, inquiry)
    if len(told) >= MOST_KEPT:
        told.clear()
    told[key] = (context.now, said)
    return [said]


def _begun(context: Context, view: View, inquiry: Inquiry) -> Inquiry:
    """«Từ đầu» is since the first figure of what is asked about."""
    if inquiry.meanings:
        return replace(inquiry, meanings=tuple(_begun(context, view, each) for each in inquiry.meanings))
    if not is_open(inquiry):
        return inquiry
    return begun(inquiry, _oldest(context, inquiry, view))


def _oldest(context: Context, inquiry: Inquiry, view: View) -> date | None:
    """The first period of which there is a figure of what is asked about, or offered."""
    named = (*inquiry.indicators, *inquiry.indicator_choices) or tuple(view.first)
    days = (public_figures.oldest_period(context.connection, each.form, each.question) for each in named)
    return min((day for day in days if day is not None), default=None)


def _first_after(context: Context, view: View, inquiry: Inquiry) -> date | None:
    """The first period of which there is any figure of what is asked about, if all that is asked lies before there were any."""
    last = last_period(inquiry, view)
    first = _oldest(context, inquiry, view) if last is not None else None
    if last is None or first is None:
        return None
    keys = {each.form for each in (*inquiry.indicators, *inquiry.indicator_choices) or view.first}
    began = [day for key in keys if (day := forms.first_day(context.connection, key)) is not None]
    return first if is_before_all(last, first, began) else None


def _falls_due_between(view: View, then: datetime, now: datetime) -> bool:
    """Whether a report has become late in between: that changes what is told of it."""
    late = timedelta(minutes=1)
    dues = (moment(form.schedule.due, view.today, view.zone) + late for form in view.forms)
    return any(then < due <= now for due in dues)


def _answer(context: Context, view: View, inquiry: Inquiry) -> Say:
    if inquiry.intent == "missing":
        return _missing(context, view, inquiry)
    if inquiry.intent == "meta":
        return _meta(context, view)
    if (first := _first_after(context, view, inquiry)) is not None:
        return Say(view.to, nothing_yet(view, first))
    read = [public.known(context.connection, wanted, view.areas) for wanted in wants(inquiry, view)]
    return tell(inquiry, view, read)


def _missing(context: Context, view: View, inquiry: Inquiry) -> Say:
    """Who has not reported, of the forms that have something public."""
    if inquiry.doubts:
        return ask_back(view, inquiry)
    rows, said = next_buttons(view, inquiry), notes(view, inquiry)
    inquiry = within_its_life(inquiry)
    asked = {each.form for each in inquiry.indicators}
    span = inquiry.span or Span("today", view.today, view.today)
    found = []
    for form in _reported_by_units(view):
        if asked and form.key not in asked:
            continue
        found += [_missing_of(context, view, form, unit, span) for unit in inquiry.units]
    if not found:
        return Say(view.to, not_collected(view))
    return Say(view.to, view.joined([*said, view.joined(found, "\n\n")]), rows)


def _missing_of(context: Context, view: View, form: Form, unit: Unit, span: Span) -> Html:
    periods = periods_told(form, span)
    if len(periods) > 1:
        days = (periods[0], periods[-1])
        found = rounds.standings_between(context.connection, form, *days, view.tree, context.now, view.zone, unit)
        return missing_by_period(view, form, unit, span, found)
    said = _missing_on(context, view, form, unit, periods[0])
    if not is_not_due(view, form, periods[0]):
        return said
    before = period_before(form.schedule.period, periods[0])
    return view.joined([said, _missing_on(context, view, form, unit, before)])


def _missing_on(context: Context, view: View, form: Form, unit: Unit, period: date) -> Html:
    units = [view.tree.unit(one) for one in view.areas.members(form, unit, period)]
    if len(units) > rounds.FEW:
        return missing_among(
            view, form, unit, period, *rounds.silent(context.connection, form, period, view.tree, units)
        )
    standings = rounds.standings(context.connection, form, period, view.tree, context.now, view.zone, units)
    return missing(view, form, unit, period, standings)


def _reported_by_units(view: View) -> Sequence[Form]:
    forms = {form.key: form for form, _ in view.public.values()}.values()
    return [form for form in forms if form.schedule.period != "on change"]


def _meta(context: Context, view: View) -> Say:
    forms = list({form.key: form for form, _ in view.public.values()}.values())
    return Say(view.to, meta(view, [(form, published.published_at(context.connection, form.key)) for form in forms]))
