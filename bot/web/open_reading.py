"""Reads what the open data tell: one reading connection, one moment, the same reads and rules as the answers in chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.web.open_query import Query
from messages.residents.open_data import Row, figure_row, indicator_row, standing_row, unit_row
from messages.residents.view import View
from reporting.errors import Refused
from reporting.figures.areas import Areas
from reporting.figures.known import Known, Wanted
from reporting.figures.open_figures import OpenFigure
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.rounds.standings import Standing
from reporting.translator import translator
from reporting.units import Unit
from services import public_answer
from storage.figures import published
from storage.reports import forms
from understanding.inquiry import Span
from understanding.periods_asked import periods_asked

MOST_ROWS = 20_000
MOST_FACTS = 200_000
"""So many figures at most are read for one answer: a total over a country counts all its units."""
NOWHERE = Address("web", "")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the site is told with: the settings, and the areas as long as the tree stands."""

    zone: ZoneInfo
    demonstration: bool
    areas: Areas


@dataclass(frozen=True)
class SiteReader:
    """One request's reading. `now` is an aware moment."""

    connection: Connection
    now: datetime
    around: SiteSettings
    query: Query

    @cached_property
    def view(self) -> View:
        local = self.now.astimezone(self.around.zone)
        told = forms.in_force(self.connection, local.date(), since=date.min)
        words = translator(self.query.language)
        return View(told, self.around.areas, local, self.around.zone, NOWHERE, words, self.around.demonstration)

    @cached_property
    def public(self) -> dict[str, tuple[Form, list[Question]]]:
        """The public questions by form, of those asked for. Raises Refused for a name that is not public."""
        found: dict[str, tuple[Form, list[Question]]] = {}
        for form, question in self.view.public.values():
            if self.query.indicators and question.name not in self.query.indicators:
                continue
            if self.query.forms and form.key not in self.query.forms:
                continue
            found.setdefault(form.key, (form, []))[1].append(question)
        for name in self.query.forms:
            if name not in {form.key for form, _ in self.view.public.values()}:
                raise Refused("open_no_such_form", value=name)
        for name in self.query.indicators:
            if name not in {question.name for _, question in self.view.public.values()}:
                raise Refused("open_no_such_indicator", value=name)
        return found

    @cached_property
    def newest_on(self) -> date:
        """The newest day that has a public figure; today if there is none."""
        names = {
            form.key: [q.name for q in questions]
            for form, questions in self.public.values()
            if form.schedule.period != "on change"
        }
        found = [published.newest_period(self.connection, key, each, self.view.today) for key, each in names.items()]
        return max((day for day in found if day is not None), default=self.view.today)

    @property
    def day(self) -> date:
        """The day that is asked for. Raises Refused for one to come."""
        last = self.query.last_on or self.newest_on
        if last > self.view.today:
            raise Refused("open_future", today=self.view.today)
        return last

    def units(self, on: date, first_on: date | None = None) -> list[Unit]:
        """The units asked for, else all there are on that day, then those that ended from `first_on` to it.

        A code may have been several units' in that time. Raises Refused for one that no unit has.
        """
        tree, first = self.view.tree, first_on or on
        all_here = [unit for root in tree.roots(on) for unit in tree.under(root, on)] if not self.query.units else []
        found = dict.fromkeys(all_here)
        for code in self.query.units:
            theirs = [unit for unit in tree if unit.code == code and unit.exists_between(first, on)]
            if not theirs:
                raise Refused("open_no_such_unit", value=code)
            found |= dict.fromkeys(theirs)
        if not self.query.units and first < on:
            found |= dict.fromkeys(unit for unit in tree if unit.exists_between(first, on))
        return list(found)

    def figures(self) -> Iterator[Row]:
        """The figures of the days asked for, form by form."""
        last = self.day
        span = Span("date", self.query.first_on or last, last)
        units = self.units(last, span.first_on)
        for form, questions in self.public.values():
            periods = self._periods(form, span)
            self._must_be_few(form, units, len(periods) * len(questions), last)
            for each in self.of_form(form, questions, units, periods):
                yield figure_row(self.view, each)

    def _periods(self, form: Form, span: Span) -> tuple[date, ...]:
        if form.schedule.period != "on change":
            return periods_asked(form, span)
        return tuple(span.first_on + timedelta(days=count) for count in range((span.last_on - span.first_on).days + 1))

    def _must_be_few(self, form: Form, units: Sequence[Unit], times: int, on: date) -> None:
        members = {one for unit in units for one in self.around.areas.members(form, unit, on)}
        if len(units) * times > MOST_ROWS or len(members) * times > MOST_FACTS:
            raise Refused("open_too_much", n=MOST_ROWS)

    def of_form(
        self, form: Form, questions: Sequence[Question], units: Sequence[Unit], periods: Sequence[date]
    ) -> Iterator[OpenFigure]:
        """The figures of a form: side by side for all units, so that a few statements do."""
        wanted = Wanted(form, tuple(questions), tuple(units), tuple(periods), each=True)
        return public_answer.side_by_side(self.connection, self.view, wanted)

    def known(self, wanted: Wanted) -> Known:
        return public_answer.figures(self.connection, self.view, wanted)

    def standings(self, form: Form, unit: Unit, period: date) -> list[Standing]:
        """Where the units under `unit` stand with their reports."""
        return public_answer.standings_of(self.connection, self.view, form, unit, period)

    def reported_forms(self) -> list[Form]:
        """The forms with something public that units report day by day, week by week or month by month."""
        return [form for form, _ in self.public.values() if form.schedule.period != "on change"]

    def standing(self) -> Iterator[Row]:
        """The state of reporting for the day asked for, today if none is."""
        day = self.query.last_on or self.view.today
        if day > self.view.today:
            raise Refused("open_future", today=self.view.today)
        units = self.units(day) if self.query.units else self.view.tree.roots(day)
        for form in self.reported_forms():
            (period,) = periods_asked(form, Span("date", day, day))[-1:]
            if form.schedule.until is not None and period >= form.schedule.until:
                continue
            for unit in units:
                for each in self.standings(form, unit, period):
                    yield standing_row(self.view, form, each)

    def indicators(self) -> Iterator[Row]:
        for form, questions in self.public.values():
            for question in questions:
                yield indicator_row(self.view, form, question)

    def all_units(self) -> Iterator[Row]:
        for unit in self.view.tree:
            yield unit_row(self.view, unit)
