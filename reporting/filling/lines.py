"""Several answers in one message: «f0 3, khỏi 2, cl tại nhà 14», or a numbered template filled in and sent back."""

import re
from collections.abc import Sequence

from reporting.answers import Answer
from reporting.errors import NotUnderstood
from reporting.filling.left_open import left_open
from reporting.filling.line_names import head_apart
from reporting.filling.line_pieces import (
    has_many_columns,
    is_before,
    items_told,
    line_pieces,
    line_words,
    number_apart,
    parted,
    row_typed,
)
from reporting.filling.line_results import TAKEN_BACK, Doubtful, Lines
from reporting.filling.moves import Filling
from reporting.filling.typed_answer import read_answer
from reporting.forms import Question
from reporting.questions.names import Names, plain_name
from reporting.questions.numbers import is_counted, is_persons
from reporting.questions.question_types import type_of
from reporting.questions.typed_words import is_typed_word
from reporting.translator import Translator
from reporting.typed_buttons import fold_typed, says_rest, typed_verb

MOST_WORDS = 6
"""So many words of a piece are tried as a value before the next name."""
_HEAD = re.compile(r"(?:bao cao|report)\b.*\d")


def read_lines(filling: Filling, text: str, words: Translator) -> Lines:
    """Reads a message piece by piece: a name (label, alias, number in the list) and its value.

    A piece that is ambiguous or unknown, or whose value cannot be read, is named, and nothing of it is taken.
    """
    return _Reading(filling, words).read(text)


