"""What an expression comes to: its tree as functions of one another, with the conversions of ODK Collect's engine (JavaRosa)."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, cast

from reporting.expressions import mathematics
from reporting.expressions.call_checks import asked_question
from reporting.expressions.chance import fraction, made_id, made_letters
from reporting.expressions.dates import is_iso_day, wall_days
from reporting.expressions.functions import FUNCTIONS, Function, takes
from reporting.expressions.syntax import (
    Call,
    Column,
    Here,
    Literal,
    Minus,
    Node,
    Number,
    Operation,
    Reference,
)
from reporting.expressions.values import (
    NEARLY_NOTHING,
    NodeDay,
    Result,
    boolean,
    is_empty_value,
    java_int,
    local_days,
    number_from,
    string,
)


class Nodes(Protocol):
    """The answers that an expression reads: `held` of this period, `last_held` of an earlier one, «» where there is none;
    `columns` are those of the choice that a filter is at, and what is left to chance is made of `seed`."""

    now: datetime
    choice_name: Callable[[str, str], str]
    today: NodeDay
    held: dict[str, Result]
    last_held: dict[str, Result]
    columns: Mapping[str, str]
    seed: str


Run = Callable[[Nodes, str], Result]
"""Given the answers, and the name of the question that «.» is."""

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": mathematics.divided,
    "mod": mathematics.remainder,
}
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_READERS: dict[str, Callable[[Result], Result]] = {
    "n": number_from, "m": local_days, "s": string, "b": boolean, "a": lambda value: value,
}  # fmt: skip


def compiled(node: Node) -> Run:
    """`node` as a function of the answers and of the question in which it stands."""
    match node:
        case Number():
            return _constant(float(node.text))
        case Literal():
            return _constant(node.text)
        case Column(name):
            return lambda nodes, _: nodes.columns[name]
        case Here():
            return _here
        case Reference(name, True):
            return lambda nodes, _: nodes.last_held.get(name, "")
        case Reference(name):
            return lambda nodes, _: nodes.held.get(name, "")
        case Minus():
            operand = _number(node.operand)
            return lambda nodes, here: -operand(nodes, here)
        case Operation():
            return _operation(node)
        case Call():
            return _call(node)


def _constant(value: Result) -> Run:
    return lambda _nodes, _: value


def _here(nodes: Nodes, here: str) -> Result:
    return nodes.held.get(here, "")


def _number(node: Node) -> Callable[[Nodes, str], float]:
    run = compiled(node)
    if isinstance(node, Number | Minus) or (isinstance(node, Operation) and node.operator in _ARITHMETIC):
        return cast(Callable[[Nodes, str], float], run)

    def number(nodes: Nodes, here: str) -> float:
        value = run(nodes, here)
        return value if value.__class__ is float else number_from(value)

    return number


def compiled_truth(node: Node) -> Callable[[Nodes, str], bool]:
    """`node` as a function that says whether it is true."""
    run = compiled(node)
    if isinstance(node, Operation) and node.operator not in _ARITHMETIC:
        return cast(Callable[[Nodes, str], bool], run)
    return lambda nodes, here: boolean(run(nodes, here))


def _operation(node: Operation) -> Run:
    of = _ARITHMETIC.get(node.operator) or _COMPARED.get(node.operator)
    if node.operator in ("and", "or"):
        first, second = compiled_truth(node.left), compiled_truth(node.right)
        if node.operator == "and":
            return lambda nodes, here: first(nodes, here) and second(nodes, here)
        return lambda nodes, here: first(nodes, here) or second(nodes, here)
    if of is not None and not (node.operator in ("-", *_COMPARED) and _is_date_and_day(node.left, node.right)):
        less, more = _number(node.left), _number(node.right)
        return lambda nodes, here: of(less(nodes, here), more(nodes, here))
    left, right = compiled(node.left), compiled(node.right)
    if of is not None:
        return lambda nodes, here: _with_a_day(nodes.now, of, left(nodes, here), right(nodes, here))
    if node.operator == "=":
        return lambda nodes, here: _is_equal(left(nodes, here), right(nodes, here))
    return lambda nodes, here: not _is_equal(left(nodes, here), right(nodes, here))


def _is_date_and_day(left: Node, right: Node) -> bool:
    """Whether a question, «.», `today()` or `now()` stands beside a day that is written in quotes."""
    written, other = (left, right) if isinstance(left, Literal) else (right, left)
    may_be_date = isinstance(other, Reference | Here) or (isinstance(other, Call) and other.name in ("today", "now"))
    return isinstance(written, Literal) and may_be_date and is_iso_day(written.text)


def _with_a_day(now: datetime, of: Callable[[float, float], Result], left: Result, right: Result) -> Result:
    """A day written in quotes beside a date is that day, as in ODK's other two engines; JavaRosa takes it for no number,
    by which a rule like `. >= '2021-01-01'` could never be met."""
    if isinstance(left, datetime) or isinstance(right, datetime):
        return of(wall_days(now, left), wall_days(now, right))
    return of(number_from(left), number_from(right))


def _is_equal(left: Result, right: Result) -> bool:
    if left.__class__ is float and right.__class__ is float:  # what most are
        return abs(left - right) < NEARLY_NOTHING
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left) == boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return abs(number_from(left) - number_from(right)) < NEARLY_NOTHING
    return string(left) == string(right)


def _call(node: Call) -> Run:
    function, handed = FUNCTIONS[node.name], [compiled(each) for each in node.arguments]
    match node.name:
        case "if":
            condition, then, otherwise = handed
            return lambda nodes, here: then(nodes, here) if boolean(condition(nodes, here)) else otherwise(nodes, here)
        case "coalesce":
            return lambda nodes, here: _first_filled(handed, nodes, here)
        case "once":
            return lambda nodes, here: _first_filled((_here, *handed), nodes, here)
        case "today":
            return lambda nodes, _: nodes.today
        case "random":
            return lambda nodes, here: fraction(nodes.seed, f"{here}:{node.where}")
        case "uuid":
            return _made_id(handed, node.where)
        case "jr:choice-name":
            chosen, question = handed[0], asked_question(node).name
            return lambda nodes, here: nodes.choice_name(question, string(chosen(nodes, here)))
    return _called(function, node, handed or ([_here] if function.of_here else []))


def _made_id(handed: Sequence[Run], where: int) -> Run:
    if not handed:
        return lambda nodes, here: made_id(nodes.seed, f"{here}:{where}")
    length = handed[0]
    return lambda nodes, here: made_letters(nodes.seed, f"{here}:{where}", java_int(number_from(length(nodes, here))))


def _called(function: Function, node: Call, handed: list[Run]) -> Run:
    run = function.run
    assert run is not None
    read = [(_reader(function, index, node), each) for index, each in enumerate(handed)]
    if function.by_clock:
        return lambda nodes, here: run(nodes.now, *[of(each(nodes, here)) for of, each in read])
    if len(read) == 1:
        of, only = read[0]
        return lambda nodes, here: run(of(only(nodes, here)))
    return lambda nodes, here: run(*[of(each(nodes, here)) for of, each in read])


def _reader(function: Function, index: int, node: Call) -> Callable[[Result], Result]:
    letter = takes(function, index)
    if letter == "m" and node.arguments and isinstance(node.arguments[index], Reference | Here):
        letter = "n"  # a date that was answered counts as its day there, too
    return _READERS[letter]


def _first_filled(handed: Sequence[Run], nodes: Nodes, here: str) -> Result:
    """The first that is filled, or else the last."""
    value: Result = ""
    for each in handed:
        value = each(nodes, here)
        if not is_empty_value(value):
            return value
    return value
