"""A question as its row of the survey sheet has it, and the choices of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reporting.expressions.expression import Expression
from reporting.texts import Text

Kind = Literal["flow", "stock", "total", "state"]


PERIODS_COUNTED = frozenset(
    {"giờ", "ngày", "tuần", "tháng", "quý", "năm", "kỳ", "hour", "day", "week", "month", "quarter", "year"}
)
"""What is counted by one of these is still a count: «ca/ngày», which two communes have together."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a question's choices; `columns` are the choice sheet's other columns, for `choice_filter`."""

    name: str
    label: Text
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RepeatInstance:
    """Which question of a repeat it is: its name on the sheet, the repeats around it, outermost first, and the number in each."""

    name: str
    repeats: tuple[str, ...]
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the survey sheet that is asked, shown or calculated. Sheet columns: the ODK XLSForm reference and docs/forms.md.

    `type` is XLSForm's («integer», «select_one»…). `relevant` already joins the question's own condition and its groups'.
    `group` are the labels of the groups it stands in, outermost first. `row` is its row on the survey sheet.
    `whole`: the label with what it is a part of, where it cannot be understood alone («Trong đó: dương tính»); `part_of`: the name of
    the figure that by its label it is a part of. `shown`: it is told, though
    not asked. `instance`: of a repeat; `within`: the question whether that instance is there.
    """

    name: str
    type: str
    label: Text
    hint: Text = field(default_factory=dict)
    required: Expression | None = None
    required_message: Text = field(default_factory=dict)
    constraint: Expression | None = None
    constraint_message: Text = field(default_factory=dict)
    relevant: Expression | None = None
    calculation: Expression | None = None
    default: Expression | None = None
    check: Expression | None = None
    check_message: Text = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    choice_filter: Expression | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    appearance: str = ""
    read_only: bool = False
    read_only_if: Expression | None = None
    shown: bool = False
    group: tuple[Text, ...] = ()
    kind: Kind | None = None
    visibility: Literal["public", "internal"] = "internal"
    unit: Text = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    suppress_below: int | None = None
    row: int = 0
    whole: Text = field(default_factory=dict)
    part_of: str = ""
    instance: RepeatInstance | None = None
    within: str = ""

    @property
    def alone(self) -> Text:
        """The label as it is understood where the question stands by itself."""
        return self.whole or self.label

    @property
    def adds_up(self) -> bool:
        """Whether values of several units, or a flow's of several periods, come to something when they are added up.

        A percentage or another ratio does not: two communes of 60 and 70 % are no district of 130 %.
        """
        is_counted_by = any(_is_ratio(unit) for unit in self.unit.values())
        return not is_counted_by and not (self.calculation is not None and self.calculation.is_ratio)

    @property
    def is_public(self) -> bool:
        return self.visibility == "public"


def _is_ratio(unit: str) -> bool:
    """«%», «‰», «tấn/ha», «ca/100.000 dân»: a unit of count that says «of» or «for each»."""
    _, stroke, behind = unit.casefold().partition("/")
    return "%" in unit or "‰" in unit or (bool(stroke) and behind.strip() not in PERIODS_COUNTED)
