"""Where a new unit's running totals begin: the balances that are proposed before its first report."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.filling.tasks import Task
from reporting.forms import Question
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class Balance:
    """Where an indicator stood, added up over the former units. `older`: those in it with a value from before the last period.

    `lacking`: those that have none. `waiting`: those of which another value waits for approval, which is not in it.
    """

    question: Question
    value: int | Decimal
    older: tuple[Unit, ...]
    lacking: tuple[Unit, ...]
    waiting: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningWanted:
    """Before the unit's first report it is to be confirmed where its running totals begin: at the end of the period `on`.

    `divided`: former units of which only a part has come to it; nothing of theirs is in the balances.
    """

    task: Task
    on: date
    former: tuple[Unit, ...]
    divided: tuple[Unit, ...]
    balances: tuple[Balance, ...]
