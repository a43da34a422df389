"""In which language a question is answered: in its own where that is clear, else in the person's."""

from aiogram.types import CallbackQuery, Message

from reporting.people import Address
from reporting.translator import Translator, translator
from services.context import Context
from understanding import language_spoken


def answering(words: Translator, text: str) -> Translator:
    """The words to answer a text with: those of its language, where it is clear, else `words`."""
    spoken = language_spoken(text)
    return words if spoken in (None, words.language) else translator(spoken)


def words_pressed(context: Context, query: CallbackQuery, to: Address) -> Translator:
    """The words to answer a tap with: the language of the answer that the button stands under goes on."""
    words = context.words(context.person(to), query.from_user.language_code)
    above = (query.message.text or query.message.caption) if isinstance(query.message, Message) else None
    return answering(words, above or "")
