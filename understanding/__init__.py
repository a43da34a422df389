"""What residents mean, in their own words: the unit, the indicator, the days, what is wanted, and what has to be asked back."""

from reporting.figures.indicator import Indicator
from understanding.inquiry import ABOUT_FIGURES, DaysSaid, Doubt, Inquiry, Intent, Span
from understanding.reading import understand
from understanding.spoken import language_spoken
from understanding.vocabulary import Vocabulary

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
