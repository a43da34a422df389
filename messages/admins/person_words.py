"""What is kept of a person, as the desk and he himself read it."""

from reporting.events import ErasureAsked
from reporting.say import Rank, Say
from reporting.translator import translator


def erasure_asked_say(event: ErasureAsked) -> Say:
    """That somebody with duties wants what is kept of him erased."""
    words = translator(event.to.language)
    said = words("erasure_asked", name=event.by.name, id=str(event.by.id))
    return Say(event.to.address, said, rank=Rank.REMINDER)
