"""In which language a question is answered: in its own where that is clear, else in the person's."""

from aiogram.types import CallbackQuery, Message

from handlers.turn import Turn
from reporting.people import Address
from reporting.understanding import language_spoken
from reporting.words import Words, words_in


def answering(words: Words, text: str) -> Words:
    """The words to answer a text with: those of its language, where it is clear, else `words`."""
    spoken = language_spoken(text)
    return words if spoken in (None, words.language) else words_in(spoken)


def words_pressed(turn: Turn, query: CallbackQuery, to: Address) -> Words:
    """The words to answer a tap with: the language of the answer that the button stands under goes on."""
    words = turn.words(turn.person(to), query.from_user.language_code)
    above = (query.message.text or query.message.caption) if isinstance(query.message, Message) else None
    return answering(words, above or "")
