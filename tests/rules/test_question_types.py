"""House rules of question types, and how each reads, shows and keeps its answers."""

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.answers import Attachment, GeoPoint, Value
from reporting.errors import NotUnderstood
from reporting.forms import Choice, Question
from reporting.questions.question_types import QuestionType, registry, type_of
from reporting.translator import LANGUAGES, translator

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=timezone(timedelta(hours=7)))
COLOURS = (
    Choice("xanh", {"vi": "Vùng xanh", "en": "Green"}, {"aliases": "cấp 1; nguy cơ thấp"}),
    Choice("cam", {"vi": "Vùng cam", "en": "Orange"}),
    Choice("do", {"vi": "Vùng đỏ", "en": "Red"}),
)
LEVELS = tuple(Choice(str(level), {"vi": f"Cấp {level}"}) for level in (4, 3, 2, 1))
PHOTO = Attachment("AgAD", "ảnh.jpg", "image/jpeg", 1000)
LIST = Attachment("BQAD", "bảng kê.xlsx", "application/vnd.ms-excel", 5000)


def question(of: str, **more: Any) -> Question:
    choices = COLOURS if of.startswith(("select", "rank")) else ()
    return Question("q", of, {"vi": "Hỏi", "en": "Ask"}, **({"choices": choices} | more))


def read(of: str, typed: str, language: str = "vi", **more: Any) -> Value:
    asked = question(of, **more)
    return type_of(asked).read(asked, typed, translator(language), asked.choices, NOW)


def shown(of: str, value: Value, language: str = "vi", **more: Any) -> str:
    asked = question(of, **more)
    return type_of(asked).show(asked, value, translator(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("each", registry().all, ids=lambda each: each.key)
def test_every_type_says_how_to_answer_with_an_example_that_it_reads(each: QuestionType, language: str) -> None:
    words = translator(language)
    for name in each.names:
        asked = question(name)
        assert type_of(asked) is each
        assert each.how_key(asked) in words.keys
        assert words.refusal(each.refusal())
        if each.is_asked:
            assert words.plain(each.how_key(asked)).count(": ") == 1, "an example stands after a colon"
        if each.accepts("text"):
            value = each.read(asked, words.plain(f"type_{each.key}_example"), words, asked.choices, NOW)
            assert each.from_json(json.loads(json.dumps(each.to_json(value)))) == value
            assert each.show(asked, value, words)


@pytest.mark.parametrize("each", registry().all, ids=lambda each: each.key)
def test_what_a_button_types_is_understood(each: QuestionType) -> None:
    for language in LANGUAGES:
        words = translator(language)
        for kind in ("flow", None):
            asked = question(each.names[0], kind=kind)
            for label, typed in each.buttons(asked, words, asked.choices):
                assert label
                value = each.read(asked, typed, words, asked.choices, NOW)
                assert each.read(asked, label, words, asked.choices, NOW) == value, (
                    "what stands on a button can be typed"
                )


@pytest.mark.parametrize("each", registry().all, ids=lambda each: each.key)
def test_what_a_type_does_not_take_is_refused_in_words(each: QuestionType) -> None:
    asked = question(each.names[0])
    for content in (GeoPoint(19.8, 105.6), PHOTO, LIST):
        kind = "location" if isinstance(content, GeoPoint) else "photo" if content is PHOTO else "document"
        if not each.accepts(kind) or (each.key == "image" and content is LIST):
            with pytest.raises(NotUnderstood):
                each.receive(asked, content)
        else:
            assert each.receive(asked, content) == content
    if not each.accepts("text"):
        with pytest.raises(NotUnderstood):
            each.read(asked, "3", translator("vi"))


STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(-(10**15), 10**15),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=4),
    "text": st.text(min_size=1),
    "select_one": st.sampled_from(["xanh", "cam", "do"]),
    "select_multiple": st.lists(st.sampled_from(["xanh", "cam", "do"]), min_size=1, unique=True).map(tuple),
    "rank": st.permutations(["xanh", "cam", "do"]).map(tuple),
    "date": st.dates(),
    "time": st.times(),
    "dateTime": st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))),
    "geopoint": st.builds(GeoPoint, st.floats(-90, 90), st.floats(-180, 180)),
    "image": st.builds(Attachment, st.text(), st.text(), st.just("image/png"), st.integers(0)),
    "file": st.builds(Attachment, st.text(), st.text(), st.text(), st.integers(0)),
    "acknowledge": st.just("OK"),
    "range": st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=2)),
    "note": st.text(),
    "calculate": st.one_of(st.integers(), st.text(), st.decimals(allow_nan=False, allow_infinity=False, places=3)),
    "hidden": st.one_of(st.integers(), st.text()),
}


