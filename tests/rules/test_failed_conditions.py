"""A rule that joins several conditions says which of them it was; the form's own message is of them all."""

from collections.abc import Mapping

import pytest

from messages.reporters.draft_words import ask, refusal_said
from reporting.answers import Answer, Answers, Value, Values
from reporting.errors import NotUnderstood, Refused
from reporting.filling.drafts import Draft
from reporting.filling.judging import Judging
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Address
from reporting.questions import checks
from reporting.questions.checks import Doubt
from reporting.translator import translator
from reporting.units import Unit
from reporting.xlsforms.reading import read_form
from tests.rules.test_covid_forms import BEFORE, DAY, NOW, daily

__all__ = ["daily"]


def doubted(form: Form, name: str, value: int | None, last: Values, **more: int | None) -> Doubt | None:
    """What the form doubts in `name`, all else as on an ordinary day; None: not known yet."""
    given: Mapping[str, Value | None] = {**DAY, **more, name: value}
    answers: Answers = {key: Answer(None, "unknown") if each is None else Answer(each) for key, each in given.items()}
    complete = checks.instance(form, answers, last, NOW)
    judging = Judging(form, answers, form.asked, complete, last, NOW, (), False)
    return judging.doubted(form.by_name[name])


@pytest.mark.parametrize(
    ("name", "value", "more", "said"),
    [
        ("f0_new", 201, {}, "số vừa nhập lớn hơn 200"),
        ("f0_new", 20, {}, "số vừa nhập bằng đúng 10 lần số kỳ trước (2)"),
        ("tests_positive_new", 2, {}, "số vừa nhập nhỏ hơn «F0 mới» (3)"),
        ("tests_positive_new", 61, {}, "số vừa nhập lớn hơn «Mẫu XN» (60)"),
        ("tests_positive_new", 600, {}, "số vừa nhập lớn hơn 500; số vừa nhập lớn hơn «Mẫu XN» (60)"),
        ("tests_positive_new", 61, {"f0_new": None}, "số vừa nhập lớn hơn «Mẫu XN» (60)"),
        ("f1_active", 25, {}, "số vừa nhập lớn hơn số kỳ trước (18) cộng «F1 mới» (6)"),
        ("q_home_active", 11, {}, "«F1 đang cách ly» (20) lớn hơn «CL tập trung» (8) cộng số vừa nhập"),
    ],
)
def test_it_says_which_condition_it_was(
    daily: Form, name: str, value: int, more: dict[str, int | None], said: str
) -> None:
    found = doubted(daily, name, value, BEFORE, **more)
    assert found is not None
    assert found.which["vi"] == said
    assert found.which["en"]


def test_a_check_of_one_condition_says_nothing_beside_its_message(daily: Form) -> None:
    found = doubted(daily, "f0_death_new", 1, BEFORE)
    assert found is not None
    assert found.which == {}


def test_what_is_in_order_is_not_doubted(daily: Form) -> None:
    assert doubted(daily, "tests_positive_new", 3, BEFORE) is None


LIMITED = """
| survey |
| | type | name | label::vi | constraint | constraint_message::vi |
| | integer | all | Số mẫu | | |
| | integer | some | Số dương tính | . >= 0 and . <= ${all} and . <= 100 | Số dương tính không đúng. |
| | integer | one | Số nặng | . <= ${some} | Số nặng lớn hơn số dương tính. |
"""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (70, "số vừa nhập lớn hơn «Số mẫu» (60)"),
        (170, "số vừa nhập lớn hơn «Số mẫu» (60); số vừa nhập lớn hơn 100"),
        (-1, "số vừa nhập nhỏ hơn 0"),
    ],
)
def test_a_hard_rule_says_which_of_its_conditions_it_was(value: int, said: str) -> None:
    form = read_form(LIMITED.encode(), "form.md")
    filling = Filling(
        form, Draft(1, form.key, form.version, 1, NOW.date(), {"all": Answer(60)}), {}, None, NOW
    ).settled()
    with pytest.raises(NotUnderstood) as refused:
        filling.answer(value)
    assert refusal_said(translator("vi"), refused.value) == (
        f"⚠️ Số dương tính không đúng. Cụ thể: {said}. Câu trả lời vừa rồi chưa được ghi."
    )


def test_a_hard_rule_that_is_broken_later_says_so_at_its_question_too() -> None:
    form = read_form(LIMITED.encode(), "form.md")
    answers: Answers = {"all": Answer(10), "some": Answer(20)}
    filling = Filling(form, Draft(1, form.key, form.version, 1, NOW.date(), answers), {}, None, NOW).settled()
    said = ask(filling, Unit(1, "1", "Nưa", "xã"), Address("telegram", "1"), translator("vi")).text
    assert "Cụ thể: số vừa nhập lớn hơn «Số mẫu» (10). Đang ghi: 20" in said


def test_a_hard_rule_of_one_condition_has_the_forms_message_alone() -> None:
    form = read_form(LIMITED.encode(), "form.md")
    answers: Answers = {"all": Answer(60), "some": Answer(20)}
    filling = Filling(form, Draft(1, form.key, form.version, 1, NOW.date(), answers), {}, None, NOW).settled()
    with pytest.raises(NotUnderstood) as refused:
        filling.answer(21)
    assert "Cụ thể" not in refusal_said(translator("vi"), refused.value)


@pytest.mark.parametrize("offered", [False, True])
def test_what_must_be_answered_offers_unknown_only_where_it_may_be_said(*, offered: bool) -> None:
    kind = "flow" if offered else ""
    sheet = f"""
| survey |
| | type | name | label | required | required_message | kind |
| | integer | one | Số mẫu | yes | Phải có số. | {kind} |
"""
    form = read_form(sheet.encode(), "form.md")
    filling = Filling(form, Draft(1, form.key, form.version, 1, NOW.date()), {}, None, NOW).settled()
    with pytest.raises(Refused) as refused:
        filling.skip()
    said = refusal_said(translator("vi"), refused.value)
    assert "bắt buộc phải trả lời. Phải có số." in said
    assert ("«chưa rõ»" in said) is offered
