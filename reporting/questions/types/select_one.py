"""One of a list of choices."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Value
from reporting.errors import NotUnderstood
from reporting.questions.choices import MOST_TAPPED, choice_buttons, find_choice, label_of, listed, with_letters
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType
from reporting.questions.typed_text import echo
from reporting.translator import Translator


class SelectOne(QuestionType):
    names = ("select_one",)
    key = "select_one"
    field = "choice"
    indicators = frozenset({"state"})
    has_choices = True

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        choices = choices or question.choices
        choice = find_choice(text, choices)
        if choice is None and len(choices) > MOST_TAPPED:
            return self._of_many(text, choices, words)
        if choice is None:
            raise NotUnderstood("err_choice", text=echo(text), choices=listed(choices, words.language))
        return choice.name

    def _of_many(self, text: str, choices: Sequence[Choice], words: Translator) -> Value:
        """The one choice that has these letters. Raises NotUnderstood with those that have."""
        found = with_letters(text, choices)
        if len(found) == 1:
            return found[0].name
        key = "err_choice_letters" if found else "err_choice_none"
        raise NotUnderstood(key, text=echo(text), n=len(found), choices=listed(found, words.language))

    def from_field(
        self, question: Question, text: str, words: Translator, choices: Sequence[Choice], now: datetime
    ) -> Value:
        return text if any(each.name == text for each in choices) else self.read(question, text, words, choices, now)

    def how_key(self, question: Question) -> str:
        """For a long list, that letters of it are enough."""
        return "type_select_one_long_answer" if len(question.choices) > MOST_TAPPED else "type_select_one_answer"

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return label_of(question, str(value), words.language)

    def buttons(self, question: Question, words: Translator, choices: Sequence[Choice] = ()) -> list[tuple[str, str]]:
        return choice_buttons(words, choices or question.choices)
