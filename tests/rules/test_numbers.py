"""Numbers are read as people type them; what is ambiguous is asked, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.amounts import to_amount
from reporting.errors import NotUnderstood
from reporting.forms import Question
from reporting.questions.near_numbers import near_numbers
from reporting.questions.number_words import read_words
from reporting.questions.numbers import read_decimal, read_integer
from reporting.questions.question_types import type_of
from reporting.translator import translator


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3), ("03", 3), ("+3", 3), ("3.", 3), (" 3 ", 3), ("3 ạ", 3), ("dạ 3", 3), ("có 3 ca", 3),
        ("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("1'234", 1234),
        ("1.234.567", 1_234_567), ("１２", 12), ("１．２３４", 1234), ("٣", 3), ("12\u200b", 12),
        ("không", 0), ("Không", 0), ("khong", 0), ("ko", 0), ("k", 0), ("KO", 0), ("khoong", 0), ("không có", 0),
        ("0", 0), ("none", 0),
        ("không có ca nào", 0), ("ko ca nào", 0), ("không người nào", 0), ("0 người", 0), ("0 ca", 0),
        ("12 ca", 12), ("12ca", 12), ("12 ca mắc", 12), ("3 F0", 3), ("3 ca F0", 3), ("5 trường hợp", 5), ("1.250 người", 1250),
        ("7 mẫu gộp", 7),
        ("mười", 10), ("mười hai", 12), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21), ("hai mốt", 21),
        ("ba mươi tư", 34),
        ("năm", 5), ("tám", 8), ("một trăm", 100), ("một trăm linh năm", 105), ("một trăm lẻ năm", 105),
        ("một trăm hai", 120),
        ("hai trăm rưỡi", 250), ("không trăm linh năm", 5), ("một trăm hai mươi ba", 123), ("một nghìn", 1000),
        ("1 nghìn 2", 1200),
        ("1,2 nghìn", 1200), ("1.2 nghin", 1200), ("1,25 ngàn", 1250), ("0,5 triệu", 500_000), ("12,5 nghìn mẫu", 12_500),
        ("1 nghìn 250", 1250), ("một nghìn hai trăm", 1200), ("một nghìn linh năm", 1005), ("một nghìn rưỡi", 1500),
        ("12 nghìn", 12_000),
        ("2 triệu", 2_000_000), ("một triệu hai", 1_200_000), ("ba ca", 3), ("mười hai người", 12), ("hai chục", 20),
        ("muoi hai", 12), ("hai muoi mot", 21), ("mot tram linh nam", 105), ("muwowif hai", 12), ("mootj trawm", 100),
        ("boons muowi laam", 45),
        ("không trường hợp nào", 0), ("hai tư", 24),
        ("hai bốn", 24), ("mot", 1), ("muoi lam", 15), ("năm mốt", 51),
        ("ba tư", 34), ("bốn lăm", 45), ("hai mươi ba", 23), ("mười ba", 13),
        ("sáu hai", 62),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_as_it_is_typed(typed: str, number: int) -> None:
    assert read_integer(typed, ["mẫu gộp", "F0"]) == number


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("nhiều lắm", "err_number"), ("1e9", "err_number"), ("😀", "err_number"), ("3️⃣", "err_number"),
        ("", "err_number"), ("  ", "err_number"),
        ("x" * 4096, "err_number"), ("1" * 4096, "err_number"), ("không biết", "err_number"),
        ("không rõ", "err_number"),
        ("1.250 nghìn", "err_number"), ("1,250 nghìn", "err_number"), ("01,2 nghìn", "err_number"), ("1,2 nghìn 3", "err_number"),
        ("1k2", "err_number"), ("1,2k", "err_number"), ("1,2 trăm", "err_number"),
        ("khoảng 12", "err_number"), ("3-5", "err_number"), ("1/2", "err_number"), ("3 5", "err_number"),
        ("1 23", "err_number"),
        ("²", "err_number"), ("½", "err_number"), ("12 con gà", "err_number"), ("ca", "err_number"),
        ("từ", "err_number"), ("tạm", "err_number"),
        ("một nghìn hai lăm", "err_number"), ("hai mươi mười", "err_number"), ("1.2.3", "err_number"),
        ("1,23,456", "err_number"),
        ("nghìn triệu", "err_number"), ("12k", "err_number"), ("<b>3</b>", "err_number"), ("--3", "err_number"),
        ("1,5", "err_whole"), ("1.5", "err_whole"), ("1.23", "err_whole"), ("0.123", "err_whole"),
        ("1.2345", "err_whole"), ("2,5 ca", "err_whole"),
        ("hai ba ca", "err_number"), ("năm sáu", "err_number"), ("nam sau ca", "err_number"), ("năm bảy ca", "err_number"),
        ("một hai", "err_number"), ("hai ba nghìn", "err_number"), ("mươi ca", "err_number"), ("3 nam", "err_number"),
        ("ba năm", "err_number"),
        ("hai nam", "err_number"), ("mươi lăm ca", "err_number"), ("mốt", "err_number"), ("nham", "err_number"),
        ("nam nham", "err_number"), ("lam", "err_number"),
        ("tu", "err_number"), ("1 triệu 200", "err_number"), ("2 bay", "err_number"), ("hai 3", "err_number"),
        ("chục ca", "err_number"),
        ("0912345678", "err_number"), ("0912 345 678", "err_number"), ("84912345678", "err_number"), ("0 250", "err_number"),
        ("-3", "err_negative"), ("−3", "err_negative"), ("âm ba", "err_negative"), ("-1.234", "err_negative"),
        ("1" * 16, "err_big"), ("9.999.999.999.999.999", "err_big"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number_brings_one_sentence_with_an_example(typed: str, key: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_integer(typed)
    assert refused.value.key == key
    said = translator("vi").refusal(refused.value)
    assert "ví dụ: 3" in said
    assert len(said) < 250
    assert "for example: 3" in translator("en").refusal(refused.value)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("36,5", "36.5"), ("36.5", "36.5"), ("0,5", "0.5"), ("0.123", "0.123"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"), ("1.234.567", "1234567"), ("12", "12"), ("không", "0"), ("hai mươi", "20"),
        ("36,5 độ", "36.5"), ("1.23", "1.23"),
    ],
)  # fmt: skip
def test_a_number_with_a_fraction_is_read_as_it_is_typed(typed: str, number: str) -> None:
    assert read_decimal(typed, ["độ"]) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("84.500.000.000", 84_500_000_000), ("84.912.345.678", 84_912_345_678), ("84,912,345,678", 84_912_345_678),
        ("84'912'345'678", 84_912_345_678), ("84.500.000.000 đồng", 84_500_000_000), ("84 500 000 000", 84_500_000_000),
        ("84123456789", 84_123_456_789), ("84500000000", 84_500_000_000), ("84900000000 đồng", 84_900_000_000),
    ],
)  # fmt: skip
def test_84_billion_is_a_number(typed: str, number: int) -> None:
    assert read_integer(typed, ["đồng"]) == number
    assert read_decimal(typed, ["đồng"]) == number


@pytest.mark.parametrize(
    "typed",
    [
        "84912345678", "84 912 345 678", "+84912345678", "+84 912 345 678", "+84.123.456.789", "+84 91 234 56 78",
        "0084912345678", "0912345678", "0912 345 678", "02373821234",
    ],
)  # fmt: skip
def test_a_telephones_number_is_no_figure(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_integer(typed)
    with pytest.raises(NotUnderstood):
        read_decimal(typed)


@pytest.mark.parametrize("typed", ["1.234", "1,234"])
def test_a_fraction_that_may_be_thousands_is_asked(typed: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_decimal(typed)
    assert "1.234 hoặc 1,234" in translator("vi").refusal(refused.value)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("1.234.5", "err_decimal"), ("1e5", "err_decimal"), ("-1,5", "err_negative"), ("1,2,3", "err_decimal")],
)
def test_what_is_no_number_at_all_is_refused(typed: str, key: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_decimal(typed)
    assert refused.value.key == key


def test_a_number_may_be_negative_where_that_is_allowed() -> None:
    assert read_integer("-3", negative=True) == -3
    assert read_integer("âm mười hai", negative=True) == -12
    assert read_decimal("-1,5", negative=True) == Decimal("-1.5")


ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spell(number: int) -> str:
    """A number under a million in words, as taught at school."""
    thousands, rest = divmod(number, 1000)
    if thousands:
        below = "" if rest == 0 else f" {hundreds(rest, full=True)}"
        return f"{hundreds(thousands)} nghìn{below}"
    return hundreds(rest)


def hundreds(number: int, full: bool = False) -> str:
    hundred, rest = divmod(number, 100)
    said = f"{ONES[hundred]} trăm " if hundred or full else ""
    ten, one = divmod(rest, 10)
    if rest == 0 and said:
        return said.strip()
    if ten == 0:
        return said + ("linh " if said else "") + ONES[one]
    tens = "mười" if ten == 1 else f"{ONES[ten]} mươi"
    last = "" if one == 0 else " mốt" if one == 1 and ten > 1 else " lăm" if one == 5 else f" {ONES[one]}"
    return said + tens + last


@given(st.integers(0, 999_999))
def test_every_number_in_words_is_read_as_it_is_taught(number: int) -> None:
    assert read_words(spell(number)) == number


@given(st.integers(0, 10**15 - 1))
def test_a_number_with_dots_is_the_number(number: int) -> None:
    assert read_integer(f"{number:,}".replace(",", ".")) == number
    assert read_integer(f"{number:,}") == number
    assert read_integer(str(number)) == number


@given(st.text(max_size=100))
def test_whatever_is_typed_is_a_number_or_a_sentence(typed: str) -> None:
    for read in (read_integer, read_decimal):
        refused = None
        try:
            assert read(typed) >= 0
        except NotUnderstood as said:
            refused = said
        assert refused is None or translator("vi").refusal(refused)


FIGURE = {
    "flow": Question("count", "integer", {"vi": "Số ca"}, kind="flow"),
    "plain": Question("id", "integer", {"vi": "Số thẻ"}),
}


@pytest.mark.parametrize("typed", ["9.000.000.000.001", "999999999999999"])
def test_a_figure_that_is_too_large_to_be_kept_is_refused_with_the_largest(typed: str) -> None:
    question = FIGURE["flow"]
    with pytest.raises(NotUnderstood) as refused:
        type_of(question).read(question, typed, translator("vi"))
    assert "9.000.000.000.000" in translator("vi").refusal(refused.value)
    assert "9,000,000,000,000" in translator("en").refusal(refused.value)


def test_the_largest_figure_can_be_kept_and_what_is_no_figure_may_be_longer() -> None:
    largest = type_of(FIGURE["flow"]).read(FIGURE["flow"], "9000000000000", translator("vi"))
    assert isinstance(largest, int)
    assert to_amount(largest) == 9 * 10**18
    assert type_of(FIGURE["plain"]).read(FIGURE["plain"], "999999999999999", translator("vi")) == 10**15 - 1


def test_a_figure_with_more_digits_than_are_kept_is_asked_to_be_rounded() -> None:
    question = Question("rate", "decimal", {"vi": "Nhiệt độ"}, kind="stock")
    assert type_of(question).read(question, "36,123456", translator("vi")) == Decimal("36.123456")
    with pytest.raises(NotUnderstood) as refused:
        type_of(question).read(question, "36,1234567", translator("vi"))
    assert "hơn 6 chữ số" in translator("vi").refusal(refused.value)


COUNTED_IN_CASES = Question(
    "f0_new", "integer", {"vi": "Số ca mắc mới (F0)"}, kind="flow", unit={"vi": "ca"}, aliases=("F0 mới",)
)
COUNTED_IN_SAMPLES = Question("tests", "integer", {"vi": "Số mẫu xét nghiệm"}, kind="flow", unit={"vi": "mẫu"})


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (COUNTED_IN_CASES, "5 F1"),
        (COUNTED_IN_CASES, "5 ca F1"),
        (COUNTED_IN_CASES, "15 mẫu"),
        (COUNTED_IN_CASES, "15mau"),
        (COUNTED_IN_CASES, "hai mươi mũi"),
        (COUNTED_IN_CASES, "3 chốt ạ"),
        (COUNTED_IN_CASES, "không có mẫu nào"),
        (COUNTED_IN_SAMPLES, "5 F1"),
    ],
)
def test_what_is_counted_otherwise_is_not_taken_for_the_answer(question: Question, typed: str) -> None:
    """«5 F1» at the question of new cases is the answer to another one."""
    with pytest.raises(NotUnderstood) as refused:
        type_of(question).read(question, typed, translator("vi"))
    assert refused.value.key == "err_counted"


@pytest.mark.parametrize(
    ("question", "typed", "number"),
    [
        (COUNTED_IN_CASES, "5 F0", 5),
        (COUNTED_IN_CASES, "5F0", 5),
        (COUNTED_IN_CASES, "5 ca F0", 5),
        (COUNTED_IN_CASES, "15 người", 15),
        (COUNTED_IN_CASES, "12 bệnh nhân", 12),
        (COUNTED_IN_CASES, "3 ca mắc", 3),
        (COUNTED_IN_CASES, "không có ca nào", 0),
        (COUNTED_IN_SAMPLES, "40 mẫu", 40),
    ],
)
def test_what_is_counted_so_is_taken(question: Question, typed: str, number: int) -> None:
    assert type_of(question).read(question, typed, translator("vi")) == number


@pytest.mark.parametrize("typed", ["chưa có", "Chưa có ạ", "chua co"])
def test_that_there_is_nothing_yet_is_no_zero_but_offered_as_one(typed: str) -> None:
    for read in (read_integer, read_decimal):
        with pytest.raises(NotUnderstood):
            read(typed)
    assert near_numbers(typed) == (0,)


@pytest.mark.parametrize("typed", ["chưa có ca nào", "chưa có ca", "chưa có người nào", "không có", "không phát sinh"])
def test_that_there_is_nobody_yet_is_zero(typed: str) -> None:
    assert read_integer(typed) == 0
