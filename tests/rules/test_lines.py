"""Several answers in one message: what is taken, and what is named because it is not clear."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from messages.reporters.batch_words import taken
from messages.reporters.template import template
from reporting.answers import Answer, Value
from reporting.filling.drafts import Draft
from reporting.filling.fast import keep_all, quiet, standing, together, zeros
from reporting.filling.lines import read_lines
from reporting.filling.moves import Filling
from reporting.people import Address
from reporting.translator import translator
from reporting.units import Unit
from reporting.xlsforms.reading import read_form

FORM = read_form((Path(__file__).parents[2] / "forms" / "covid_daily.md").read_bytes(), "covid_daily.md", gate=False)
NOW = datetime(2021, 11, 10, 15, 30, tzinfo=timezone(timedelta(hours=7)))
LAST: dict[str, Value] = {
    "f0_new": 2, "f0_cum": 118, "f0_recovered_cum": 80, "f0_death_cum": 0, "f0_active": 38, "f0_home": 4,
    "f1_active": 15, "f2_active": 20, "q_central_active": 0, "q_home_active": 30, "vax1_cum": 5000, "vax2_cum": 1500,
    "checkpoints": 2, "covid_teams": 8, "lockdown_areas": 1,
}  # fmt: skip
VI = translator("vi")
THO_DAN = Unit(1, "15742", "Thọ Dân", "xã")


def filling(**answers: int) -> Filling:
    answered = {name: Answer(value) for name, value in answers.items()}
    draft = Draft(7, FORM.key, FORM.version, 1, date(2021, 11, 10), answered)
    return Filling(FORM, draft, LAST, date(2021, 11, 9), NOW).settled()


def values(text: str) -> dict[str, object]:
    return {name: answer.value for name, answer in read_lines(filling(), text, VI).answers.items()}


def doubts(text: str) -> list[tuple[str, str]]:
    return [(each.piece, each.key) for each in read_lines(filling(), text, VI).doubtful]


@pytest.mark.parametrize(
    "text",
    [
        "f0 3, khỏi 2, cl tại nhà 14",
        "F0: 3; Khỏi: 2; CL tại nhà: 14",
        "f0 3 khoi 2 cl tai nha 14",
        "f0 = 3\nkhỏi = hai\ncltn 14 người",
        "3 ca mới, 2 ca khỏi, cl tại nhà 14",
        "1. f0 3\n3) 2\n10: 14",
        "f0 mới 3 và khỏi mới 2 và cl tại nhà 14",
        "Báo cáo ngày 10/11/2021 – xã Thọ Dân\n- f0: 3 (kỳ trước 2)\n- khỏi: 2\n- cl tại nhà: 14",
    ],
)
def test_names_and_figures_are_read_however_they_are_put(text: str) -> None:
    assert values(text) == {"f0_new": 3, "f0_recovered_new": 2, "q_home_active": 14}
    assert doubts(text) == []


def test_a_comma_inside_a_number_parts_nothing() -> None:
    assert values("mẫu xn 1,250, mũi 1 5.000,mũi 2 1 500") == {"tests_new": 1250, "vax1_cum": 5000, "vax2_cum": 1500}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("cách ly 5", "line_ambiguous"),
        ("tử vong 1", "line_near"),
        ("lũy kế mắc 120", "line_calculated"),
        ("gà 3", "line_unknown"),
        ("f0 nhiều lắm", "line_no_sense"),
        ("f0 1,5", "line_no_sense"),
        ("mũi 1", "line_no_value"),
        ("77. 3", "line_no_number"),
        ("1. khỏi: 3", "line_number_differs"),
    ],
)
def test_what_is_not_clear_is_named_and_nothing_of_it_is_taken(text: str, why: str) -> None:
    assert doubts(text) == [(text, why)]
    assert values(text) == {}
    assert values(f"{text}\nf1 mới 6") == {"f1_new": 6}
    assert text in taken(filling(), read_lines(filling(), text, VI), VI)


def test_two_figures_for_one_name_leave_it_open() -> None:
    assert values("f0 3, f0 4, f0 3") == {}


def test_words_that_stand_for_a_state_are_understood_behind_a_name() -> None:
    lines = read_lines(filling(), "f1 đang cách ly giữ nguyên, f2 chưa rõ, chốt bỏ qua", VI)
    assert lines.answers == {
        "f1_active": Answer(15, kept=True),
        "f2_active": Answer(None, "unknown"),
        "checkpoints": Answer(None, "empty"),
    }


def test_a_remark_takes_the_rest_of_its_line() -> None:
    assert values("20. Ghi chú: mở lại chợ, 2 chốt mới") == {"note": "mở lại chợ, 2 chốt mới"}


def test_what_was_answered_before_and_is_changed_is_said() -> None:
    before = filling(f0_new=3)
    said = taken(before, read_lines(before, "f0 5, khỏi 2", VI), VI)
    assert "F0 mới: 3 ca → <b>5 ca</b>" in said
    assert "Khỏi mới: <b>2 ca</b>" in said


def test_the_template_is_read_back_as_it_was_written() -> None:
    sent = template(filling(), THO_DAN, Address("telegram", "1"), VI).text
    text = sent.split("<pre>")[1].split("</pre>")[0]
    assert "1. F0 mới:  (kỳ trước 2 ca)" in text
    assert values(text) == standing(filling())
    filled = text.replace("1. F0 mới: ", "1. F0 mới: 4")
    assert values(filled) == {**standing(filling()), "f0_new": 4}


def test_what_stands_is_kept_and_what_flows_is_asked() -> None:
    kept = keep_all(filling())
    assert kept.draft.at == "f0_new"
    assert kept.draft.answers["f1_active"] == Answer(15, kept=True)
    assert "f0_new" not in kept.draft.answers


def test_zeros_are_true_zeros_and_no_stock_is_touched() -> None:
    done = zeros(filling(f0_new=1, f0_new_community=0))
    assert done.draft.answers["f0_death_new"] == Answer(0)
    assert done.draft.answers["f0_new"] == Answer(1)
    assert "f1_active" not in done.draft.answers


def test_a_quiet_day_is_at_its_review_in_one_move() -> None:
    done = quiet(filling())
    assert done.draft.state == "review"
    assert done.results["f0_cum"] == 118


def test_a_rule_that_several_answers_break_is_asked_about() -> None:
    moved = together(filling(), {"f0_new": Answer(1), "f0_new_community": Answer(5)})
    assert (moved.draft.state, moved.draft.at) == ("mending", "f0_new_community")


def test_what_is_unknown_is_no_figure() -> None:
    moved = together(quiet(filling()), {"f1_active": Answer(None, "unknown"), "f0_new": Answer(None, "unknown")})
    assert moved.draft.state == "review"
    assert "f1_active" not in moved.results
    assert "f0_new" not in moved.results


@pytest.mark.parametrize("said", ["dương tính 5", "f1 7"])
def test_a_name_that_stands_in_another_questions_label_too_is_asked_and_not_guessed(said: str) -> None:
    lines = read_lines(filling(), said, VI)
    assert lines.answers == {}
    assert [each.key for each in lines.doubtful] == ["line_ambiguous"]
