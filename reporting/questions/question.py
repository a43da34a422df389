"""A question as its row of the survey sheet has it, and the choices of a list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from reporting.expressions.expression import Expression
from reporting.questions.units_of_count import is_percent, is_ratio
from reporting.texts import Text

Kind = Literal["flow", "stock", "total", "state"]
Number = int | Decimal


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
    adds_up_said: Literal["", "yes", "no"] = ""
    is_worked_ratio: bool = False

    @property
    def alone(self) -> Text:
        """The label as it is understood where the question stands by itself."""
        return self.whole or self.label

    @property
    def adds_up(self) -> bool:
        """Whether values of several units, or a flow's of several periods, come to something when they are added up.

        A percentage or another ratio does not: two communes of 60 and 70 % are no district of 130 %.
        """
        if self.adds_up_said:
            return self.adds_up_said == "yes"
        return not self.is_worked_ratio and not any(map(is_ratio, self.unit.values()))

    @property
    def sums_over_periods(self) -> bool:
        """Whether its values of several periods are added up; of any other the newest is told of them."""
        return self.kind == "flow" and self.adds_up

    @property
    def is_percentage(self) -> bool:
        """Whether it is counted in per cent."""
        return any(map(is_percent, self.unit.values()))

    def has_total(self, of: int) -> bool:
        """Whether values of so many units come to something together; that of one always does."""
        return self.adds_up or of <= 1

    def together(self, values: Collection[Number], of: int) -> Number | None:
        """What these `values` of so many units come to; None where there is none of them, or no sum."""
        return sum(values) if values and self.has_total(of) else None

    @property
    def is_public(self) -> bool:
        return self.visibility == "public"
