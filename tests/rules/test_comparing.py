"""Units beside each other: what is not reported is said to be so, and what is cut says that it is."""

from dataclasses import replace

import pytest

from messages.leaders.comparing import LABEL, ranked, side_by_side
from reporting.figures.headlines import headlines
from reporting.people import Address
from reporting.translator import translator
from tests.rules.digests_made import evidence, province

TO = Address("telegram", "7")


@pytest.mark.parametrize(
    ("language", "missing", "without"),
    [("vi", "chưa báo cáo", "chưa có số liệu"), ("en", "not reported", "no figure")],
)
def test_who_has_not_reported_is_not_said_to_have_none(language: str, missing: str, without: str) -> None:
    def given(name: str, unit_id: int, days_ago: int) -> int | None:
        return None if unit_id == 27 else 2

    of = evidence(missing=[26], figure=given)
    units = [of.tree.unit(one) for one in (26, 27, 28)]
    said = side_by_side(of, units, headlines(of.form)[:1], TO, translator(language)).text
    shown = [f"{unit.title} <b>{value}</b>" for unit, value in zip(units, (missing, without, "2"), strict=True)]
    assert "; ".join(shown) in said


def test_a_button_that_is_cut_ends_with_a_whole_word_and_dots() -> None:
    of = evidence()
    (question,) = (each for each in of.form.indicators if each.name == "f0_new")
    long = "Trong đó số ca được ghi nhận tại cộng đồng trong kỳ báo cáo này"
    renamed = (each if each == question else replace(each, label={"vi": long}) for each in of.form.questions)
    of = replace(of, form=replace(of.form, questions=tuple(renamed)))
    labels = [row[0].text for row in ranked(of, question, TO, translator("vi")).buttons]
    assert "Trong đó số ca được ghi nhận tại cộng…" in labels
    assert all(len(label) <= LABEL for label in labels)


def test_districts_stand_beside_each_other_with_what_their_units_have_together() -> None:
    def given(name: str, unit_id: int, days_ago: int) -> int | None:
        return 3 if unit_id <= 10 else None

    of = evidence(province(3, 9), missing=[10], figure=given)
    counted = replace(of.form.by_name["f0_active"], unit={"vi": "%"})
    rated = replace(
        of.form, questions=tuple(counted if q == of.form.by_name["f0_active"] else q for q in of.form.questions)
    )
    of = replace(of, form=rated)
    units = [of.tree.unit(one) for one in (2, 3, 4)]
    names = ("f0_new", "f0_cum", "f0_active")
    said = side_by_side(of, units, [of.form.by_name[name] for name in names], TO, translator("vi")).text
    new, ever, rate = said.splitlines()[1:]
    assert "huyện Nông Cống 1 <b>6</b> (2/3 đơn vị); huyện Nông Cống 2 <b>6</b> (2/3 đơn vị)" in new
    assert "huyện Nông Cống 3 <b>3</b> (1/3 đơn vị)" in new
    assert "huyện Nông Cống 3 <b>6</b> (1/3 đơn vị, gồm số kỳ trước của 1 đơn vị)" in ever
    assert rate.count("<b>không cộng chung</b>") == 3
