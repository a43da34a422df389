"""Words that are shown before the next question."""

from reporting.questions.not_asked import NotAsked


class Note(NotAsked):
    names = ("note",)
    key = "note"
    older = (
        "add note prompt",
        "q note",
    )
    is_shown = True
    names_itself = True
