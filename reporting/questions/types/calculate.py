"""What the form works out by its `calculation`."""

from reporting.questions.not_asked import NotAsked
from reporting.questions.question_type import Spelling


class Calculate(NotAsked):
    names = ("calculate",)
    key = "calculate"
    older = (
        "add calculate prompt",
        "q calculate",
    )
    indicators = frozenset({"flow", "stock", "total", "state"})
    is_worked_out = True
    special = dict.fromkeys(("end", "end time", "get end time"), Spelling(calculation="now()"))
