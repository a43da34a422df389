"""Every question type that a form may have. To add one: a class, named in the tuple at the foot."""

from reporting.forms import Question
from reporting.questions.choice_types import Acknowledge, SelectMultiple, SelectOne
from reporting.questions.content_types import Calculate, FileType, Geopoint, Hidden, Image, Note, TextType
from reporting.questions.number_types import DecimalNumber, Integer, Range
from reporting.questions.question_type import ContentKind, QuestionType
from reporting.questions.time_types import DateTimeType, DateType, TimeType

__all__ = ["QUESTION_TYPES", "ContentKind", "QuestionType", "type_of"]


def type_of(question: Question) -> QuestionType:
    """The type of a question; KeyError for one that no form can have."""
    return _BY_NAME[question.type]


QUESTION_TYPES: tuple[QuestionType, ...] = (
    Integer(),
    DecimalNumber(),
    TextType(),
    SelectOne(),
    SelectMultiple(),
    DateType(),
    TimeType(),
    DateTimeType(),
    Geopoint(),
    Image(),
    FileType(),
    Acknowledge(),
    Range(),
    Note(),
    Calculate(),
    Hidden(),
)

_BY_NAME = {name: each for each in QUESTION_TYPES for name in each.names}
