"""The desk's file of validation rules, a row a rule: read and held against the forms, every mistake by row and column."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar, get_args

from reporting.csv_rows import read_rows
from reporting.errors import Refused, by_row, refuse_all
from reporting.expressions.expression import BadExpression, Expression, compile_expression
from reporting.forms import Form
from reporting.period_types import PeriodKind, PeriodType
from reporting.schedule import ClockTime
from reporting.texts import Text
from reporting.validation.sides import form_and_indicator
from reporting.validation.validation_rule import Importance, MissingValues, RuleOperator, Tolerance, ValidationRule
from reporting.xlsforms.settings_sheet import read_clock

COLUMNS = (
    "key",
    "name",
    "name_en",
    "left",
    "operator",
    "right",
    "tolerance",
    "units",
    "period",
    "importance",
    "hour",
    "missing",
)
WANTED = ("key", "name", "left", "operator", "right")
HOUR = "20:00"
LEAVES = "leaves"
Cells = Mapping[str, str]
T = TypeVar("T", RuleOperator, Importance, MissingValues)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row as it stands in the file; `row` counts from 1 with the heading."""

    row: int
    cells: Cells


def read_rule_list(text: str, forms: Sequence[Form], kinds: Collection[str]) -> list[tuple[RuleRow, ValidationRule]]:
    """The rules of a file in their order. `kinds`: of units. Raises Refused with every row that cannot be taken."""
    found: list[Refused] = []
    rules: list[tuple[RuleRow, ValidationRule]] = []
    for number, cells in read_rows(text, COLUMNS, WANTED, "rules_columns"):
        row = RuleRow(number, cells)
        try:
            rule = rule_of(row, forms, kinds)
        except Refused as refused:
            found.append(refused)
            continue
        if any(rule.key == other.key for _, other in rules):
            found.append(_bad(row, "key", "rules_twice"))
        rules.append((row, rule))
    refuse_all(sorted(found, key=by_row))
    return rules


def rule_of(row: RuleRow, forms: Sequence[Form], kinds: Collection[str] | None = None) -> ValidationRule:
    """The rule of a row. `kinds`: None where those of its units were looked at before. Refused with the first mistake."""
    cells = row.cells
    for column in WANTED:
        if not cells[column]:
            raise _bad(row, column, "rules_empty")
    left, right = _side(row, "left"), _side(row, "right")
    read = _forms_read(row, (("left", left), ("right", right)), forms)
    if not read:
        raise _bad(row, "left", "rules_no_figure")
    units = tuple(each.strip() for each in (cells["units"] or LEAVES).split(",") if each.strip())
    strange = [each for each in units if kinds is not None and each != LEAVES and each not in kinds]
    if strange:
        raise _bad(row, "units", "rules_units", value=strange[0], named=", ".join((LEAVES, *sorted(kinds or ()))))
    return ValidationRule(
        key=cells["key"],
        name=_name(cells),
        left=left,
        operator=_one_of(row, "operator", RuleOperator, cells["operator"]),
        right=right,
        forms=tuple(read),
        period_type=_period_type(row, list(read.values())),
        runs=_hour(row),
        tolerance=_tolerance(row),
        units=units,
        importance=_one_of(row, "importance", Importance, cells["importance"] or Importance.MEDIUM),
        missing=_one_of(row, "missing", MissingValues, cells["missing"] or MissingValues.SKIP_IF_ANY),
    )


def _side(row: RuleRow, column: str) -> Expression:
    try:
        return compile_expression(row.cells[column])
    except BadExpression as bad:
        raise _bad(row, column, "rules_expression", why=Refused(bad.key, **bad.values)) from None


def _forms_read(row: RuleRow, sides: Sequence[tuple[str, Expression]], forms: Sequence[Form]) -> dict[str, Form]:
    """The forms of the figures that the sides name. Refused for a name that is no number of a form."""
    known, read = {form.key: form for form in forms}, dict[str, Form]()
    for column, side in sides:
        for name in sorted(side.names | side.last_saved):
            found = form_and_indicator(name, tuple(known))
            if found is None:
                key = "rules_no_form" if known else "rules_no_forms"
                raise _bad(row, column, key, value=name, named=", ".join(known))
            form = known[found[0]]
            numbers = [each.name for each in form.indicators if each.kind != "state"]
            if found[1] not in numbers:
                key = "rules_no_indicator" if numbers else "rules_no_numbers"
                raise _bad(row, column, key, value=found[1], form=form.key, named=", ".join(numbers))
            read[form.key] = form
    return read


def _period_type(row: RuleRow, forms: Sequence[Form]) -> PeriodType:
    """That of the row, else the longest of its forms'."""
    wanted = row.cells["period"]
    if not wanted:
        return max((form.schedule.period_type for form in forms), key=lambda each: each.length)
    if wanted not in get_args(PeriodKind) or wanted == "on change":
        named = ", ".join(each for each in get_args(PeriodKind) if each != "on change")
        raise _bad(row, "period", "rules_one_of", value=wanted, named=named)
    own = [form.schedule.period_type for form in forms if form.schedule.period == wanted]
    kind = next(each for each in get_args(PeriodKind) if each == wanted)
    return own[0] if own else PeriodType(kind)


def _hour(row: RuleRow) -> ClockTime:
    try:
        return read_clock(row.cells["hour"] or HOUR)
    except ValueError:
        raise _bad(row, "hour", "rules_hour", value=row.cells["hour"]) from None


def _tolerance(row: RuleRow) -> Tolerance:
    text = row.cells["tolerance"]
    try:
        amount = Decimal(text.removesuffix("%").strip() or 0)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise _bad(row, "tolerance", "rules_tolerance", value=text)
    return Tolerance(amount, text.endswith("%"))


def _one_of(row: RuleRow, column: str, of: type[T], text: str) -> T:
    try:
        return of(text)
    except ValueError:
        raise _bad(row, column, "rules_one_of", value=text, named=", ".join(of)) from None


def _name(cells: Cells) -> Text:
    return {"vi": cells["name"], "en": cells["name_en"] or cells["name"]}


def _bad(row: RuleRow, column: str, key: str, **values: object) -> Refused:
    return Refused(key, row=str(row.row), column=column, **values)
