"""What the public page shows of one day: the units and indicators of its table, trends, and who has reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.web.open_reading import SiteReader
from messages.residents.view import View
from reporting.figures.known import Known, Wanted
from reporting.figures.open_figures import OpenFigure
from reporting.forms import Form, Question
from reporting.period_types import period_before
from reporting.questions.names import plain_name
from reporting.rounds.standings import Standing
from reporting.units import Unit
from understanding.inquiry import Span
from understanding.periods_asked import periods_asked

MOST_UNITS = 120
"""Where more units than this report for one, those right under it stand in the table, each with its total."""
MOST_FOUND = 50
TREND = 30
Column = tuple[Form, Question]


@dataclass(frozen=True)
class Board:
    """One page's content, read when it is needed."""

    reading: SiteReader

    @property
    def view(self) -> View:
        return self.reading.view

    @cached_property
    def day(self) -> date:
        return self.reading.day

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that the page is about; None where the tree has several roots and none was chosen."""
        if self.reading.query.units:
            return self.reading.units(self.day)[0]
        roots = self.view.tree.roots(self.day)
        return roots[0] if len(roots) == 1 else None

    @cached_property
    def columns(self) -> list[Column]:
        """The headline indicators: those of an overview in chat, of the forms that were in force on the day."""
        found = [self.view.public[each] for each in self.view.first]
        return [(form, each) for form, each in found if not form.schedule.until or self.day < form.schedule.until]

    @cached_property
    def forms(self) -> dict[str, tuple[Form, list[Question]]]:
        found: dict[str, tuple[Form, list[Question]]] = {}
        for form, question in self.columns:
            found.setdefault(form.key, (form, []))[1].append(question)
        return found

    @cached_property
    def units(self) -> list[Unit]:
        """The units of the table, as their names sort: those found, else those that report for the unit, else those right under it."""
        return sorted(self._units(), key=lambda unit: unit.name_order)

    def _units(self) -> list[Unit]:
        tree = self.view.tree
        if self.reading.query.search:
            return self._found()
        if self.unit is None:
            return tree.children(None, self.day)
        members = dict.fromkeys(
            one for form, _ in self.forms.values() for one in self.view.areas.members(form, self.unit, self.day)
        )
        if len(members) > MOST_UNITS:
            return tree.children(self.unit, self.day)
        return [tree.unit(one) for one in members if one != self.unit.id]

    def _found(self) -> list[Unit]:
        wanted = plain_name(self.reading.query.search).split()
        here = (each for each in self.view.tree if each.exists(self.day))
        return [each for each in here if wanted and all(word in searched(each) for word in wanted)][:MOST_FOUND]

    @cached_property
    def figures(self) -> dict[tuple[int, str, str], OpenFigure]:
        """By unit, form and indicator: of the table's units and the page's own."""
        units = list({each.id: each for each in (*self.units, *([self.unit] if self.unit else []))}.values())
        found = {}
        for form, questions in self.forms.values():
            for each in self.reading.of_form(form, questions, units, (self.period(form),)):
                found[each.unit.id, form.key, each.question.name] = each
        return found

    def period(self, form: Form) -> date:
        return periods_asked(form, Span("date", self.day, self.day))[-1]

    def trend(self, form: Form, unit: Unit) -> tuple[Sequence[date], Known]:
        """The last periods up to the day, and what is known of the form's headline numbers in them."""
        periods = [self.period(form)]
        while len(periods) < TREND:
            periods.insert(0, period_before(form.schedule.period_type, periods[0]))
        questions = tuple(each for each in self.forms[form.key][1] if each.kind != "state")
        wanted = Wanted(form, questions, (unit,), tuple(periods))
        return periods, self.reading.known(wanted)

    @cached_property
    def standings(self) -> dict[str, dict[int, Standing]]:
        """By form and unit, where the units under the page's stand with their reports."""
        roots = [self.unit] if self.unit is not None else self.view.tree.roots(self.day)
        found: dict[str, dict[int, Standing]] = {form.key: {} for form in self.reported}
        for form in self.reported:
            for root in roots if not self.reading.query.search else self.units:
                for each in self.reading.standings(form, root, self.period(form)):
                    found[form.key][each.deadline.unit_id] = each
        return found

    def standings_of(self, form: Form, unit: Unit) -> list[Standing]:
        """Of the units that report for a unit."""
        known = self.standings[form.key]
        return [known[one] for one in self.view.areas.members(form, unit, self.period(form)) if one in known]

    @property
    def reported(self) -> list[Form]:
        return [form for form in self.reading.reported_forms() if form.key in self.forms]


def searched(unit: Unit) -> str:
    """What a unit is found by: its kind, names and code, without accents."""
    return plain_name(" ".join((unit.title, *unit.aliases, unit.code)))