class _Reading:
    """One message being read."""

    def __init__(self, filling: Filling, words: Translator) -> None:
        self.filling, self.words = filling, words
        self.names = Names.of(filling.form)
        self.asked = {question.name: question for question in filling.asked}
        self.answers: dict[str, Answer] = {}
        self.doubtful: list[Doubtful] = []
        self.rest = ""
        self.newest = ""
        """The figure that was said last, if nothing with a number has come since."""

    def read(self, text: str) -> Lines:
        head, lines = "", re.split(r"[\n;]+", items_told(text))
        of_many = has_many_columns(lines)
        for bulleted in lines:
            line = row_typed(bulleted, self.names, of_many=of_many)
            if not line:
                continue
            if not head and not self.answers and _HEAD.match(fold_typed(line)) and ":" not in line:
                head, line = head_apart(line, self.names)
            self._line(line)
        doubtful = [each for each in self.doubtful if not self._is_said_anew(each)]
        return Lines(self.answers, tuple(doubtful), head, self.rest)

    def _is_said_anew(self, doubtful: Doubtful) -> bool:
        """«F0 3, nhầm, f0 5»: the right number follows with its name."""
        return doubtful.key == TAKEN_BACK and all(each.name in self.answers for each in doubtful.among)

    def _line(self, line: str) -> None:
        for piece, rest, remark in line_pieces(line):
            if any(map(str.isdigit, remark)) and not is_before(remark):
                self.doubtful.append(Doubtful(remark, "line_bracket"))
            known, read = len(self.answers), len(self.doubtful)
            is_last = self._piece(piece, rest)
            self._take_back(self.doubtful[read:])
            if len(self.answers) > known:
                self.newest = next(reversed(self.answers))
            elif any(map(str.isdigit, piece)):
                self.newest = ""
            if remark and not is_before(remark):
                self._take_back([Doubtful(remark, "line_bracket")])
            if is_last:
                return

    def _piece(self, piece: str, rest_of_line: str) -> bool:
        """Reads one piece; True if it took the rest of the line, as words do."""
        if says_rest(piece):
            self.rest = piece
            return False
        if (numbered := number_apart(piece)) is not None:
            return self._numbered(piece, *numbered, rest_of_line)
        words = line_words(piece)
        name, size = self.names.at_start(words)
        if not size:
            apart = line_words(parted(piece))  # «mũi1 5000», «XN40»
            words = apart if self.names.at_start(apart)[1] else words
            name, size = self.names.at_start(words)
        if not size:
            return self._value_first(piece, words)
        question = self._meant(piece, name, " ".join(words[size:]).lstrip(":= "))
        if question is None:
            return False
        if type_of(question).takes_any_words:
            self._take(
                piece, question, rest_of_line.split(":", 1)[-1] if ":" in rest_of_line else " ".join(words[size:])
            )
            return True
        self._values(piece, question, words[size:])
        return False

    def _take_back(self, unread: Sequence[Doubtful]) -> None:
        """«F0 3, nhầm», «f0 3, sửa lại 5», «f0 3, 5»: which number is right is asked, and the one right before is not taken.

        So is «bỏ f0», «khỏi 2. à f0 5», where there was an f0 before.
        """
        for doubtful, names, is_all in left_open(unread, self.names, self.asked.get(self.newest)):
            if self._leave_open(doubtful.piece, names) and is_all:
                self.doubtful = [each for each in self.doubtful if each != doubtful]

    def _leave_open(self, piece: str, names: set[str]) -> bool:
        """Takes no number for these figures, of which another piece says something else; whether there was any."""
        wrong = tuple(self.asked[name] for name in self.asked if name in names and name in self.answers)
        for question in wrong:
            del self.answers[question.name]
        if wrong:
            self.doubtful.append(Doubtful(piece, TAKEN_BACK, wrong))
        return bool(wrong)

    def _numbered(self, piece: str, number: int, rest: str, rest_of_line: str) -> bool:
        if not 1 <= number <= len(self.asked):
            self.doubtful.append(Doubtful(piece, "line_no_number"))
            return False
        question = list(self.asked.values())[number - 1]
        words = line_words(rest)
        name, size = self.names.at_start(words)
        if size and question not in self.names.meaning(name):
            self.doubtful.append(Doubtful(piece, "line_number_differs", (question,)))
            return False
        if type_of(question).takes_any_words:
            said = rest_of_line.split(":", 1)[-1] if ":" in rest_of_line else " ".join(words[size:])
            if said.strip():
                self._take(piece, question, said)
            return True
        value = [word for word in words[size:] if word not in (":", "=")]
        if value or not size:
            self._values(piece, question, words[size:])
        return False

    def _value_first(self, piece: str, words: list[str]) -> bool:
        """«3 ca mới ạ»: a figure and then its name."""
        while len(words) > 1 and is_typed_word("number_after", words[-1].strip(".!,")):
            words = words[:-1]
        for size in range(1, min(MOST_WORDS, len(words))):
            if words[0].removeprefix("+")[:1].isdigit() and self.names.meaning(plain_name(" ".join(words[size:]))):
                question = self._meant(piece, plain_name(" ".join(words[size:])), " ".join(words[:size]))
                if question is not None:
                    self._take(piece, question, " ".join(words[:size]))
                return False
        self.doubtful.append(Doubtful(piece, "line_unknown"))
        return False

    def _meant(self, piece: str, name: str, value: str) -> Question | None:
        """The one question that is asked and has this name, beside which `value` stands."""
        meaning = self.names.meaning(name)
        asked = [question for question in meaning if question.name in self.asked]
        if len(asked) == 1:
            is_whole = plain_name(name) in map(
                _words_of, asked[0].label.values()
            )  # «Cấp độ dịch», beside «Số quyết định công bố cấp độ dịch»
            asked += [
                each for each in self._labelled(name) if each not in asked and not (is_whole and _is_written(each))
            ]
        if len(asked) > 1 and not is_counted(name):
            asked = self._by_context(asked)
        if len(asked) == 1:
            return asked[0]
        if asked:
            self.doubtful.append(Doubtful(piece, "line_ambiguous", tuple(asked), value=value))
        elif any(question.calculation is not None for question in meaning):
            near = tuple(q for q in self.names.beginning(name) if q.name in self.asked)
            self.doubtful.append(Doubtful(piece, "line_near" if near else "line_calculated", near, value=value))
        else:
            self.doubtful.append(Doubtful(piece, "line_not_asked", meaning))
        return None

    def _by_context(self, among: list[Question]) -> list[Question]:
        """Of several that a name may mean, the one that is a part of the figure that was said right before; else all."""
        said = self.filling.answered_last
        before = next(reversed(self.answers), said.name if said is not None else "")
        parts = [each for each in among if before in self.filling.form.parts.get(each.name, ())]
        if len(parts) == 1 and (self.answers or parts[0] == self.filling.question):
            return parts
        return among

    def _labelled(self, name: str) -> list[Question]:
        """The questions in whose labels the name stands word for word: it may mean them, whatever else it is an alias of.

        Of «test (+)» those with its sign.
        """
        bare = plain_name(name)
        sign = name.removeprefix(bare).strip()
        return [
            question
            for question in self.asked.values()
            if any(sign in label and f" {bare} " in f" {_words_of(label)} " for label in question.label.values())
        ]

    def _values(self, piece: str, question: Question, words: list[str]) -> None:
        """The value of a name, and further names behind it («f0 3 khỏi 2»)."""
        words = [word for place, word in enumerate(words) if place or word not in (":", "=")]
        if not words:
            self.doubtful.append(Doubtful(piece, "line_no_value", (question,)))
            return
        own = set(map(plain_name, question.unit.values()))  # «f0 3 ca nhầm 5»: «ca» is no name there
        for size in range(1, min(MOST_WORDS, len(words))):
            rest = words[size + 1 :] if _joins(words[size]) else words[size:]
            name, named = self.names.at_start(rest)
            if not named or name in own or is_persons(name) or not self._can_read(question, " ".join(words[:size])):
                continue
            if not self._can_read(question, " ".join(words)):
                self._take(piece, question, " ".join(words[:size]))
                self._piece(" ".join(rest), " ".join(rest))
                return
        self._take(piece, question, " ".join(words))

    def _can_read(self, question: Question, text: str) -> bool:
        try:
            self._answer(question, text)
        except NotUnderstood:
            return False
        return True

    def _take(self, piece: str, question: Question, text: str) -> None:
        try:
            answer = self._answer(question, text)
        except NotUnderstood as why:
            self.doubtful.append(Doubtful(piece, "line_no_sense", (question,), why))
            return
        stands = self.filling.answered(question.name)
        if text.lstrip(" :=").startswith("+") and stands is not None and stands.state == "value":
            self.doubtful.append(Doubtful(piece, "line_added", (question,)))
            return
        before = self.answers.get(question.name)
        if before is not None and before != answer:
            self.doubtful.append(Doubtful(piece, "line_twice", (question,)))
            del self.answers[question.name]
            return
        if not any(each.key == "line_twice" and question in each.among for each in self.doubtful):
            self.answers[question.name] = answer

    def _answer(self, question: Question, text: str) -> Answer:
        verb = typed_verb(text)
        if verb == ("unknown", None):
            return Answer(None, "unknown")
        if verb == ("skip", None) and not self.filling.is_required(question):
            return Answer(None, "empty")
        last = self.filling.last.get(question.name)
        if verb is not None and verb[0] in ("keep", "same") and last is not None:
            return Answer(last, kept=True)
        choices = self.filling.choices_of(question)
        return read_answer(question, text.strip(), self.words, choices, self.filling.now)


def _is_written(question: Question) -> bool:
    """Whether its answer is words or a day, never a number or a choice."""
    return type_of(question).takes_any_words or type_of(question).is_moment


def _joins(word: str) -> bool:
    """«Và», «&»."""
    return word == "&" or is_typed_word("joined_by", word)


def _words_of(label: str) -> str:
    """A label's words alone, folded, with single spaces."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain_name(label)).split())
