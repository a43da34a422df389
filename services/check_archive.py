"""Check an archive: unit, indicator, day and type of every line; what can be taken is staged, and the rest is told with its row."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from reporting.answers import Value
from reporting.archive import ArchiveLine
from reporting.errors import Refused
from reporting.filling.tasks import expects
from reporting.forms import Form, Question
from reporting.period_types import period_before, period_of
from reporting.problem_list import ProblemList
from reporting.questions.archived import archived_value
from reporting.units import Unit
from storage.figures import figures
from storage.figures.staged_history import Given, StagedHistory
from storage.organisation import units
from storage.reports import forms, reports

MOST_VALUES = 20_000
"""So many texts of a question are known as values at a time."""


class _Values(dict[str, Value]):
    """What texts give for a question, each read once. Raises Refused with what to write instead."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, text: str) -> Value:
        value = archived_value(self._question, text)
        if len(self) >= MOST_VALUES:
            self.clear()
        self[text] = value
        return value


class Archive:
    """What a file of history may name: units, and the forms by which history of a day is read, each found once."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection, self._today = connection, today
        self.tree = units.tree(connection)
        self._named: dict[date, Mapping[str, tuple[Form, Question]]] = {}
        self._named_by: dict[tuple[int, ...], Mapping[str, tuple[Form, Question]]] = {}
        self._forms: dict[date, Mapping[str, Form]] = {}
        self._values: dict[int, _Values] = {}
        self._on: date | None = None
        self._named_here: Mapping[str, tuple[Form, Question]] = {}
        self._found: dict[tuple[str, str], Unit | Refused] = {}

    def form(self, key: str, on: date, connection: Connection) -> Form:
        """The form by which history of a day is read; KeyError if there is none."""
        self._read_forms(on, connection)
        return self._forms[on][key]

    def indicators(self, key: str) -> int:
        """How many indicators the form has, of the versions that are known by now the most."""
        return max(len(known[key].indicators) for known in self._forms.values() if key in known)

    def value(self, question: Question, text: str) -> Value:
        """What a text gives. Raises Refused with what to write instead."""
        known = self._values.get(id(question))
        if known is None:  # it keeps the question, and so its id
            known = self._values[id(question)] = _Values(question)
        return known[text]

    def about(self, line: ArchiveLine) -> tuple[Form, Unit, Question]:
        """Whose figure a line gives, and of what: of a unit that the form expects on that day, or from the next period on."""
        if line.on != self._on:
            if line.on > self._today:
                raise Refused("archive_future", date=line.on)
            self._read_forms(line.on, self._connection)
            self._on, self._named_here, self._found = line.on, self._named[line.on], {}
        known = self._named_here.get(line.indicator)
        place = (line.unit, known[0].key if known is not None else "")
        unit = self._found.get(place)
        if unit is None:
            try:
                unit = self._unit(line, known)
            except Refused as refused:
                unit = refused
            self._found[place] = unit
        if isinstance(unit, Refused):
            raise Refused(unit.key, **unit.values)
        if known is None:
            raise Refused("archive_indicator", indicator=line.indicator)
        return known[0], unit, known[1]

    def _unit(self, line: ArchiveLine, known: tuple[Form, Question] | None) -> Unit:
        unit = self.tree.identified(line.unit) if "@" in line.unit else self.tree.find(line.unit, line.on)
        if unit is None:
            raise Refused("archive_unit", unit=line.unit, date=line.on)
        if known is None:
            return unit
        form = known[0]
        opening = not unit.exists(line.on)
        if opening and not _opens(form, unit, line.on):
            raise Refused("archive_unit", unit=line.unit, date=line.on)
        of = form.schedule.period_type
        if period_of(of, line.on) != line.on:
            raise Refused("archive_period", date=line.on)
        reports_on = period_of(of, unit.since) if opening and unit.since is not None else line.on
        if not expects(form, unit, self.tree, reports_on):
            raise Refused("archive_not_expected", unit=unit.title_with(line.unit), form=form.key, date=line.on)
        return unit

    def _read_forms(self, on: date, connection: Connection) -> None:
        if on not in self._forms:
            known = forms.for_history(connection, on)
            self._forms[on] = {form.key: form for form in known}
            same = tuple(map(id, known))  # they are kept above, and so are their ids
            if same not in self._named_by:
                indicators = ((q.name, (form, q)) for form in reversed(known) for q in reversed(form.indicators))
                self._named_by[same] = dict(indicators)
            self._named[on] = self._named_by[same]


def _opens(form: Form, unit: Unit, on: date) -> bool:
    """Whether what a unit has on that day is its opening balance: for the last period before it began."""
    of = form.schedule.period_type
    return unit.since is not None and on == period_before(of, period_of(of, unit.since))


def check_archive(archive: Archive, lines: Iterable[ArchiveLine], staged: StagedHistory, problems: ProblemList) -> int:
    """Puts the lines into `staged`, and what is wrong with them into `problems`; how many there are."""
    count, elsewhere = 0, dict[tuple[date, str, str], int]()
    for line in lines:
        count += 1
        try:
            form, unit, question = archive.about(line)
        except Refused as refused:
            problems.add(Refused(refused.key, row=str(line.row), **refused.values))
            if len(problems.found) == problems.count:  # of what is only counted nothing is kept
                first = elsewhere.setdefault((line.on, line.unit, line.indicator), line.row)
                if first != line.row:
                    problems.add(Refused("archive_twice", row=str(line.row), first=str(first)))
            continue
        try:
            archive.value(question, line.value)
        except Refused as refused:
            problems.add(Refused(refused.key, row=str(line.row), **refused.values))
        stands = staged.add(form.key, unit.id, line.on, "@" in line.unit, question.name, line.value, line.row)
        if stands != line.row:
            problems.add(Refused("archive_twice", row=str(line.row), first=str(stands)))
    staged.settle()
    for stands, other in staged.twice():
        problems.add(Refused("archive_twice", row=str(other), first=str(stands)))
    return count


def check_reported(connection: Connection, archive: Archive, staged: StagedHistory, problems: ProblemList) -> None:
    """What a unit has reported itself is never replaced: whatever differs from it goes into `problems`."""
    for month in staged.months():
        if not reports.has_any(connection, month.form):
            continue
        for unit_id, given in staged.units(month):
            for each in refused_as_reported(connection, archive, month.form, unit_id, given):
                problems.add(each)


def refused_as_reported(
    connection: Connection, archive: Archive, form: str, unit_id: int, given: Given
) -> list[Refused]:
    """Of what is given for a unit, each figure of a reported period that differs from the one that stands."""
    came = reports.reported(connection, form, [unit_id], min(given), max(given)).get(unit_id, set())
    found = []
    for period in sorted(came & given.keys()):
        stands = figures.of_period(connection, form, unit_id, period)
        asked = archive.form(form, period, connection).by_name
        for name, text in given[period].texts.items():
            try:
                is_other = name not in stands or stands[name].value != archive.value(asked[name], text)
            except Refused:  # it has been told
                continue
            if is_other:
                title = archive.tree.unit(unit_id).title
                found.append(Refused("archive_reported", row=str(given[period].rows[name]), unit=title, date=period))
    return found
