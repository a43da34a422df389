"""Repeats: each instance's questions stand in the form one after the other, so that all that holds for questions holds for them.

Instance 2 of the repeat «crop» has the questions `crop_name.2` and so on. Whether it is there is the question `crop.2.there`: it is
asked («thêm nữa?»), or worked out where the form gives the count.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.expressions.expression import BadExpression, Expression, compile_expression
from reporting.expressions.syntax import NAME, Node, parse
from reporting.forms import Choice, Question
from reporting.questions.question import RepeatInstance
from reporting.texts import Text, in_language
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.instances import RepeatScope, rewritten
from reporting.xlsforms.written import written

MOST = 30
"""So many instances of a repeat at most, fewer where it has very many questions."""
LEAST = 4
MOST_QUESTIONS = 4_000
EXPRESSIONS = ("required", "constraint", "relevant", "calculation", "default", "check", "choice_filter", "read_only_if")
TEXTS = ("label", "hint", "constraint_message", "required_message", "check_message")
_REFERENCE = re.compile(rf"\$\{{\s*({NAME})\s*\}}")

Report = Callable[[str, str, BadExpression], None]
"""Takes (a question's name, a column, what is wrong with its expression for repeats)."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """`within`: the repeats around it, outermost first. `relevant`: all conditions that it stands under, as text.

    `count`: how many instances there are, as text; «» where each is asked for.
    """

    key: str
    label: Text
    within: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    count: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A question as the sheet has it, and the repeats that it stands in, outermost first."""

    question: Question
    repeats: tuple[str, ...] = ()


class Expanding:
    """Makes the questions of all instances."""

    def __init__(self, rows: Sequence[RepeatRow], repeats: Mapping[str, Repeat], report: Report) -> None:
        self.rows, self.repeats, self.report = rows, repeats, report
        self.stands_in = {row.question.name: row.repeats for row in rows}
        self.most = _most(rows, repeats)

    def questions(self) -> tuple[Question, ...]:
        return tuple(self._level(self.rows, (), ()))

    def _level(self, rows: Sequence[RepeatRow], around: tuple[str, ...], at: tuple[int, ...]) -> Iterator[Question]:
        """The questions of these rows, which all stand in the repeats `around`, in the instance `at`."""
        depth, index = len(around), 0
        while index < len(rows):
            row = rows[index]
            if len(row.repeats) == depth:
                yield self._instance(row.question, around, at)
                index += 1
                continue
            key, end = row.repeats[depth], index
            while end < len(rows) and rows[end].repeats[: depth + 1] == (*around, key):
                end += 1
            yield from self._repeat(self.repeats[key], rows[index:end], around, at)
            index = end

    def _repeat(
        self, repeat: Repeat, rows: Sequence[RepeatRow], around: tuple[str, ...], at: tuple[int, ...]
    ) -> Iterator[Question]:
        inside = (*around, repeat.key)
        for number in range(1, self.most[repeat.key] + 1):
            yield self._there(repeat, around, at, number)
            yield from self._level(rows, inside, (*at, number))
        if repeat.count:
            yield self._too_many(repeat, around, at)

    def _instance(self, question: Question, around: tuple[str, ...], at: tuple[int, ...]) -> Question:
        """The question in one instance: its name, what it reads and what it says are that instance's."""
        scope = RepeatScope(self.stands_in, self.most, around, at)
        changed: dict[str, object] = {}
        for base in EXPRESSIONS:
            expression: Expression | None = getattr(question, base)
            if expression is not None:
                changed[base] = self._compiled(question.name, base, expression.tree, scope)
        for base in TEXTS:
            changed[base] = {language: said_in(said, scope) for language, said in getattr(question, base).items()}
        choices = tuple(_choice_in(each, scope) for each in question.choices)
        group = tuple({lang: said_in(said, scope) for lang, said in label.items()} for label in question.group)
        made = replace(question, name=scope.name(question.name), choices=choices, group=group, **changed)  # type: ignore[arg-type]
        if not around:
            return made
        label = _in_scope(_numbered(self.repeats[around[-1]], at), scope)
        whole = {lang: f"{in_language(label, lang)} – {said}" for lang, said in made.label.items() if said}
        return replace(
            made, whole=whole, instance=RepeatInstance(question.name, around, at), within=there(around[-1], at)
        )

    def _compiled(self, name: str, base: str, tree: Node, scope: RepeatScope) -> Expression | None:
        try:
            return compile_expression(written(rewritten(tree, scope)))
        except BadExpression as bad:
            self.report(name, base, bad)
            return None

    def _there(self, repeat: Repeat, around: tuple[str, ...], at: tuple[int, ...], number: int) -> Question:
        """Whether the instance is there."""
        scope = RepeatScope(self.stands_in, self.most, around, at)
        conditions = list(repeat.relevant)
        before = there(repeat.key, (*at, number - 1))
        relevant = self._joined(repeat, conditions, scope, f"${{{before}}} = 'yes'" if number > 1 else "")
        made = Question(
            name=there(repeat.key, (*at, number)),
            type="calculate" if repeat.count else "select_one",
            label=_asks(repeat, at, number, scope),
            relevant=relevant,
            row=repeat.row,
            instance=RepeatInstance("there", (*around, repeat.key), (*at, number)),
            within=there(around[-1], at) if around else "",
        )
        if repeat.count:
            count = self._count(repeat, scope)
            return replace(made, calculation=compile_expression(f"if(({count}) >= {number}, 'yes', '')"))
        return replace(made, required=compile_expression("true()"), choices=_yes_or_no(repeat))

    def _too_many(self, repeat: Repeat, around: tuple[str, ...], at: tuple[int, ...]) -> Question:
        """Stands in the way of a count that is more than can be asked."""
        scope, most = RepeatScope(self.stands_in, self.most, around, at), self.most[repeat.key]
        relevant = self._joined(repeat, list(repeat.relevant), scope, f"({self._count(repeat, scope)}) > {most}")
        said = _in_scope(_said("repeat_too_many", repeat, most=most), scope)
        return Question(
            name=f"{there(repeat.key, (*at, most))}.more",
            type="acknowledge",
            label=said,
            required=compile_expression("true()"),
            constraint=compile_expression("false()"),
            constraint_message=said,
            relevant=relevant,
            row=repeat.row,
            instance=RepeatInstance("there", (*around, repeat.key), (*at, most)),
            within=there(around[-1], at) if around else "",
        )

    def _count(self, repeat: Repeat, scope: RepeatScope) -> str:
        try:
            text = written(rewritten(parse(repeat.count), scope))
            compile_expression(text)
        except BadExpression as bad:
            self.report(repeat.key, "repeat_count", bad)
            return "0"
        return text

    def _joined(self, repeat: Repeat, conditions: list[str], scope: RepeatScope, more: str) -> Expression | None:
        parts = [*([more] if more else [])]
        for text in conditions:
            try:
                parts.append(written(rewritten(parse(text), scope)))
            except BadExpression as bad:
                self.report(repeat.key, "relevant", bad)
        if not parts:
            return None
        try:
            return compile_expression(" and ".join(f"({part})" for part in parts))
        except BadExpression as bad:
            self.report(repeat.key, "relevant", bad)
            return None


def there(key: str, at: Sequence[int]) -> str:
    """The name of the question whether an instance is there."""
    return f"{key}.{'.'.join(map(str, at))}.there"


def said_in(text: str, scope: RepeatScope) -> str:
    """A label or message of an instance: its `${names}` are those of that instance, `${repeat.position}` its number."""

    def instead(match: re.Match[str]) -> str:
        position = scope.position(match[1])
        return str(position) if position else f"${{{scope.name(match[1])}}}"

    return _REFERENCE.sub(instead, text)


def _choice_in(choice: Choice, scope: RepeatScope) -> Choice:
    if not any("${" in label for label in choice.label.values()):
        return choice
    return replace(choice, label={lang: said_in(said, scope) for lang, said in choice.label.items()})


def _most(rows: Sequence[RepeatRow], repeats: Mapping[str, Repeat]) -> dict[str, int]:
    """How many instances each repeat has at most, so that the form stays one that can be worked with."""
    most = dict.fromkeys(repeats, MOST)

    def total() -> int:
        found = 0
        for row in rows:
            count = 1
            for key in row.repeats:
                count *= most[key]
            found += count
        return found

    while total() > MOST_QUESTIONS and any(each > LEAST for each in most.values()):
        most = {key: max(LEAST, each * 3 // 4) for key, each in most.items()}
    return most


def _numbered(repeat: Repeat, at: tuple[int, ...]) -> Text:
    numbers = ".".join(map(str, at))
    return {lang: f"{said} {numbers}" for lang, said in (repeat.label or {"": repeat.key}).items()}


def _said(key: str, repeat: Repeat, **values: object) -> Text:
    """A sentence of ours about a repeat, in every language of ours."""
    label = repeat.label or {"": repeat.key}
    return {lang: translator(lang).plain(key, label=in_language(label, lang), **values) for lang in LANGUAGES}


def _asks(repeat: Repeat, at: tuple[int, ...], number: int, scope: RepeatScope) -> Text:
    """«Cây trồng: đã ghi 1. Thêm nữa?»"""
    return _in_scope(_said("repeat_first" if number == 1 else "repeat_more", repeat, n=number - 1), scope)


def _in_scope(text: Text, scope: RepeatScope) -> Text:
    return {lang: said_in(said, scope) for lang, said in text.items()}


def _yes_or_no(repeat: Repeat) -> tuple[Choice, ...]:
    return tuple(Choice(name, _said(f"repeat_{name}", repeat)) for name in ("yes", "no"))
