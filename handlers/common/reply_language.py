"""In which language a question is answered: in its own where that is clear, else in the person's."""

from reporting.incoming import Tap
from reporting.translator import Translator, translator
from services.context import Context
from understanding import language_spoken


def answering(words: Translator, text: str) -> Translator:
    """The words to answer a text with: those of its language, where it is clear, else `words`."""
    spoken = language_spoken(text)
    return words if spoken in (None, words.language) else translator(spoken)


def words_pressed(context: Context, tap: Tap) -> Translator:
    """The words to answer a tap with: the language of the answer that the button stands under goes on."""
    return answering(context.words_for(tap), tap.under.text if tap.under is not None else "")
