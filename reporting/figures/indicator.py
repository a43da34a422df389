"""An indicator by its name: a question of a form that makes figures."""

from typing import NamedTuple


class Indicator(NamedTuple):
    """A question of a form that makes figures: the form's key and the question's name."""

    form: str
    question: str
