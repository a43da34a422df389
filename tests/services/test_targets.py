"""Targets on both databases: taken in whole or not at all, kept with their history, and how far units are."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.errors import Refused, Several
from reporting.figures.indicator_targets import IndicatorTarget, Measured, TargetProgress, TargetState
from services.import_units import change_units
from services.keep_targets import give_target, known_targets, retire_target
from services.target_progress import measured_until, target_progress
from services.target_units import TargetUnits
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.services.office import DAY, NOW, ZONE, Office
from tests.services.targeted import put, take_in
from understanding.units_now import units_as_now


def progress(office: Office, on: date = DAY) -> list[TargetProgress]:
    tree = units.tree(office.connection)
    form = forms.version(office.connection, "daily", "1")
    return target_progress(office.connection, tree, office.unit("1"), NOW, ZONE, form=form, period=on)


def test_a_file_is_taken_in_whole_and_again_changes_nothing(daily: Office) -> None:
    rows = ("11,ill,at most,10,,weekly,,,,", "1,doses,at least,95%,people,,,2021-12-31,,")
    assert take_in(daily, *rows, dry_run=True) == (2, 2, 0)
    assert known_targets(daily.connection, DAY) == []
    assert take_in(daily, *rows) == (2, 2, 0)
    assert take_in(daily, *rows) == (2, 0, 0)
    assert daily.audited() == [("target", daily["An"].id)] * 2
    found = [each.target for each in known_targets(daily.connection, DAY)]
    assert [(each.since, each.until) for each in found] == [(date(2021, 10, 1), date(2021, 12, 31)), (DAY, None)]


def test_a_changed_target_is_a_new_row_and_the_old_one_stays_with_its_end(daily: Office) -> None:
    take_in(daily, "11,ill,at most,10,,weekly,,,,")
    assert take_in(daily, "11,ill,at most,8,,weekly,,,,") == (1, 1, 1)
    ever = known_targets(daily.connection, DAY, everything=True)
    assert [(each.target.value, each.given.ended_at is None) for each in ever] == [(10, False), (8, True)]
    retire_target(daily.connection, ever[1].target.id, NOW)
    assert known_targets(daily.connection, DAY) == []
    with pytest.raises(Refused, match="target_unknown"):
        retire_target(daily.connection, ever[1].target.id, NOW)
    assert [what for what, _ in daily.audited()] == ["target", "target", "target retired"]


def test_next_years_target_stands_beside_this_years(daily: Office) -> None:
    this, nxt = ("11,ill,at least,9,,,2021-01-01,2021-12-31,,", "11,ill,at least,12,,,2022-01-01,2022-12-31,,")
    assert take_in(daily, this, nxt) == (2, 2, 0)


def test_everything_that_is_wrong_is_named_and_nothing_is_taken_in(daily: Office) -> None:
    rows = (
        "99,ill,at most,10,,weekly,,,,",
        "11,none,at most,10,,weekly,,,,",
        "11,ill,at least,95%,,,,2021-12-31,,",
        "1,rate,at least,95,,,,2021-12-31,,",
        "11,doses,at least,95%,nobody,,,2021-12-31,,",
        "11,ill,at least,95,,,2020-01-01,2020-12-31,,",
        "11,ill,at most,10,,weekly,,,,beds",
        "11,ill,at most,10,,weekly,,,,",
        "11,ill,at most,12,,weekly,,,,",
        "11,rate,at least,95%,,,,2021-12-31,,",
        "1,rate,at least,95%,people,,,2021-12-31,,",
        "1,doses,at least,95%,crop,,,2021-12-31,,",
        "11,rate,at least,95%,crop,,,2021-12-31,,",
        "1,positive,at most,5,,weekly,,,,",
    )
    with pytest.raises(Several) as refused:
        take_in(daily, *rows)
    found = [(each.values["row"], each.values.get("why", each).key) for each in refused.value.found]
    assert found == [
        ("2", "targets_unit"),
        ("3", "targets_indicator"),
        ("4", "targets_per_cent"),
        ("5", "targets_not_added_up"),
        ("6", "targets_of"),
        ("7", "targets_over"),
        ("8", "targets_indicator"),
        ("10", "targets_twice"),
        ("12", "targets_not_added_up"),
        ("13", "targets_not_added_up"),
        ("15", "targets_not_added_up"),
    ]
    named = [
        each.values["why"].values["indicator"] for each in refused.value.found if each.values["row"] in ("12", "13")
    ]
    assert named == ["rate", "crop"]
    assert known_targets(daily.connection, DAY) == []


def test_how_far_units_are_with_what_has_come_of_what_was_owed(daily: Office) -> None:
    take_in(
        daily,
        "1,ill,at most,100,,,2021-11-01,2021-11-30,,",
        "11,ill,at least,30,,,2021-11-01,2021-11-30,,",
        "1,doses,at least,95%,people,,2021-11-01,2021-12-31,,",
    )
    for day, count in ((1, 3), (2, 4)):
        put(daily, "11", date(2021, 11, day), {"ill": count, "doses": 80 + day, "people": 90})
    put(daily, "12", date(2021, 11, 2), {"ill": 90, "doses": 50, "people": 60})
    found = {(each.target.unit_id, each.target.indicator): each for each in progress(daily, date(2021, 11, 10))}
    of_all, own = found[daily.unit("1").id, "ill"], found[daily.unit("11").id, "ill"]
    assert (of_all.value, of_all.state, of_all.received, of_all.expected) == (97, TargetState.UNDER_WAY, 3, 30)
    assert (own.value, own.state, own.received, own.expected) == (7, TargetState.BEHIND, 2, 10)
    share = found[daily.unit("1").id, "doses"]
    assert (share.value, share.received, share.expected) == (Decimal("88.0"), 2, 3)


def test_a_percentage_of_each_day_goes_by_its_newest_value(daily: Office) -> None:
    take_in(
        daily,
        "11,positive,at most,5%,,,2021-11-01,2021-11-30,,",
        "11,positive,at least,50%,,,2021-11-01,2021-11-10,,",
        "12,positive,at most,4,,weekly,2021-11-01,,,",
    )
    for day in range(1, 10):
        put(daily, "11", date(2021, 11, day), {"positive": day})
        put(daily, "12", date(2021, 11, day), {"positive": 3})
    found = [(each.value, each.received, each.expected) for each in progress(daily, date(2021, 11, 9))]
    assert sorted(found) == [(3, 1, 1), (9, 1, 1), (9, 1, 1)]


def test_a_share_of_several_units_percentages_is_not_worked_out(daily: Office) -> None:
    """Such a target may have been given by an earlier release."""
    held = IndicatorTarget("daily", "rate", daily.unit("1").id, "at least", 95, "", date(2021, 11, 1), DAY, "people")
    give_target(daily.connection, held, NOW, daily["An"].id)
    for code in ("11", "12"):
        put(daily, code, date(2021, 11, 2), {"rate": 60, "people": 80})
    (untold,) = progress(daily, date(2021, 11, 10))
    assert (untold.value, untold.state, untold.received) == (None, TargetState.UNKNOWN, 2)


def test_what_is_reached_with_the_days_reports_is_told_as_just_reached(daily: Office) -> None:
    take_in(daily, "11,ill,at least,7,,,2021-11-01,2021-11-30,,")
    put(daily, "11", date(2021, 11, 9), {"ill": 3})
    put(daily, "11", date(2021, 11, 10), {"ill": 4})
    (reached,) = progress(daily, date(2021, 11, 10))
    assert (reached.state, reached.just) == (TargetState.REACHED, True)
    (after,) = progress(daily, date(2021, 11, 11))
    assert (after.state, after.just) == (TargetState.REACHED, False)


def test_a_share_before_the_period_is_of_the_whole_that_stood_then(daily: Office) -> None:
    """A whole that doubles on the last day: 10 of 20 were reached before and are missed with it, 25 of a hundred."""
    take_in(daily, "11,doses,at least,50%,people,,2021-11-01,2021-11-10,,")
    put(daily, "11", date(2021, 11, 9), {"doses": 10, "people": 20})
    put(daily, "11", date(2021, 11, 10), {"doses": 10, "people": 40})
    (missed,) = progress(daily, date(2021, 11, 10))
    assert (missed.value, missed.state, missed.just) == (Decimal("25.0"), TargetState.MISSED, True)


def test_a_share_before_the_period_is_of_the_units_that_had_both_then(daily: Office) -> None:
    """Thọ Dân's part is known a day before its whole: it counts in neither, and 60% had been reached before."""
    take_in(daily, "1,doses,at least,60%,people,,2021-11-01,2021-11-30,,")
    put(daily, "12", date(2021, 11, 9), {"doses": 60, "people": 100})
    put(daily, "11", date(2021, 11, 9), {"doses": 30})
    put(daily, "11", date(2021, 11, 10), {"doses": 60, "people": 100})
    (held,) = progress(daily, date(2021, 11, 10))
    assert (held.value, held.state, held.just) == (Decimal("60.0"), TargetState.REACHED, False)