@pytest.mark.parametrize("each", registry().all, ids=lambda each: each.key)
def test_what_is_stored_comes_back_as_it_was(each: QuestionType) -> None:
    asked = question(each.names[0])
    typed = translator("vi").plain(f"type_{each.key}_example") if each.accepts("text") else ""
    example = st.just(each.read(asked, typed, translator("vi"), asked.choices, NOW)) if typed else st.nothing()

    @given(STRATEGIES.get(each.names[0], example))
    def stays(value: Value) -> None:
        back = each.from_json(json.loads(json.dumps(each.to_json(value))))
        assert back == value
        assert type(back) is type(value)

    stays()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("xanh", "xanh"), ("Vùng xanh", "xanh"), ("VÙNG XANH", "xanh"), ("vung xanh", "xanh"), ("green", "xanh"),
        ("cấp 1", "xanh"),
        ("nguy co thap", "xanh"), ("1", "xanh"), ("3", "do"), ("vùng đỏ", "do"), ("vung do", "do"), ("đỏ", "do"),
        ("4", None), ("0", None),
        ("vùng", None), ("", None), ("😀", None),
    ],
)  # fmt: skip
def test_a_choice_is_found_by_name_label_alias_or_number(typed: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(NotUnderstood) as refused:
            read("select_one", typed)
        assert "«Vùng xanh», «Vùng cam», «Vùng đỏ»" in translator("vi").refusal(refused.value)
    else:
        assert read("select_one", typed) == name


def test_where_choices_are_named_by_numbers_a_number_is_the_name() -> None:
    assert read("select_one", "4", choices=LEVELS) == "4"
    assert shown("select_one", "4", choices=LEVELS) == "Cấp 4"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("1, 3", ("xanh", "do")), ("3 1", ("xanh", "do")), ("vùng đỏ và vùng cam", ("cam", "do")),
        ("xanh;cam", ("xanh", "cam")),
        ("tất cả", ("xanh", "cam", "do")), ("cam", ("cam",)), ("cam, cam", ("cam",)), ("cam, tím", None), ("", None),
    ],
)  # fmt: skip
def test_several_choices_are_read_from_one_line(typed: str, names: tuple[str, ...] | None) -> None:
    if names is None:
        with pytest.raises(NotUnderstood):
            read("select_multiple", typed)
    else:
        assert read("select_multiple", typed) == names


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("10/11/2021", date(2021, 11, 10)), ("1-2-2021", date(2021, 2, 1)), ("10.11.21", date(2021, 11, 10)),
        ("2021-11-10", date(2021, 11, 10)),
        ("ngày 5 tháng 11 năm 2021", date(2021, 11, 5)), ("ngày 5 tháng 11", date(2021, 11, 5)),
        ("5/11", date(2021, 11, 5)),
        ("hôm nay", date(2021, 11, 10)), ("hom qua", date(2021, 11, 9)), ("Today", date(2021, 11, 10)),
        ("29/2/2021", None), ("31/4", None),
        ("5", None), ("mai kia", None), ("10/11/20211", None), ("", None),
    ],
)  # fmt: skip
def test_a_date_is_read_with_the_day_first(typed: str, on: date | None) -> None:
    if on is None:
        with pytest.raises(NotUnderstood):
            read("date", typed)
    else:
        assert read("date", typed) == on


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("16:30", time(16, 30)), ("16h30", time(16, 30)), ("16 giờ 30", time(16, 30)), ("16g30", time(16, 30)),
        ("16h", time(16)),
        ("4 giờ chiều", time(16)), ("8h30 tối", time(20, 30)), ("8 am", time(8)), ("12 pm", time(12)),
        ("16 giờ 30 phút", time(16, 30)),
        ("24:00", None), ("16:75", None), ("16", None), ("chiều", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_said(typed: str, at: time | None) -> None:
    if at is None:
        with pytest.raises(NotUnderstood):
            read("time", typed)
    else:
        assert read("time", typed) == at


@pytest.mark.parametrize(
    "typed",
    [
        "10/11/2021 16:30",
        "16h30 ngày 10/11/2021",
        "hôm nay 16:30",
        "16 giờ 30 hôm nay",
        "lúc 16h30 10/11",
        "2021-11-10T16:30:00+07:00",
    ],
)
def test_a_date_and_a_time_are_read_in_either_order(typed: str) -> None:
    assert read("dateTime", typed) == datetime(2021, 11, 10, 16, 30, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize("typed", ["10/11/2021", "16:30", "25:00 10/11/2021", "bao giờ"])
def test_half_a_moment_is_none(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read("dateTime", typed)


@pytest.mark.parametrize(
    "typed", ["19.82, 105.61", "19.82 105.61", "19,82; 105,61", "19.82N 105.61E", "19.82°B, 105.61°Đ"]
)
def test_a_place_is_read_from_its_degrees(typed: str) -> None:
    assert read("geopoint", typed) == GeoPoint(19.82, 105.61)


@pytest.mark.parametrize("typed", ["Thọ Dân", "95.1, 105.6", "19.8", "19.8, 205.1"])
def test_what_is_no_place_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read("geopoint", typed)


def test_a_range_keeps_to_its_bounds_and_steps() -> None:
    halves = {"start": "0", "end": "2", "step": "0.5"}
    assert read("range", "1,5", parameters=halves) == Decimal("1.5")
    assert read("range", "7") == 7
    for typed, parameters in (("1,25", halves), ("11", {}), ("0", {}), ("nhiều", {})):
        with pytest.raises(NotUnderstood):
            read("range", typed, parameters=parameters)
    scale = question("range", parameters=halves)
    assert [label for label, _ in type_of(scale).buttons(scale, translator("vi"))] == ["0", "0,5", "1", "1,5", "2"]


def test_a_number_is_shown_with_its_unit() -> None:
    unit = {"vi": "ca", "en": "cases"}
    assert shown("integer", 1250, unit=unit) == "1.250 ca"
    assert shown("integer", 1250, "en", unit=unit) == "1,250 cases"
    assert shown("decimal", Decimal("36.5")) == "36,5"
    assert shown("calculate", 121, unit=unit) == "121 ca"


def test_a_count_is_never_under_zero_and_another_number_may_be() -> None:
    with pytest.raises(NotUnderstood):
        read("integer", "-3", kind="flow")
    assert read("integer", "-3") == -3


def test_answers_are_shown_as_people_write_them() -> None:
    assert shown("date", date(2021, 11, 5)) == "05/11/2021"
    assert shown("time", time(16, 30)) == "16 giờ 30"
    assert shown("dateTime", NOW) == "15 giờ 30 ngày 10/11/2021"
    assert shown("select_multiple", ("xanh", "do")) == "Vùng xanh, Vùng đỏ"
    assert shown("select_one", "gone") == "gone"
    assert shown("geopoint", GeoPoint(19.82, 105.61)) == "19.82000, 105.61000"
    assert shown("file", LIST) == "bảng kê.xlsx"
    assert shown("acknowledge", "OK") == "Đã xác nhận"


def test_a_text_is_kept_as_it_was_typed_but_not_without_end() -> None:
    assert read("text", "  Có <b>2</b> ca ở thôn 3\n") == "Có <b>2</b> ca ở thôn 3"
    for typed in ("", " \n", "x" * 4001):
        with pytest.raises(NotUnderstood):
            read("text", typed)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "3", 3), ("integer", "3.5", None), ("integer", "NaN", None), ("decimal", "1.50", Decimal("1.50")),
        ("integer", "", None),
        ("calculate", "121", 121), ("calculate", "0.5", Decimal("0.5")), ("calculate", "NaN", None),
        ("calculate", "007", "007"), ("calculate", "a b", "a b"),
        ("calculate", "-0", 0), ("date", "2021-11-10", date(2021, 11, 10)), ("date", "x", None),
        ("time", "16:30:00.000+07:00", time(16, 30)),
        ("dateTime", "2021-11-10T15:30:00.000+07:00", NOW), ("select_multiple", "a b", ("a", "b")),
        ("geopoint", "19.5 105.5 0 0", GeoPoint(19.5, 105.5)),
        ("geopoint", "here", None), ("range", "5", 5), ("text", "abc", "abc"), ("file", "abc", None),
    ],
)  # fmt: skip
def test_what_an_expression_comes_to_is_a_value_of_the_type(kind: str, text: str, value: Value | None) -> None:
    asked = question(kind)
    assert type_of(asked).from_node(asked, text) == value
