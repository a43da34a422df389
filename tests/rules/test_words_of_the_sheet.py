"""A report's page says nothing that only fits a chat: what speaks of a message, or of a question above, has words of its own."""

import pytest

from reporting.translator import LANGUAGES, ON_SHEET, translator
from tests.report_page.conftest import OF_CHAT

SAID = (
    "err_",
    "sheet_",
    "receipt",
    "task_sent",
    "report_",
    "reason_idle",
    "reason_too_long",
    "opening_",
    "doubt_",
    "unusual",
)
"""What is said on the page begins like this: what is refused there, what has come of it, and why it is not open."""
IN_CHAT_ALONE = {
    *("doubt_ask", "reason_idle_words", "opening_typed_right", "opening_typed_wrong"),
    *("sheet_links", "sheet_links_more", "sheet_none"),  # said in the chat, of the page
    *("err_choice_letters", "err_choice_none"),  # of letters of a name; the page has a list
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_on_the_page_fits_it(language: str) -> None:
    words = translator(language).on_sheet
    keys = {each for each in words.keys - IN_CHAT_ALONE if each.startswith((*SAID, "button_stale", "answer_against"))}
    patterns = {each: words._sentences.get(each) or " ".join(words._plurals.get(each, ())) for each in keys}
    assert {each: said for each, said in patterns.items() if OF_CHAT.search(said)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_for_a_sentence_is_of_one_that_there_is(language: str) -> None:
    chat = translator(language)
    instead = {each.removesuffix(ON_SHEET) for each in chat.keys if each.endswith(ON_SHEET)}
    assert instead <= chat.keys
    assert {each for each in instead if chat._sentences[each] == chat.on_sheet._sentences[each]} == set()
    assert "trả lời tin này" in translator("vi")._sentences["receipt"], "the chat keeps its own words"
