"""What residents mean, in their own words: the unit, the indicator, the days, what is wanted, and what has to be asked back."""

from reporting.understanding.inquiry import ABOUT_FIGURES, DaysSaid, Doubt, Indicator, Inquiry, Intent, Span
from reporting.understanding.reading import understand
from reporting.understanding.spoken import language_spoken
from reporting.understanding.vocabulary import Vocabulary

__all__ = [
    "ABOUT_FIGURES",
    "DaysSaid",
    "Doubt",
    "Indicator",
    "Inquiry",
    "Intent",
    "Span",
    "Vocabulary",
    "language_spoken",
    "understand",
]
