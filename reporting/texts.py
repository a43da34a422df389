"""A text that the data carries in several languages: labels, hints, messages of a form."""

from collections.abc import Mapping

Text = Mapping[str, str]
"""Language code («vi», «en») to text; the key «» holds a text that names no language."""


def in_language(text: Text, language: str) -> str:
    """The text in `language`, else in no particular language, else in the first there is, else «»."""
    return text.get(language) or text.get("") or next((said for said in text.values() if said), "")