def test_an_even_pace_of_a_share_begins_with_the_whole_that_stood_first(daily: Office) -> None:
    """From 10 of 20 on the 1st to 90% on the 11th: half way it is 70%, whatever the whole has become since."""
    take_in(daily, "11,doses,at least,90%,people,,2021-11-01,2021-11-11,,")
    put(daily, "11", date(2021, 11, 1), {"doses": 10, "people": 20})
    put(daily, "11", date(2021, 11, 6), {"doses": 26, "people": 40})
    (behind,) = progress(daily, date(2021, 11, 6))
    assert (behind.value, behind.due, behind.state) == (Decimal("65.0"), Decimal(70), TargetState.BEHIND)


def test_a_target_that_has_no_day_yet_is_listed_all_the_same(daily: Office) -> None:
    take_in(daily, "11,ill,at most,7,,weekly,,,,")
    (ahead,) = progress(daily)
    assert (ahead.value, ahead.state, ahead.received, ahead.expected) == (None, TargetState.UNKNOWN, 0, 0)


def test_nothing_reported_is_unknown(daily: Office) -> None:
    take_in(daily, "11,ill,at least,7,,,2021-11-01,2021-11-30,,")
    (nothing,) = progress(daily)
    assert (nothing.value, nothing.state, nothing.received, nothing.expected) == (None, TargetState.UNKNOWN, 0, 10)


