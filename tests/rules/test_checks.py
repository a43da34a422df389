"""A form's logic on the answers so far."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from reporting.amounts import from_amount, to_amount
from reporting.answers import Answer, Values
from reporting.forms import Form
from reporting.questions import checks
from reporting.questions.checks import BrokenRule, Doubt, FormInstance
from reporting.xlsforms.reading import read_form
from tests.rules.judged import calculated, judged, wrongs

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=timezone(timedelta(hours=7)))


def form(survey: str, choices: str = "") -> Form:
    """A form of these rows of Markdown; pyxform has its say elsewhere."""
    table = "| survey |\n" + survey + ("\n| choices |\n" + choices if choices else "")
    return read_form(table.encode(), "form.md", gate=False)


def seen(of: Form, last: Values | None = None, **answers: object) -> FormInstance:
    return FormInstance(of, answers, last or {}, NOW)  # type: ignore[arg-type]  # the test's answers are values


HOUSE = form(
    """
    | | type | name | label | required | relevant | constraint | constraint_message::vi | constraint_message::en |check|check_message|
    | | integer | people | People | yes | | . < 100 | Quá ${people} người | More than ${people} | . < 20 | Nhiều |
    | | begin group | ill | Illness | | ${people} > 0 | | | | | |
    | | integer | cases | Cases | ${people} > 5 | | . <= ${people} | | | | |
    | | text | why | Why | | ${cases} > 2 | | | | | |
    | | end group | | | | | | | | | |
    """
)


def test_a_group_is_relevant_or_not_with_all_that_is_in_it() -> None:
    nobody, some = seen(HOUSE, people=0, cases=3, why="x"), seen(HOUSE, people=5, cases=3, why="x")
    why = HOUSE.by_name["why"]
    assert checks.is_relevant(why, some)
    assert not checks.is_relevant(why, nobody)
    assert HOUSE.by_name["cases"].group == ({"": "Illness"},)


def test_an_answer_that_is_no_longer_relevant_does_not_count() -> None:
    answers = {"people": Answer(0), "cases": Answer(3), "why": Answer("x")}
    assert checks.counted(HOUSE, answers, {}, NOW) == {"people": 0}


def test_required_may_depend_on_an_answer() -> None:
    cases = HOUSE.by_name["cases"]
    assert checks.is_required(HOUSE.by_name["people"], seen(HOUSE))
    assert not checks.is_required(cases, seen(HOUSE, people=5))
    assert checks.is_required(cases, seen(HOUSE, people=6))
    assert not checks.is_required(HOUSE.by_name["why"], seen(HOUSE))


def test_a_hard_rule_speaks_the_form_s_own_words() -> None:
    people = HOUSE.by_name["people"]
    broken = judged(HOUSE, people, 1250, seen(HOUSE))
    assert broken == BrokenRule(people, {"vi": "Quá 1.250 người", "en": "More than 1,250"})
    assert judged(HOUSE, HOUSE.by_name["cases"], 7, seen(HOUSE, people=5)) == BrokenRule(HOUSE.by_name["cases"])


def test_a_soft_rule_raises_a_doubt() -> None:
    people = HOUSE.by_name["people"]
    assert judged(HOUSE, people, 50, seen(HOUSE)) == Doubt(people, {"": "Nhiều"})
    assert judged(HOUSE, people, 5, seen(HOUSE)) is None


def test_an_empty_answer_breaks_no_rule() -> None:
    assert wrongs(HOUSE, seen(HOUSE)) == []
    assert [each.question.name for each in wrongs(HOUSE, seen(HOUSE, people=2, cases=3))] == ["cases"]


SUMS = form(
    """
    | | type | name | label | calculation | default | kind |
    | | calculate | cumulative | | coalesce(${last-saved#cumulative}, 0) + ${all} | | total |
    | | calculate | all | | ${a} + ${b} | | |
    | | calculate | share | | round(${a} div ${all}, 2) | | |
    | | calculate | said | | concat('Tổng ', ${all}) | | |
    | | integer | a | A | | ${last-saved#a} | flow |
    | | integer | b | B | | 2 | flow |
    | | hidden | on | | | today() | |
    | | note | shown | Tổng là ${all}, trước là ${last-saved#all} | | | |
    """
)


def test_calculations_come_in_the_order_in_which_they_read_one_another() -> None:
    values = calculated(SUMS, {"a": 1, "b": 3}, {"cumulative": 10}, NOW)
    assert values["cumulative"] == 14
    assert values["all"] == 4
    assert isinstance(values["all"], int)
    assert str(values["share"]) == "0.25"
    assert values["said"] == "Tổng 4"
    assert values["on"] == "2021-11-10"


def test_a_calculated_truth_day_and_moment_stay_what_they_are_to_what_reads_them() -> None:
    kept = form(
        """
        | | type | name | label | calculation | relevant |
        | | integer | n | N | | |
        | | calculate | many | | ${n} > 5 | |
        | | calculate | none | | ${n} - ${n} | |
        | | calculate | due | | date(today() + 7) | |
        | | calculate | begun | | now() | |
        | | calculate | said | | if(${many}, 'nhiều', if(${none}, 'có', 'không')) | |
        | | calculate | left | | ${due} - today() | |
        | | calculate | hour | | format-date-time(${begun}, '%H:%M') | |
        | | integer | why | Why | | ${many} |
        """
    )
    assert calculated(kept, {"n": 1}, {}, NOW) == {
        "many": "false", "none": 0, "due": "2021-11-17", "begun": "2021-11-10T15:30:00.000+07:00",
        "said": "không", "left": 7, "hour": "15:30",
    }  # fmt: skip
    assert not checks.is_relevant(kept.by_name["why"], seen(kept, n=1))
    assert checks.is_relevant(kept.by_name["why"], seen(kept, n=9))


def test_what_comes_to_no_number_is_not_there() -> None:
    assert calculated(SUMS, {"a": 1}, {}, NOW).keys() == {"on", "said"}


def test_a_default_is_worked_out_from_the_day_before() -> None:
    a, b = SUMS.by_name["a"], SUMS.by_name["b"]
    assert checks.default(a, seen(SUMS, {"a": 15})) == 15
    assert checks.default(a, seen(SUMS)) is None
    assert checks.default(b, seen(SUMS)) == 2


def test_answers_are_filled_into_the_form_s_own_texts() -> None:
    shown = SUMS.by_name["shown"].label
    assert checks.filled(shown, seen(SUMS, {"all": 1200}, a=1000, b=250), "vi") == "Tổng là 1.250, trước là 1.200"
    assert checks.filled(shown, seen(SUMS, a=1), "en") == "Tổng là …, trước là …"


PLACES = form(
    """
    | | type | name | label | choice_filter | calculation |
    | | select_one regions | region | Region | | |
    | | select_one towns | town | Town | region = ${region} and size > 1 | |
    | | calculate | town_name | | | jr:choice-name(${town}, '${town}') |
    """,
    """
    | | list_name | name | label::Tiếng Việt (vi) | region | size |
    | | regions | n | Bắc | | |
    | | regions | s | Nam | | |
    | | towns | nua | Nưa | n | 2 |
    | | towns | giat | Giắt | n | 1 |
    | | towns | sao | Sao Vàng | s | 5 |
    """,
)


def test_a_filter_leaves_the_choices_that_fit() -> None:
    town = PLACES.by_name["town"]
    assert [choice.name for choice in checks.choices(town, seen(PLACES, region="n"))] == ["nua"]
    assert [choice.name for choice in checks.choices(town, seen(PLACES, region="s"))] == ["sao"]
    assert checks.choices(town, seen(PLACES)) == ()


def test_a_choice_is_called_by_its_label_in_a_calculation() -> None:
    assert calculated(PLACES, {"region": "n", "town": "nua"}, {}, NOW) == {"town_name": "Nưa"}


@pytest.mark.parametrize("unknown", [{}, {"a": Answer(None, "unknown")}, {"a": Answer(None, "empty")}])
def test_what_is_unknown_or_skipped_is_not_zero(unknown: dict[str, Answer]) -> None:
    assert "all" not in checks.counted(SUMS, {"b": Answer(2)} | unknown, {}, NOW)


@pytest.mark.parametrize(
    ("calculation", "figure"),
    [
        ("${a} div 3", Decimal("0.333333")),
        ("2 * ${a} div 3", Decimal("0.666667")),
        ("${a} * 0.1 + 0.2", Decimal("0.3")),
        ("coalesce(${t}, 2)", None),
        ("coalesce(${nothing}, 2)", 2),
        ("today()", None),
        ("1 div (${a} - 1)", None),
        ("log(${a} - 1)", None),
        ("pow(10, 15) * ${a}", None),
        ("${nothing} + 1", None),
    ],
)
def test_a_calculated_figure_is_a_number_that_can_be_kept_or_nothing(
    calculation: str, figure: int | Decimal | None
) -> None:
    of = form(
        f"""
        | | type | name | label | kind | calculation |
        | | integer | a | A | flow | |
        | | text | t | T | | |
        | | integer | nothing | N | | |
        | | calculate | rate | Rate | stock | {calculation} |
        | | calculate | twice | Twice | stock | coalesce(${{rate}}, 0) * 2 |
        """
    )
    values = seen(of, a=1, t="xã").values
    assert values.get("rate") == figure
    assert values["twice"] == 2 * (figure or 0)
    for name in values.keys() & {"rate", "twice"}:
        value = values[name]
        assert isinstance(value, int | Decimal)
        assert from_amount(to_amount(value)) == value


def test_what_is_worked_out_and_is_no_figure_keeps_its_digits_and_its_text() -> None:
    of = form(
        """
        | | type | name | label | calculation |
        | | integer | a | A | |
        | | calculate | third | | ${a} div 3 |
        | | calculate | text | | if(${a} > 0, 'xã', 2) |
        """
    )
    assert seen(of, a=1).values == {"a": 1, "third": Decimal("0.3333333333333333"), "text": "xã"}
