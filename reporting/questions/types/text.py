"""Words."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Value, whole_characters
from reporting.errors import NotUnderstood
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType, Spelling
from reporting.translator import Translator

LONGEST_TEXT = 4_000


class TextType(QuestionType):
    names = ("text",)
    key = "text"
    field = "words"
    older = (
        "string",
        "add text prompt",
        "q string",
    )
    takes_any_words = True
    may_be_ground = True
    special = {
        "phone number": Spelling(constraint=r"regex(., '^\d*$')"),
        "tel": Spelling(constraint=r"regex(., '^[+]?[\d ().\-]*$')"),
    }

    def how_key(self, question: Question) -> str:
        """Where the form's own hint says what to write, no example of ours stands beside it."""
        return "type_text_hinted" if question.hint else super().how_key(question)

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        said = whole_characters(text).strip()
        if not said:
            raise self.refusal()
        if len(said) > LONGEST_TEXT:
            raise NotUnderstood("err_long", most=LONGEST_TEXT, got=len(said))
        return said
