"""A value that the form fills in by its `default`."""

from reporting.questions.not_asked import NotAsked
from reporting.questions.question_type import Spelling


class Hidden(NotAsked):
    names = ("hidden",)
    key = "hidden"
    is_filled_in = True
    special = {
        **dict.fromkeys(("start", "start time", "get start time"), Spelling(default="now()")),
        **dict.fromkeys(("today", "get today"), Spelling(default="today()")),
    }
