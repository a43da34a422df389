"""What the page shows of each type of question, of repeats, of what is worked out; without a program or a database."""

from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from bot.web.desk_page.answering import said_on_page
from bot.web.report_page.assets import page_templates
from bot.web.report_page.content import Shown
from bot.web.report_page.sent_fields import fields_sent
from messages.reporters.reasons import reason_in
from reporting.answers import Answer, Value
from reporting.filling.moves import Filling
from reporting.filling.sheet import enter_fields
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.reading import read_form
from tests.rules.test_lines import filling
from tests.rules.test_sheet import FORM, KEPT

multidict = pytest.importorskip("multidict")  # aiohttp brings it
VILLAGES = """| settings | form_id | form_title | version | due | default_language |
|---|---|---|---|---|---|
| | crops | Cây trồng | 1 | 16:30 | vi |

| survey | type | name | label | required | kind | calculation |
|---|---|---|---|---|---|---|
| | integer | people | Số người | yes | flow | |
| | calculate | twice | Gấp đôi | | flow | ${people} * 2 |
| | begin_repeat | crop | Cây | | | |
| | text | crop_name | Tên cây | yes | | |
| | end_repeat | | | | | |
"""


class Controls(HTMLParser):
    """Which elements bear which question's field, and which have a label."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, str] = {}
        self.labelled: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if "id" in has:
            self.ids.append(has["id"])
        if tag == "label" and "for" in has:
            self.labelled.add(has["for"])
        if has.get("name", "").startswith("a:"):
            self.kinds.setdefault(has["name"][2:], has.get("type", tag) if tag == "input" else tag)


def of(form: Any, **answers: Value) -> Filling:
    fresh = replace(filling(), form=form, last={}, last_on=None)
    given = {name: Answer(value) for name, value in answers.items()}
    return fresh.with_draft(replace(fresh.draft, answers=given, form=form.key)).settled()


def html_of(shown: Shown, language: str = "vi") -> str:
    content = {
        "files": "files", "mark": "", "language": language, "say": partial(said_on_page, translator(language)), "demonstration": False,
        "who": "", "title": "", "unit": "", "period": "", "window": "", "token": "", "keep": "", "policy": "", "bot": "https://t.me/bot",
        "items": list(shown.items()), "wrong": [], "said": None, "other": None, "state": "open", "saved_at": "", "ways": shown.ways(),
        "is_same": False, "correcting": "", "changes": [], "reason": "", "whys": [], "comments": [], "left": 0,
    }  # fmt: skip
    return page_templates().get_template("sheet.html").render(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_has_its_control_and_its_label(language: str) -> None:
    words = translator(language)
    html = html_of(Shown(of(FORM, **KEPT), words), language)
    found = Controls()
    found.feed(html)
    assert found.kinds == {
        "people": "text", "rain": "text", "level": "text", "flood": "radio", "where": "textarea", "several": "checkbox",
        "order": "select", "day": "date", "at": "time", "moment": "datetime-local", "place": "text", "ok": "checkbox",
    }  # fmt: skip
    assert len(found.ids) == len(set(found.ids))
    assert all(f"f-{name}" in found.ids for name in (*KEPT, "photo", "paper"))
    assert words.plain("sheet_only_chat") in html
    for control in ('inputmode="numeric"', 'inputmode="decimal"', 'value="36,50"', 'value="2021-11-09T07:05"'):
        assert control in html


def test_what_somebody_wrote_is_never_html() -> None:
    html = html_of(Shown(of(FORM, flood="yes", where="<script>alert(1)</script>"), translator("vi")))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_repeat_grows_as_it_is_answered_and_what_is_worked_out_waits_for_its_answers() -> None:
    form, words = read_form(VILLAGES.encode(), "crops.md", gate=False), translator("vi")
    empty = list(Shown(of(form), words).items())
    assert [each["name"] for each in empty] == ["people", "crop.1.there"]
    sent = multidict.MultiDict()
    for name, text in (("people", "4"), ("crop.1.there", "yes"), ("other", "1")):
        sent.extend({f"k:{name}": "", f"a:{name}": text})
    found = enter_fields(of(form), fields_sent(form, sent), words, reason_in).filling
    shown = list(Shown(found, words).items())
    assert [(each["kind"], each["name"]) for each in shown] == [
        ("question", "people"), ("result", "twice"), ("question", "crop.1.there"), ("group", "crop_name.1"),
        ("question", "crop_name.1"), ("question", "crop.2.there"),
    ]  # fmt: skip
    assert shown[1]["value"] == "8"


def test_the_script_asks_nobody_else_and_makes_no_html_of_what_was_typed() -> None:
    folder = Path(__file__).parents[2] / "bot" / "web" / "report_page"
    scripts = [(folder / name).read_text(encoding="utf-8") for name in ("report.js", "kept.js", "worker.js")]
    assert all(
        each not in script
        for script in scripts
        for each in ("innerHTML", "insertAdjacentHTML", "eval(", "http://", "https://", "document.write")
    )


def test_a_field_that_is_sent_many_times_costs_no_more_than_one() -> None:
    sent = multidict.MultiDict([("k:people", "")] * 60_000 + [("a:people", "3")])
    began = process_time()
    assert fields_sent(FORM, sent)["people"].text == "3"
    assert process_time() - began < 5.0  # each of them looked through all others: minutes
