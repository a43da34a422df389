"""What somebody told the desk, to those who keep the bot."""

from reporting.events.feedback import FeedbackGiven
from reporting.say import Rank, Say
from reporting.translator import translator


def feedback_say(of: FeedbackGiven) -> Say:
    """By staff with his name; a resident has none."""
    words = translator(of.to.language)
    who = of.by.name if of.by else words.plain("feedback_resident")
    return Say(of.to.address, words("feedback_passed_on", who=who, text=of.text), rank=Rank.BROADCAST)
