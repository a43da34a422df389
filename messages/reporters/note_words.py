"""What is told beside a question, or at the end: notes, and what is worked out and told."""

from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.questions.showing import shown
from reporting.translator import Translator


def notes_told(filling: Filling, note: Question, words: Translator) -> str:
    """A note; or what is worked out or filled in and told, though nobody is asked for it, with its value."""
    label, value = (
        filling.filled(note.alone if note.instance else note.label, words.language),
        filling.results.get(note.name),
    )
    if not note.shown or value is None:
        return label
    return f"{label}: {shown(filling.as_read(note), value, words)}"
