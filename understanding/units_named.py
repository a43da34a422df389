"""Which units a few words name for sure: the heading of a message of figures, of which nothing is asked."""

from datetime import date

from reporting.units import Unit
from understanding.layout import lay_out
from understanding.vocabulary import Vocabulary


def units_named(text: str, vocabulary: Vocabulary, today: date) -> list[tuple[Unit, ...]]:
    """Each place of ours that is named by its kind and name, or by a name that is nothing else: the units that may be meant by it."""
    found = lay_out(text, vocabulary, today).mentions
    return [mention.units for mention in found if mention.is_sure and mention.is_ours]
