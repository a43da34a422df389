"""A sentence said in a chat never speaks of a button: where a channel has none, the same sentence stands above numbers to type."""

import re

import pytest
from babel.messages.pofile import read_po

from reporting.translator import LANGUAGES, LOCALE, ON_SHEET

NAMES_A_BUTTON = {
    "vi": re.compile(r"\b(bấm|nút|nhấn|chạm vào)\b", re.IGNORECASE),
    "en": re.compile(r"\b(tap|taps|tapped|press|presses|pressed|button|buttons|click|clicks)\b", re.IGNORECASE),
}
HAVE_BUTTONS = {
    "choices_explained": "says what is typed instead of one",
    "demo_description": "of Telegram’s own Start",
    "demo_zalo_how": "on a terminal; of Telegram’s own Start",
    "doctor_shut_out_advice": "of Telegram’s own Start",
    "invitation_sheet_start": "printed; of Telegram’s own Start",
    "line_mistake_words": "what people say, and nobody is told",
    "page_door_how": "on a page",
    "sheet_gone": "on a page",
    "sheet_left": "on a page",
    "sheet_correcting": "on a page",
    "sheet_door": "on a page",
    "sheet_reason_needed": "on a page",
    "sheet_same": "on a page",
    "sheet_unsent": "on a page",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_a_chat_speaks_of_a_button(language: str) -> None:
    wrong, seen = [], set[str]()
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as opened:
            found = read_po(opened, locale=language)
        for message in found:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if key and not key.endswith(ON_SHEET) and any(NAMES_A_BUTTON[language].search(each) for each in said):
                seen.add(key)
                if key not in HAVE_BUTTONS:
                    wrong.append((key, said))
    assert wrong == []
    assert seen  # the words are looked for as they are written