def test_over_a_merger_what_stands_is_of_the_units_that_there_are_and_what_is_summed_of_all_that_were(
    daily: Office,
) -> None:
    merger = "on,old,new,name,kind,parent,aliases,people\n2021-11-{},{},{},{},xã,1,,\n"
    first = merger.format("08", "11", "19", "Mới") + "2021-11-08,12,19,,,,,\n"
    for text in (first, merger.format("10", "19", "29", "Mới hơn")):
        change_units(daily.connection, text, NOW, ZONE, kind="mergers")
    rows = ("1,ill,at most,100,,,2021-10-01,2021-12-31,,", "1,doses,at least,1000,,,2021-10-01,2021-12-31,,")
    take_in(daily, *rows, "1,doses,at least,95%,people,,2021-10-01,2021-12-31,,")
    tree = units.tree(daily.connection)
    for code, day, ill, doses in (
        ("11", 6, 1, 100),
        ("12", 6, 2, 200),
        ("13", 6, 4, 300),
        ("19", 9, 8, 350),
        ("13", 9, 16, 320),
        ("29", 10, 32, 360),
    ):
        on = date(2021, 11, day)
        form, values = forms.version(daily.connection, "daily", "1"), {"ill": ill, "doses": doses, "people": 2 * doses}
        stamps = {"as_of": NOW, "revision": 1, "source": "report"}
        figures.put(daily.connection, form, tree.known(code, on).id, on, values, **stamps)  # type: ignore[arg-type]
    form, found = forms.version(daily.connection, "daily", "1"), dict[tuple[str, str], Measured]()
    for each in progress(daily):
        measured = measured_until(daily.connection, TargetUnits(tree), form, each.target, DAY, DAY)
        assert (measured.value, measured.received, measured.expected) == (each.value, each.received, each.expected)
        found[each.target.indicator, each.target.of] = measured
    assert (found["ill", ""].value, found["ill", ""].before) == (63, 31)
    given, share = found["doses", ""], found["doses", "people"]
    assert (given.value, given.before, given.received, given.expected) == (680, 670, 2, 2)
    assert given.first == (date(2021, 11, 6), 600)
    assert (share.value, share.before, share.received, share.expected) == (50, 50, 2, 2)


