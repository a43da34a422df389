"""One question's row of the survey sheet: its expressions, texts and our own columns, with everything that is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from reporting.expressions.expression import BadExpression, Expression, compile_expression
from reporting.expressions.syntax import NAME
from reporting.forms import Choice, Kind, Question
from reporting.questions.question_types import type_of
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import NOT_IN_CHAT, Cells
from reporting.xlsforms.type_cells import TypeCell

YES = frozenset({"yes", "true", "true()"})
NO = frozenset({"no", "false", "false()"})
LOOKS = re.compile(
    r"minimal|compact(-\d+)?|quick(compact)?(-\d+)?|autocomplete(_chars)?|likert|columns(-\d+|-pack)?|columns-flex|horizontal(-compact)?|"
    r"vertical|no-buttons|list(-nolabel)?|label|multiline|numbers|thousands-sep|field-list|table-list|no-ticks|picker|rating|no-calendar|"
    r"month-year|year|new(-front|-rear)?|masked|hidden-answer|w\d+|h\d+|pages|theme-\w+|url|counter|bearing|placement-map|maps"
)
"""Appearances that change only how a question looks on a phone; chat has its own looks."""

LOOSE_PARAMETERS = frozenset(
    {"max-pixels", "rows", "capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "incremental", "app"}
)
"""Parameters that chat may leave aside: they change no answer."""

_PARAMETER = re.compile(r"([\w\-]+)\s*=\s*([^\s,;]+)")


@dataclass(frozen=True, slots=True)
class Above:
    """The groups that a row stands in: their conditions (as text) and labels, outermost first."""

    relevant: tuple[str, ...] = ()
    labels: tuple[Mapping[str, str], ...] = ()


class QuestionCells:
    """Reads one row; what is wrong goes to `problems`."""

    def __init__(
        self,
        cells: Cells,
        kind: TypeCell,
        above: Above,
        choices: Mapping[str, tuple[Choice, ...]],
        problems: list[Problem],
    ) -> None:
        self.cells = cells
        self.kind = kind
        self.above = above
        self.choices = choices.get(kind.list_name, ())
        self.problems = problems

    def question(self) -> Question:
        """The row as a question; what could not be read is left out of it, and is a problem."""
        self._refuse_what_chat_cannot_carry()
        self._check_list()
        question = Question(
            name=self.cells.text("name"),
            type=self.kind.base,
            label=self.cells.texts("label"),
            hint=self.cells.texts("hint"),
            required=self._yes_or_expression("required"),
            required_message=self.cells.texts("required_message"),
            constraint=self._constraint(),
            constraint_message=self.cells.texts("constraint_message"),
            relevant=self._relevant(),
            calculation=self.expression("calculation", self.kind.special.calculation),
            check=self.expression("check"),
            check_message=self.cells.texts("check_message"),
            choices=self.choices,
            choice_filter=self.expression("choice_filter"),
            parameters=self._parameters(),
            appearance=self.cells.text("appearance"),
            read_only=self.cells.text("read_only").lower() in YES,
            group=self.above.labels,
            row=self.cells.row.number,
            **self._ours(),
        )
        return self._with_default(question)

    def expression(self, base: str, otherwise: str = "") -> Expression | None:
        """The expression in the cell under `base`, if it holds a good one."""
        text = self.cells.text(base) or otherwise
        return self._compiled(base, text) if text else None

    def _compiled(self, base: str, text: str) -> Expression | None:
        """The expression `text`; «yes» and «no» count as true() and false(), as in pyxform."""
        text = "true()" if text.lower() in YES else "false()" if text.lower() in NO else text
        try:
            return compile_expression(text)
        except BadExpression as bad:
            self._bad(base, bad.what, **bad.values)
            return None

    def _bad(self, base: str, key: str, **values: object) -> None:
        self.problems.append(self.cells.problem(base, key, **values))

    def _yes_or_expression(self, base: str) -> Expression | None:
        text = self.cells.text(base)
        if text.lower() in NO or not text:
            return None
        return self._compiled(base, text)

    def _constraint(self) -> Expression | None:
        own = self.cells.text("constraint")
        parts = [part for part in (self.kind.special.constraint, own) if part]
        if own and self._compiled("constraint", own) is None:
            return None
        return (
            compile_expression(" and ".join(f"({part})" for part in parts))
            if len(parts) > 1
            else self.expression("constraint", *parts[:1])
        )

    def _relevant(self) -> Expression | None:
        """The row's own condition and its groups', all of which must hold."""
        own = self.cells.text("relevant")
        compiled = self._compiled("relevant", own) if own else None
        parts = [*self.above.relevant, *([compiled.text] if compiled else [])]
        if len(parts) < 2:
            return compile_expression(parts[0]) if parts else None
        return compile_expression(" and ".join(f"({part})" for part in parts))

    def _with_default(self, question: Question) -> Question:
        """A default with a function or a reference is worked out each time; any other is the value as it stands."""
        from dataclasses import replace

        text = self.cells.text("default") or self.kind.special.default
        if not text:
            return question
        if "${" in text or re.search(r"[a-z][\w:\-]*\s*\(", text):
            return replace(question, default=self._compiled("default", text))
        value = type_of(question).from_node(question, text)
        known = not type_of(question).has_choices or set(text.split()) <= {choice.name for choice in question.choices}
        if value is None or not known:
            self._bad("default", "default_value", value=text, type=question.type)
            return question
        quote = '"' if "'" in text else "'"
        return replace(question, default=self._compiled("default", f"{quote}{text}{quote}"))

    def _parameters(self) -> dict[str, str]:
        text = self.cells.text("parameters")
        parameters = {name.lower(): value for name, value in _PARAMETER.findall(text)}
        if _PARAMETER.sub("", text).strip(" ,;"):
            self._bad("parameters", "parameters", value=text)
        for name in parameters:
            if name not in LOOSE_PARAMETERS and name not in self.kind.type.parameters:
                self._bad("parameters", "parameter_not_in_chat", name=name)
        wrong = self.kind.type.wrong_parameters(parameters)
        if wrong is not None:
            self._bad("parameters", wrong[0], **wrong[1])
        return {} if wrong is not None else parameters

    def _refuse_what_chat_cannot_carry(self) -> None:
        for column, cell in self.cells.filled():
            if column.known and column.base in NOT_IN_CHAT and cell != "-":
                self.problems.append(
                    self.cells.problem_at(column, "column_not_in_chat", column=column.header, cell=cell[:40])
                )
        strange = [word for word in self.cells.text("appearance").split() if not LOOKS.fullmatch(word)]
        if strange:
            self._bad("appearance", "appearance", value=strange[0])
        read_only = self.cells.text("read_only").lower()
        if read_only and read_only not in YES | NO:
            self._bad("read_only", "yes_or_no", value=read_only)

    def _check_list(self) -> None:
        if self.kind.type.has_choices and not self.choices:
            self._bad("type", "list_missing", list=self.kind.list_name)
        if self.cells.text("choice_filter") and not self.kind.type.has_choices:
            self._bad("choice_filter", "choice_filter_alone")

    def _ours(self) -> dict[str, Any]:
        """Our own columns."""
        kind = self._one_of("kind", get_args(Kind))
        visibility = self._one_of("visibility", ("public", "internal")) or "internal"
        if kind and kind not in self.kind.type.indicators:
            self._bad("kind", "kind_state" if kind == "state" else "kind_number", kind=kind, type=self.kind.base)
        if visibility == "public" and not kind and not self.kind.type.may_be_ground:
            self._bad("visibility", "visibility_alone")
        if self.cells.texts("check_message") and not self.cells.text("check"):
            self._bad("check_message", "check_message_alone")
        aliases = (alias.strip() for cell in self.cells.texts("aliases").values() for alias in cell.split(";"))
        return {
            "kind": cast(Kind | None, kind or None),
            "visibility": cast(Literal["public", "internal"], visibility),
            "unit": self.cells.texts("unit"),
            "aliases": tuple(dict.fromkeys(" ".join(alias.split()) for alias in aliases if alias)),
            "suppress_below": self._suppress_below(kind),
        }

    def _suppress_below(self, kind: str) -> int | None:
        text = self.cells.text("suppress_below")
        if not text:
            return None
        if not text.isdecimal() or not 2 <= int(text) <= 1000 or kind in ("", "state"):
            self._bad("suppress_below", "suppress_below", value=text)
            return None
        return int(text)

    def _one_of(self, base: str, allowed: tuple[str, ...]) -> str:
        text = self.cells.text(base).lower()
        if text and text not in allowed:
            self._bad(base, "one_of", value=text, allowed=", ".join(allowed))
            return ""
        return text


def is_name(text: str) -> bool:
    """Whether `text` can name a question: a letter or «_», then letters, digits, «_», «-», «.»."""
    return re.fullmatch(NAME, text) is not None and len(text) <= 64
