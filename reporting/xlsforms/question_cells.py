"""One question's row of the survey sheet: its expressions, texts and our own columns, with everything that is wrong with them."""

import re
from dataclasses import replace

from reporting.expressions.expression import BadExpression, Expression
from reporting.forms import Choice, Question
from reporting.questions.question_types import type_of
from reporting.xlsforms.appearances import HIDDEN, passed_over_of
from reporting.xlsforms.our_columns import our_columns
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.row_reading import NO, YES, Above, Reader, as_truth, is_name, without_chance
from reporting.xlsforms.sheet_columns import NOT_IN_CHAT, Cells
from reporting.xlsforms.type_cells import TypeCell

LOOSE_PARAMETERS = frozenset(
    {"max-pixels", "rows", "capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "incremental", "app"}
)
"""Parameters that chat may leave aside: they change no answer."""
OF_LISTS = frozenset({"value", "label"})
"""Parameters that say which columns of a file are a choice's name and label."""

_PARAMETER = re.compile(r"([\w\-]+)\s*=\s*([^\s,;]+)")
_ONCE = re.compile(r"\s*once\s*\(")


class QuestionCells:
    """Reads one row; what is wrong goes to `problems`."""

    def __init__(
        self,
        cells: Cells,
        kind: TypeCell,
        above: Above,
        choices: tuple[Choice, ...],
        reader: Reader,
        problems: list[Problem],
    ) -> None:
        self.cells = cells
        self.kind = kind
        self.above = above
        self.choices = choices
        self.reader = reader
        self.problems = problems

    def question(self) -> Question:
        """The row as a question; what could not be read is left out of it, and is a problem."""
        self._tell_what_chat_does_not_carry()
        self._check_list()
        question = Question(
            name=self.cells.text("name"),
            type=self.kind.base,
            label=self._label(),
            hint=self._texts("hint"),
            required=self._required(),
            required_message=self._texts("required_message"),
            constraint=self._constraint(),
            constraint_message=self._texts("constraint_message"),
            relevant=self._relevant(),
            calculation=self.expression("calculation", self.kind.special.calculation),
            check=self.expression("check"),
            check_message=self._texts("check_message"),
            choices=tuple(map(self._choice, self.choices)),
            choice_filter=self._choice_filter(),
            parameters=self._parameters(),
            appearance=self.cells.text("appearance"),
            read_only=self.cells.text("read_only").lower() in YES,
            read_only_if=self._read_only_if(),
            group=self.above.labels,
            row=self.cells.row.number,
            **our_columns(self.cells, self.kind, bool(self.above.repeats), self.problems),
        )
        return self._settled(self._with_default(question))

    def expression(self, base: str, otherwise: str = "") -> Expression | None:
        """The expression in the cell under `base`, if it holds a good one."""
        text = self.cells.text(base) or otherwise
        return self._compiled(base, text) if text else None

    def _choice_filter(self) -> Expression | None:
        """None where it reads a column that the list lacks: then all choices stay open."""
        found = self.expression("choice_filter") if self.kind.type.has_choices else None
        known = {column for choice in self.choices for column in choice.columns} | {"name", "label"}
        lacking = [name for name in (found.columns if found is not None else ()) if name not in known]
        for name in lacking:
            self._bad("choice_filter", "choice_filter_column", name=name)
        return None if lacking else found

    def _settled(self, question: Question) -> Question:
        """What is worked out or filled in is not asked, whatever its type: it is told, if it has a label."""
        if not type_of(question).is_asked:
            return self._idle(self._filled_in(question))
        is_hidden = HIDDEN in question.appearance.split()
        calculation = question.calculation
        if calculation is not None and not is_hidden and self._is_proposed(question):
            return replace(question, calculation=None, default=calculation)
        if calculation is None and not question.read_only and not is_hidden:
            return question
        if calculation is None and question.default is None and question.read_only:
            self._bad("read_only", "read_only_empty")
        kind = "hidden" if calculation is None else "calculate"
        idle = replace(question, type=kind, read_only=False, shown=bool(question.label) and not is_hidden)
        return self._idle(idle)

    def _is_proposed(self, question: Question) -> bool:
        """Whether a calculation is worked out once, or when another answer is given, and may then be changed: it is proposed."""
        once = _ONCE.match(self.cells.text("calculation")) is not None
        reads_itself = question.calculation is not None and bool(question.calculation.here)
        return not question.read_only and (once or reads_itself or bool(self.cells.text("trigger")))

    def _filled_in(self, question: Question) -> Question:
        """A calculation that is none, but has a default, is that."""
        if not type_of(question).is_worked_out or question.calculation is not None or self.cells.text("calculation"):
            return question
        self._bad("calculation", "calculation_missing")
        return replace(question, type="hidden")

    def _idle(self, question: Question) -> Question:
        """Without the rules for an answer that nobody gives."""
        idle = [base for base in ("constraint", "check", "required") if getattr(question, base) is not None]
        for base in idle:
            if self.cells.text(base):
                self._bad(base, "rule_unused", column=base, type=question.type)
        return replace(question, constraint=None, check=None, required=None)

    def _label(self) -> dict[str, str]:
        """What is asked; the name, where the sheet does not say."""
        label, name = self._texts("label"), self.cells.text("name")
        if label or not self.kind.type.is_asked or not name or self._is_told_nothing():
            return label
        self._bad("label", "label_missing")
        return {"": name}

    def _is_told_nothing(self) -> bool:
        """Whether the row is not asked, and so needs no label."""
        is_hidden = HIDDEN in self.cells.text("appearance").split()
        return is_hidden or bool(self.cells.text("calculation")) or self.cells.text("read_only").lower() in YES

    def _texts(self, base: str) -> dict[str, str]:
        return {language: self.reader.filled(said) for language, said in self.cells.texts(base).items()}

    def _choice(self, choice: Choice) -> Choice:
        if not any("${" in said for said in choice.label.values()):
            return choice
        return replace(choice, label={language: self.reader.filled(said) for language, said in choice.label.items()})

    def _compiled(self, base: str, text: str) -> Expression | None:
        """The expression `text`; «yes» and «no» count as true() and false(), as in pyxform."""
        try:
            made = self.reader.compiled(self.reader.resolved(as_truth(text)))
            return made if base in ("calculation", "default") else without_chance(made)
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

    def _required(self) -> Expression | None:
        """A bare word is a path that leads nowhere to ODK Collect, and so false."""
        text = self.cells.text("required")
        if is_name(text) and text.lower() not in YES | NO:
            self._bad("required", "required_word", value=text)
            return None
        return self._yes_or_expression("required")

    def _read_only_if(self) -> Expression | None:
        text = self.cells.text("read_only")
        if text and not re.search(r"[(${.=]", text) and text.lower() not in YES | NO:
            self._bad("read_only", "yes_or_no", value=text.lower())
            return None
        return None if text.lower() in YES else self._yes_or_expression("read_only")

    def _constraint(self) -> Expression | None:
        own, special = self.cells.text("constraint"), self.kind.special.constraint
        compiled = self._compiled("constraint", own) if own else None
        if own and compiled is None:
            return None
        if not special:
            return compiled
        return self.reader.compiled(special if compiled is None else f"({special}) and ({compiled.text})")

    def _relevant(self) -> Expression | None:
        """The row's own condition and its groups', all of which must hold; one that reads the row itself does not decide on it."""
        own = self.cells.text("relevant")
        compiled = self._compiled("relevant", own) if own else None
        above = [each for each in self.above.relevant if f"${{{self.reader.key}}}" not in each]
        parts = [*above, *([compiled.text] if compiled else [])]
        if len(parts) < 2:
            return self.reader.compiled(parts[0]) if parts else None
        return self.reader.compiled(" and ".join(f"({part})" for part in parts))

    def _with_default(self, question: Question) -> Question:
        """A default with a function or a reference is worked out each time; any other is the value as it stands."""
        text = self.cells.text("default") or self.kind.special.default
        if not text:
            return question
        if "${" in text or re.search(r"[a-z][\w:\-]*\s*\(", text):
            return replace(question, default=self._compiled("default", text))
        value = type_of(question).from_node(question, text)
        known = not type_of(question).has_choices or set(text.split()) <= {choice.name for choice in question.choices}
        if value is None or not known or ("'" in text and '"' in text):
            self._bad("default", "default_value", value=text, type=question.type)
            return question
        quote = '"' if "'" in text else "'"
        return replace(question, default=self._compiled("default", f"{quote}{text}{quote}"))

    def _parameters(self) -> dict[str, str]:
        text = self.cells.text("parameters")
        parameters = {name.lower(): value for name, value in _PARAMETER.findall(text)}
        if _PARAMETER.sub("", text).strip(" ,;"):
            made = self.cells.problem if self.kind.type.parameters else self.cells.warning
            self.problems.append(made("parameters", "parameters", value=text))
        loose = LOOSE_PARAMETERS | (OF_LISTS if self.kind.source else frozenset())
        for name in parameters:
            if name not in loose and name not in self.kind.type.parameters:
                self._bad("parameters", "parameter_not_in_chat", name=name)
        wrong = self.kind.type.wrong_parameters(parameters)
        if wrong is not None:
            self._bad("parameters", wrong[0], **wrong[1])
        return {} if wrong is not None else parameters

    def _tell_what_chat_does_not_carry(self) -> None:
        for column, cell in self.cells.filled():
            if column.known and column.base in NOT_IN_CHAT and cell != "-":
                key = (
                    "media"
                    if column.base == "media"
                    else "trigger"
                    if column.base == "trigger"
                    else "column_not_in_chat"
                )
                self.problems.append(self.cells.problem_at(column, key, column=column.header, cell=cell[:40]))
        if (passed_over := passed_over_of(self.cells.text("appearance").split())) is not None:
            key, word = passed_over
            self._bad("appearance", key, value=word)

    def _check_list(self) -> None:
        if self.kind.type.has_choices and not self.choices:
            self._bad("type", "list_missing", list=self.kind.list_name)
        if self.kind.type.takes_several:
            for choice in self.choices:
                if re.search(r"\s", choice.name):
                    self._bad("type", "choice_name_many", name=choice.name)
                    break
        if self.cells.text("choice_filter") and not self.kind.type.has_choices:
            self._bad("choice_filter", "choice_filter_alone")
