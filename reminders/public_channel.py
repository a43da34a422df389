"""The public channel: each form's bulletin once a period, and what is corrected in a bulletin that was told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import groupby

from messages.residents.bulletin_words import bulletin_say, changes_say
from messages.residents.bulletins import (
    APART,
    KEPT_IN_MIND,
    Bulletin,
    Changes,
    bulletin_changes,
    bulletin_of,
    bulletin_periods,
    due_at,
    newest_bulletin_due,
    told_questions,
    wanted_of,
)
from messages.residents.view import View
from reminders.context import Tick
from reporting.figures.areas import Areas
from reporting.figures.known import Known, Wanted
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.periods import moment
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from reporting.units import Unit
from services.public_answer import figures, rows_of_known
from storage.messages import outbox
from storage.reports import forms
from storage.residents import bulletins
from storage.residents.bulletins import UNMARKED, BulletinRecord, Mark, Touch


@dataclass(frozen=True, slots=True)
class Post:
    """What is to be told, and what is recorded as told by it. No `say`: figures are others, but nothing that was told."""

    told: tuple[BulletinRecord, ...]
    say: Say | None = None


@dataclass(frozen=True)
class PublicChannel:
    """Where and how the public is told; `bot` is its name, to be asked for more."""

    to: Address
    language: str
    bot: str = ""


def prepared_posts(tick: Tick, channel: PublicChannel) -> list[Post]:
    """The long half: it only reads, so it may run on a reading connection in a thread.

    Of several periods that went by while nobody ticked, only the newest bulletin is told.
    """
    reading = _Reading(tick, channel, Areas(tick.tree), bulletins.newest_line(tick.connection))
    told = bulletins.newest(tick.connection, channel.to, tick.now - KEPT_IN_MIND)
    known = {each.key for each in told}
    corrected = () if tick.is_quiet else _corrections(reading, told)
    return [*_due(reading, known), *corrected]


def post(tick: Tick, channel: PublicChannel, posts: Iterable[Post]) -> int:
    """The short half: records what is told and puts it in the outbox, but for what another process has just told; the number."""
    told = (tick.apart(_part_of(each.told[0]), partial(_post, tick, channel, each)) for each in posts)
    return sum(is_told is True for is_told in told)


def _post(tick: Tick, channel: PublicChannel, one: Post) -> bool:
    if one.say is None:
        bulletins.seen(tick.connection, channel.to, one.told)
        return False
    ids = bulletins.record(tick.connection, channel.to, one.told)
    if ids:
        (message,) = outbox.put(tick.connection, [one.say], tick.now, tick.channels)
        bulletins.posted(tick.connection, ids, message)
    return bool(ids)


def _part_of(told: BulletinRecord) -> TickPart:
    form, unit_id, _ = told.key
    return TickPart(form=form, unit_id=unit_id)


@dataclass(frozen=True)
class _Reading:
    tick: Tick
    channel: PublicChannel
    areas: Areas
    line: int

    def view(self, form: Form) -> View:
        tick, words = self.tick, translator(self.channel.language)
        return tick.view(self.channel.to, words, (form,), self.areas, is_group=True)

    def bulletin(self, form: Form, root: Unit, period: date) -> Bulletin | None:
        connection, view = self.tick.connection, self.view(form)
        known = figures(connection, view, wanted_of(self.areas, form, root, period))
        return bulletin_of(known, rows_of_known(connection, view, known))

    def trend(self, form: Form, root: Unit, period: date) -> Known:
        first, periods = told_questions(form)[:1], tuple(bulletin_periods(form, period))
        return figures(self.tick.connection, self.view(form), Wanted(form, first, (root,), periods))

    def mark(self, form: Form, period: date) -> Mark:
        """Asked before the figures are read: what comes in between is found changed the next time."""
        names = [question.name for question in told_questions(form)]
        mark = bulletins.marks(self.tick.connection, form.key, names, [period]).get(period, UNMARKED)
        return bulletins.with_carried(self.tick.connection, form, names, period, mark)


def _due(reading: _Reading, known: set[bulletins.Key]) -> Iterator[Post]:
    tick = reading.tick
    for newest in tick.forms:
        yield from tick.apart(TickPart(form=newest.key), partial(_due_of, reading, newest, known)) or ()


def _due_of(reading: _Reading, newest: Form, known: set[bulletins.Key]) -> list[Post]:
    tick = reading.tick
    period = newest_bulletin_due(newest, tick.now, tick.zone)
    form = forms.published(tick.connection, newest.key, period) if period is not None else None
    if form is None or period is None or not told_questions(form):
        return []
    if tick.holds_back(due_at(form.schedule, period, tick.zone)):
        return []
    roots = (root for root in tick.tree.roots(period) if (form.key, root.id, period) not in known)
    posts = (
        tick.apart(TickPart(form=form.key, unit_id=root.id), partial(_bulletin, reading, form, root, period))
        for root in roots
    )
    return [each for each in posts if each is not None]


def _bulletin(reading: _Reading, form: Form, root: Unit, period: date) -> Post | None:
    mark, made = reading.mark(form, period), reading.bulletin(form, root, period)
    if made is None:
        return None
    say = bulletin_say(reading.view(form), made, reading.trend(form, root, period), reading.channel.bot)
    told = BulletinRecord((form.key, root.id, period), 0, made.kept((*mark, reading.line)), reading.tick.now)
    return Post((told,), say)


def _corrections(reading: _Reading, told: Sequence[BulletinRecord]) -> Iterator[Post]:
    """One message a form and unit, whatever has changed in however many periods."""
    touched = bulletins.touches(reading.tick.connection, min(each.seen for each in told)) if told else []
    told = [each for each in told if _is_touched(each, touched)]
    redrawn = max((each.line for each in touched if each.units), default=0)
    for (form, unit_id), group in groupby(sorted(told, key=lambda each: each.key), lambda each: each.key[:2]):
        corrected = partial(_corrected, reading, form, unit_id, list(group), redrawn)
        yield from reading.tick.apart(TickPart(form=form, unit_id=unit_id), corrected) or ()


def _corrected(reading: _Reading, form: str, unit_id: int, of: Sequence[BulletinRecord], redrawn: int) -> list[Post]:
    if any(each.number > 0 and reading.tick.now - each.told_at < APART for each in of):
        return []
    found, posts = list(_changed(reading, form, unit_id, of, redrawn)), list[Post]()
    if same := [_kept(each, change, (*mark, reading.line), each.told_at) for each, change, mark in found if not change]:
        posts.append(Post(tuple(same)))
    if news := [(each, change, mark) for each, change, mark in found if change]:
        new = (
            replace(_kept(each, change, (*mark, reading.line), reading.tick.now), number=each.number + 1)
            for each, change, mark in news
        )
        said = [change for _, change, _ in news]
        view, reply_to = reading.view(said[-1].bulletin.form), news[0][0].post if len(news) == 1 else ""
        posts.append(Post(tuple(new), changes_say(view, said, reading.channel.bot, reply_to)))
    return posts


def _is_touched(told: BulletinRecord, touched: Sequence[Touch]) -> bool:
    key, _, period = told.key
    here = (each for each in touched if each.line > told.seen)
    return any(each.period is None or (each.form == key and each.period <= period) for each in here)


def _kept(told: BulletinRecord, change: Changes, mark: tuple[int, str, int], told_at: datetime) -> BulletinRecord:
    return replace(told, content=change.bulletin.kept(mark, told.content), told_at=told_at)


def _changed(
    reading: _Reading, key: str, unit_id: int, told: Sequence[BulletinRecord], redrawn: int
) -> Iterator[tuple[BulletinRecord, Changes, Mark]]:
    """The bulletins whose figures are others, with what is to be told of it now. Late reports are told of when the period closes.

    `redrawn`: the audit line by which the units became others that may be in them, 0 where they have not.
    """
    names = {name for each in told for name in each.content["totals"]}
    marks = bulletins.marks(reading.tick.connection, key, names, [each.key[2] for each in told])
    for each in told:
        period = each.key[2]
        form = forms.published(reading.tick.connection, key, period)
        if form is None:
            continue
        mark = bulletins.with_carried(reading.tick.connection, form, names, period, marks.get(period, UNMARKED))
        mark = (mark[0], f"{mark[1]} {redrawn}") if redrawn else mark
        if mark == each.mark:
            continue
        is_closed = moment(form.schedule.closes, period, reading.tick.zone) <= reading.tick.now
        if mark[0] == each.mark[0] and not is_closed:
            continue
        made = reading.bulletin(form, reading.areas.tree.unit(unit_id), period)
        if made is None:
            continue
        change = bulletin_changes(each.content, made)
        if change.is_correction or is_closed or not change:
            yield each, change, mark
