"""Which word lists there are, which sections each has, and how the entries of a section are written."""

from collections.abc import Mapping
from enum import Enum


class Written(Enum):
    """How the entries of a section are written, one a line."""

    CUE = "words of a question that tell what is wanted, with their marks; each section is known by its name"
    PHRASE = "one word or several, with their marks"
    WORD = "one word without marks, or one mark of punctuation"
    LINE = "one word without marks, as the patterns of days name it: «toi+», «nay~»"
    PLAIN = "one word without marks, as it is typed: short forms are not read in full"
    OTHERWISE = "words with their marks = words that say the same"
    ENGLISH = "an English word = the word that it is a form of, or that says the same"
    SHORT = "a short form = what it stands for"
    NUMBER = "a word without marks = its number"
    MARKS = "a word without marks = the words with marks that it may be"
    NAME = "a word with its marks = its name in the patterns of days"
    LEVEL = "a kind of unit = how high it stands"


def _each(written: Written, *sections: str) -> dict[str, Written]:
    return dict.fromkeys(sections, written)


KINDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")
"""Kinds of administrative units; a tree's other kinds are said in its own words."""

SECTIONS: Mapping[str, Mapping[str, Written]] = {
    "danger": _each(Written.CUE, "emergency", "mishap", "rescue", "peril", "fire", "self")
    | _each(
        Written.WORD, "own family", "his own", "calls", "saved", "asking", "last of questions", "polite", "of lists"
    )
    | _each(Written.WORD, "pupils", "events", "of fire", "there are people")
    | {"numbers": Written.NUMBER},
    "wanted": _each(Written.CUE, "unsubscribe", "subscribe", "send me", "regularly", "report_help", "missing", "flag")
    | _each(Written.CUE, "complaint", "contact", "institution", "reached", "meta", "about", "ourselves", "whose")
    | _each(Written.CUE, "greet", "thanks", "help", "not ours"),
    "figures": _each(
        Written.CUE, "quantity", "overview", "trend", "compare", "changed", "more", "most", "least", "list"
    )
    | _each(Written.CUE, "breakdown", "each", "which", "which day", "follow up", "so what", "cumulative", "whole_time")
    | _each(Written.CUE, "summed", "new", "standing", "rate", "narrowing")
    | _each(Written.WORD, "adjectives", "exists", "counters", "persons", "parting", "cumulative words", "new words")
    | _each(Written.WORD, "standing words", "plain words", "linking words")
    | _each(Written.WORD, "rising", "falling", "how fast", "than", "set against"),
    "leaving_out": _each(Written.CUE, "exclusion", "negation", "relative", "leaving")
    | _each(Written.PHRASE, "taking back", "but this", "not that")
    | _each(Written.WORD, "needs object", "light", "particles", "openers", "before places"),
    "corrections": _each(Written.PHRASE, "negation", "right", "negation alone", "is", "rather", "but")
    | _each(Written.PHRASE, "mistaken", "mistaken if marked", "already", "mistaken to the end", "called wrong")
    | _each(Written.PHRASE, "particles", "exclaimed", "aside", "apology", "truly", "truly behind a number")
    | _each(Written.PHRASE, "this one is right", "into", "from", "from to", "from in english", "to in english")
    | _each(Written.PHRASE, "polite"),
    "persons": _each(Written.CUE, "personal", "somebody")
    | _each(Written.PHRASE, "titles", "titles of names", "surnames", "given names", "himself")
    | _each(Written.WORD, "titles that are words", "middle names", "spoken to", "no names", "befalls"),
    "places": _each(Written.CUE, "any unit", "where", "whole", "area", "mine", "narrower", "common", "ordinary")
    | _each(Written.PHRASE, "country", "provinces")
    | _each(
        Written.WORD, "before places", "before names", "openers", "unit behind", "unit before", "joining", "happened"
    ),
    "kinds": _each(Written.PHRASE, *KINDS)
    | {"levels": Written.LEVEL, "after name": Written.WORD, "in english": Written.OTHERWISE},
    "fillers": _each(Written.CUE, "general", "addressed")
    | _each(Written.PHRASE, "exclaimed", "ending", "between questions", "too")
    | _each(Written.WORD, "function words", "also in names", "never skipped", "breaks", "before follow-ups")
    | _each(Written.WORD, "after follow-ups", "children", "purpose", "before asking"),
    "staff": _each(
        Written.PHRASE, "report", "update", "webform", "cancel", "history", "leave", "handover", "practice", "standing"
    )
    | _each(Written.PHRASE, "digest", "nudge", "unit", "board", "compare", "rates", "letter", "ask", "reopen")
    | _each(Written.PHRASE, "return", "approve", "unapprove")
    | _each(Written.PHRASE, "completeness", "targets", "at least", "at most")
    | _each(Written.PHRASE, "every day", "every week", "every month", "every quarter", "every year")
    | _each(Written.PHRASE, "form", "propose", "announce", "briefing", "help", "complaint", "before", "behind")
    | _each(Written.PHRASE, "around a heading", "to whom")
    | {"days ahead": Written.NUMBER, "this day": Written.NUMBER, "past": Written.WORD},
    "requests": _each(Written.PHRASE, "on", "yesterday", "today", "tomorrow", "tomorrow if marked", "tens", "like")
    | _each(Written.PHRASE, "reason", "reason if marked", "i", "may", "done", "away", "i am", "away in english")
    | _each(Written.PHRASE, "since", "until", "to the end of", "back", "back in english", "show", "want", "erase")
    | _each(Written.PHRASE, "data", "of", "me", "my data", "sure"),
    "spellings": {"short": Written.SHORT},
    "dialect": {"said otherwise": Written.OTHERWISE, "closing": Written.PHRASE},
    "time": _each(Written.NUMBER, "numbers", "ordinals", "months")
    | {"words": Written.WORD, "marks": Written.MARKS, "told by marks": Written.NAME, "time if marked": Written.PHRASE}
    | _each(Written.LINE, "time wherever", "changes before", "changes after", "halved", "counted"),
    "languages": _each(Written.PLAIN, "english", "certainly english", "perhaps english", "vietnamese", "prepositions")
    | {"same": Written.ENGLISH},
}
"""By list (a file of `understanding/words`) and section."""
