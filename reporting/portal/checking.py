"""A mapping beside the form and the units in force: what of it fits neither."""

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from reporting.errors import Refused
from reporting.forms import Form
from reporting.portal.formats.formats import PORTAL_FORMATS
from reporting.portal.mapping import PortalMapping
from reporting.portal.periods import dhis2_type, sent_type
from reporting.portal.toml_lines import Path, key_line
from reporting.units import Unit, UnitTree

MOST_UNITS = 10
"""So many units that have no code there are named; of more the rest is counted."""


def mapping_problems(
    mapping: PortalMapping, forms: Sequence[Form], tree: UnitTree, on: date, lines: Mapping[Path, int]
) -> list[Refused]:
    """All that is wrong, in the order of lines. `on`: the day whose forms and units are meant."""
    form = next((each for each in forms if each.key == mapping.form), None)
    if form is None:
        known = ", ".join(each.key for each in forms)
        return [_refused(lines, ("form",), "mapping_unknown_form", form=mapping.form, known=known)]
    found = [
        *_of_periods(mapping, form, lines),
        *_of_indicators(mapping, form, lines),
        *_of_units(mapping, form, tree, on, lines),
    ]
    return sorted(found, key=lambda each: int(each.values["row"]))


def _refused(lines: Mapping[Path, int], path: Path, key: str, **values: object) -> Refused:
    return Refused(key, row=str(key_line(lines, path)), **values)


def _of_periods(mapping: PortalMapping, form: Form, lines: Mapping[Path, int]) -> list[Refused]:
    """A period that DHIS2 does not know would be refused there with every value."""
    if not PORTAL_FORMATS[mapping.format].is_dhis2:
        return []
    if dhis2_type(sent_type(mapping, form.schedule.period_type)) is not None:
        return []
    of = form.schedule.period_type
    key = "mapping_no_period" if of.months and mapping.rules.periods == "exact" else "mapping_no_period_at_all"
    return [_refused(lines, ("format",), key, form=form.key, period=of.kind)]


def _of_indicators(mapping: PortalMapping, form: Form, lines: Mapping[Path, int]) -> list[Refused]:
    known = {question.name: question for question in form.indicators}
    found = []
    for each in mapping.indicators:
        path = ("indicators", each.name)
        question = known.get(each.name)
        if question is None:
            near = get_close_matches(each.name, known, 1) or known
            found.append(
                _refused(lines, path, "mapping_unknown_indicator", name=each.name, form=form.key, known=", ".join(near))
            )
        elif question.kind == "state":
            names = {choice.name for choice in question.choices}
            missing = sorted(names ^ set(each.choices))
            if missing:
                found.append(
                    _refused(lines, path, "mapping_choices_differ", name=each.name, choices=", ".join(missing))
                )
        elif each.choices:
            found.append(_refused(lines, path, "mapping_choices_of_number", name=each.name))
    return found


def _of_units(mapping: PortalMapping, form: Form, tree: UnitTree, on: date, lines: Mapping[Path, int]) -> list[Refused]:
    found, of_code = list[Refused](), dict[str, str]()
    for name, code in mapping.codes.items():
        path = ("units", "codes", name)
        if tree.identified(name) is None and not any(each.code == name for each in tree):
            found.append(_refused(lines, path, "mapping_unknown_unit", unit=name))
        if of_code.setdefault(code, name) != name:
            found.append(_refused(lines, path, "mapping_same_code", unit=name, other=of_code[code], code=code))
    if mapping.others == "refuse":
        bare = [each for each in reporting_units(form, tree, on) if not mapping.code_of(each)]
        if bare:
            named = ", ".join(f"{each.code} {each.title}" for each in bare[:MOST_UNITS])
            found.append(_refused(lines, ("units",), "mapping_units_missing", n=len(bare), units=named))
    return found


def reporting_units(form: Form, tree: UnitTree, on: date) -> list[Unit]:
    """The units that a form expects on a day, root after root."""
    return [each for root in tree.roots(on) for each in tree.reporting(root, form.reports_on(on), on)]
