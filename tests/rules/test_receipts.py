"""A receipt shows what was received, in a sentence whose every part has words, with an example that its form understands."""

from datetime import date

import pytest

from messages.reporters.receipt_words import receipt
from reporting.answers import Answer, Value
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Address
from reporting.reports import next_revision
from reporting.translator import translator
from reporting.units import Unit
from tests.rules.test_covid_forms import BEFORE, DAY, NOW, daily, level
from tests.rules.test_parts import HERDS, form_of

__all__ = ["daily", "level"]

UNIT, LAN, TODAY = Unit(1, "1", "Thọ Dân", "xã"), Address("telegram", "1"), date(2021, 11, 10)


def received(
    form: Form, given: dict[str, Value | None], language: str = "vi", last: dict[str, Value] | None = None
) -> str:
    answers = {name: Answer(each) if each is not None else Answer(None, "unknown") for name, each in given.items()}
    draft = Draft(1, form.key, form.version, UNIT.id, TODAY, answers, state="review")
    filling = Filling(form, draft, last or {}, date(2021, 11, 9) if last else None, NOW)
    report = next_revision(None, form, UNIT, TODAY, answers, by=1, at=NOW, reason="")
    return receipt(report, filling, UNIT, NOW, LAN, translator(language)).text


def test_a_receipt_shows_the_headline_figures_worked_out_ones_included(daily: Form) -> None:
    said = received(daily, dict(DAY), last=BEFORE)
    assert "✅ UBND huyện Triệu Sơn đã tiếp nhận báo cáo ngày 10/11/2021 của xã Thọ Dân" in said
    line = next(line for line in said.splitlines() if line.startswith("Đã nhận:"))
    assert line.startswith("Đã nhận: F0 mới: 3 ca; ")
    assert "Đang điều trị: 18 ca" in line
    assert line.count(";") == 5


def test_what_is_not_known_is_named_and_is_no_figure(daily: Form) -> None:
    said = received(daily, {**DAY, "f0_new": None}, last=BEFORE)
    line = next(line for line in said.splitlines() if line.startswith("Đã nhận:"))
    assert "F0 mới:" not in line
    assert "F0 mới" in said.splitlines()[-1]


def test_a_form_of_levels_has_an_example_of_its_own(level: Form) -> None:
    said = received(level, {"level": "2", "decision_number": "4521/QĐ-UBND", "decision_date": TODAY})
    assert "Đã nhận: Cấp độ dịch: Cấp 2 (vùng vàng)." in said
    assert "ví dụ «Cấp độ dịch 1»" in said
    assert "F0" not in said


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "✅ Nơi nhận báo cáo đã tiếp nhận"), ("en", "✅ The desk received")]
)
def test_a_form_that_names_no_authority_has_somebody_who_received_it_all_the_same(language: str, said: str) -> None:
    assert received(HERDS, {"born": 3, "lost": 1, "sick": 0, "fed": 2}, language).startswith(said)


def test_a_form_without_anything_to_count_needs_no_figures() -> None:
    said = received(form_of("text | why | Why | | | | |"), {"why": "nothing"})
    assert "Đã nhận" not in said
    assert "ví dụ «Why Không có vướng mắc»" in said
