"""Check a form before it is published: what is wrong with its file, what it changes, and what of its history would not be true."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from reporting.form_changes import FormChange, HistoryBreak, form_changes, history_breaks, period_breaks
from reporting.form_version import FormVersion
from reporting.forms import Form
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.reading import BadForm, checked_form
from storage.figures import figures
from storage.reports import forms, reports


@dataclass(frozen=True, slots=True)
class FormCheck:
    """`form` is None where the file cannot be read at all. `problems` refuse it, `warnings` do not.

    `against`: the version that it would follow, None for a new form, with the `changes` to it. `breaks`: the indicators with history
    that would become others. `is_taken`: its version stands with another content; `is_same`: just this is published.
    """

    form: Form | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    against: FormVersion | None = None
    changes: tuple[FormChange, ...] = ()
    breaks: tuple[HistoryBreak, ...] = ()
    is_taken: bool = False
    is_same: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it can be published."""
        return self.form is not None and not (self.problems or self.breaks or self.is_taken)


def check_file(connection: Connection, source: bytes, file_name: str, on: date, language: str) -> FormCheck:
    """All that is to be said of a form's file before it is published for periods from `on`. Texts of changes in `language`."""
    try:
        form, found = checked_form(source, file_name)
    except BadForm as bad:
        return FormCheck(None, bad.problems)
    problems = tuple(each for each in found if not each.is_warning)
    warnings = tuple(each for each in found if each.is_warning)
    known = forms.versions(connection, form.key)
    same = next((each for each in known if each.version == form.version), None)
    is_same = same is not None and forms.source_of(connection, form.key, form.version)[0] == source
    against = followed(known, on)
    changes: list[FormChange] = []
    if against is not None:
        changes = form_changes(forms.version(connection, form.key, against.version), form, language)
    breaks = broken_history(connection, form, language)
    return FormCheck(
        form, problems, warnings, against, tuple(changes), tuple(breaks), same is not None and not is_same, is_same
    )


def followed(known: Iterable[FormVersion], on: date) -> FormVersion | None:
    """Of a form's versions the one that a new one for periods from `on` comes after: in force then, else the first that is planned."""
    by_day = list(known)
    return next((each for each in reversed(by_day) if each.from_on <= on), by_day[0] if by_day else None)


def broken_history(connection: Connection, form: Form, language: str) -> list[HistoryBreak]:
    """Which indicators with history would be others in this version; and that the form would be one of other periods."""
    ever = forms.indicators_ever(connection, form.key)
    found = history_breaks(ever, form, language)
    has = figures.with_history(connection, form.key, {each.question for each in found})
    return [*_other_periods(connection, form, ever, language), *(each for each in found if each.question in has)]


def _other_periods(connection: Connection, form: Form, ever: Collection[str], language: str) -> list[HistoryBreak]:
    known = forms.versions(connection, form.key)
    found = period_breaks(forms.version(connection, form.key, known[-1].version), form, language) if known else []
    has_any = found and (reports.has_any(connection, form.key) or figures.with_history(connection, form.key, ever))
    return found if has_any else []