def test_on_the_day_of_a_merger_a_share_and_a_stock_are_what_they_were_until_the_new_unit_has_both(
    daily: Office,
) -> None:
    """Of 600 in 6000 the former units have 300 in 3000: they stay in both until the new one has both."""
    rows = ("1,ill,at least,90%,people,,2021-11-01,2021-11-30,,", "1,people,at least,9000,,,2021-11-01,2021-11-30,,")
    take_in(daily, *rows)
    for code, ill in (("11", 100), ("12", 200), ("13", 300)):
        put(daily, code, date(2021, 11, 6), {"ill": ill, "people": 10 * ill})
    text = "on,old,new,name,kind,parent,aliases,people\n2021-11-08,11,19,Mới,xã,1,,\n2021-11-08,12,19,,,,,\n"
    change_units(daily.connection, text, NOW, ZONE, kind="mergers")
    tree, form = units.tree(daily.connection), forms.version(daily.connection, "daily", "1")
    new, stamps = tree.known("19", DAY).id, {"as_of": NOW, "revision": 1, "source": "report"}

    def held(day: int) -> list[tuple[object, object]]:
        on = date(2021, 11, day)
        of = {each.target.indicator: each.target for each in progress(daily, on)}
        found = (
            measured_until(daily.connection, TargetUnits(tree), form, of[name], on, on) for name in ("ill", "people")
        )
        return [(each.value, each.before) for each in found]

    assert held(8) == [(10, 10), (6000, 6000)]
    figures.put(daily.connection, form, new, date(2021, 11, 8), {"ill": 10}, **stamps)  # type: ignore[arg-type]
    assert held(8) == [(10, 10), (6000, 6000)]
    figures.put(daily.connection, form, new, date(2021, 11, 9), {"people": 3100}, **stamps)  # type: ignore[arg-type]
    assert held(9) == [(Decimal("10.0"), Decimal("10.0")), (6100, 6000)]


def test_by_the_units_of_today_the_former_ones_stand_until_the_new_one_has_reported_and_owe_their_own_days(
    daily: Office,
) -> None:
    rows = ("1,people,at least,9000,,,2021-11-01,2021-11-30,,", "1,ill,at least,900,,,2021-11-01,2021-11-30,,")
    take_in(daily, *rows)
    for code in ("11", "12", "13"):
        put(daily, code, date(2021, 11, 6), {"ill": 1, "people": 1000})
    text = "on,old,new,name,kind,parent,aliases,people\n2021-11-08,11,19,Mới,xã,1,,\n2021-11-08,12,19,,,,,\n"
    change_units(daily.connection, text, NOW, ZONE, kind="mergers")
    tree, form = units.tree(daily.connection), forms.version(daily.connection, "daily", "1")
    for each in (tree, units_as_now(tree, DAY)):
        found = target_progress(daily.connection, each, daily.unit("1"), NOW, ZONE, form=form, period=date(2021, 11, 8))
        assert {of.target.indicator: of.value for of in found} == {"people": 3000, "ill": 3}
        assert {of.target.indicator: of.expected for of in found} == {"people": 2, "ill": 7 * 3 + 2}
