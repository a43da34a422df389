"""The figures as programs get them: the numbers of the chat, and nothing that the chat does not tell."""

from datetime import date

import pytest

from reporting.rounds.suspensions import Suspension
from reporting.unit_list import read_units
from storage.database import audit
from storage.database.tables import metadata
from storage.organisation import units
from storage.schedule import suspensions
from tests.open_data.conftest import Site
from tests.residents.rates import with_rates
from tests.residents.town import TODAY, UNITS, at, days_ago
from tests.rules.test_mergers import LIST


async def test_a_figure_comes_with_its_day_unit_and_moment(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    row = await site.figure("15742", "f0_new")
    assert row["date"] == "2021-11-10"
    assert (row["unit_name"], row["unit_of_count"], row["status"], row["value"]) == ("xã Thọ Dân", "ca", "told", 3)
    assert row["published_at"] == "2021-11-10T09:05:00+00:00"
    assert row["corrected"] is False
    site.town.now = at("17:00")
    site.town.hears("hôm nay xã Thọ Dân bao nhiêu ca", "<b>3 ca</b>")


async def test_a_unit_without_a_report_has_no_value_and_is_not_zero(site: Site) -> None:
    site.town.reports("15742", f0_new=0)
    told, untold = await site.figure("15742", "f0_new"), await site.figure("15700", "f0_new")
    assert (told["value"], told["status"]) == (0, "told")
    assert (untold["value"], untold["status"]) == (None, "not_due")
    site.town.now = at("18:00")
    assert (await site.figure("15700", "f0_new"))["status"] == "not_reported"


async def test_a_total_says_its_coverage_and_names_who_is_missing(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    site.town.reports("15700", f0_new=4)
    row = await site.figure("397", "f0_new")
    assert (row["value"], row["units_with_figure"], row["units_owing"]) == (7, 2, 5)
    assert sorted(row["units_without"]) == ["thị trấn Nưa", "thị trấn Triệu Sơn", "xã Thọ Sơn"]
    site.town.hears("toàn huyện hôm nay bao nhiêu ca", "<b>7 ca</b>", "2/5 đơn vị")


async def test_a_total_of_percentages_is_said_not_to_be_added_up(site: Site) -> None:
    site.town = with_rates(site.town)
    site.town.now = at("18:00")
    row = await site.figure("397", "positive")
    assert (row["status"], row["value"], row["units_unknown"], row["published_at"]) == (
        "not_added_up",
        None,
        None,
        None,
    )
    assert (row["units_with_figure"], row["units_owing"]) == (4, 5)
    own = await site.figure("15742", "positive")
    assert (own["status"], own["value"]) == ("told", 63)
    indicators = {row["indicator"]: row["adds_up"] for row in (await site.get("/indicators.csv")).rows()}
    assert (indicators["positive"], indicators["ill"], indicators["level"]) == ("false", "true", "")
    page = (await site.get("/", date="2021-11-10")).text
    assert "không cộng chung các đơn vị được" in page
    assert "chưa tính được" not in page


async def test_what_waits_for_approval_is_not_told(site: Site) -> None:
    site.town.reports("15742", f0_new=99, provisional=True)
    answer = await site.get("/figures.json", date="2021-11-10")
    assert "99" not in answer.text
    row = await site.figure("15742", "f0_new", date="2021-11-10")
    assert (row["value"], row["status"]) == (None, "awaiting_approval")
    assert "đang chờ phê duyệt" in (await site.get("/", date="2021-11-10")).text


async def test_a_correction_that_waits_leaves_what_was_accepted(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    site.town.reports("15742", f0_new=99, revision=2, provisional=True)
    for unit in ("15742", "397"):
        row = await site.figure(unit, "f0_new", date="2021-11-10")
        assert (row["value"], row["status"], row["corrected"]) == (3, "told", False)
    for path in ("/figures.csv", "/"):
        assert "99" not in (await site.get(path, date="2021-11-10")).text


async def test_an_internal_indicator_is_nowhere(site: Site) -> None:
    site.town.reports("15742", f0_new=3, f2_active=777)
    for path in ("/figures.json", "/figures.csv", "/indicators.json", "/"):
        assert "777" not in (await site.get(path)).text
        assert "f2_active" not in (await site.get(path)).text
    refused = await site.get("/figures.json", indicator="f2_active")
    assert refused.status == 400
    assert "f2_active" in refused.json["error"]


async def test_small_counts_are_held_back_with_what_they_would_give_away(harvest_site: Site) -> None:
    site = harvest_site
    site.town.reports("15742", form="harvest", sick=3, rice=10)
    site.town.reports("15700", form="harvest", sick=8, rice=5)
    held = await site.figure("15742", "sick")
    assert (held["value"], held["low"], held["high"], held["status"]) == (None, 1, 4, "held_back")
    total = await site.figure("397", "sick")
    assert (total["value"], total["low"], total["high"]) == (None, 9, 12)
    page = await site.get("/")
    assert "dưới 5" in page.text
    assert ">3<" not in page.text
    site.town.now = at("17:30")
    site.town.hears("hôm nay xã Thọ Dân bao nhiêu hộ bệnh", "ít hơn 5 hộ")
    site.town.hears("toàn huyện hôm nay bao nhiêu hộ bệnh", "từ 9 đến 12 hộ")


async def test_days_on_both_sides_of_a_merger_have_the_units_of_each_day_and_no_others(site: Site) -> None:
    town = site.town
    lines = f"15742,Thọ Dân,xã,397,,,{TODAY}\n15667,Thọ Sơn,xã,397,,,{TODAY}\n15742,Thọ Phú,xã,397,Thọ Dân,{TODAY},\n"
    units.put(town.connection, read_units(UNITS.split("\n", 1)[0] + "\n" + lines, frozenset({"397"})))
    audit.write(town.connection, town.now, None, "units")
    town.tree = units.tree(town.connection)
    town.reports("15742", days_ago(1), f0_new=3)
    town.reports("15742", f0_new=8)
    span = {"from": days_ago(1).isoformat(), "to": TODAY.isoformat()}
    rows = await site.figures(indicator="f0_new", unit="15742", **span)
    assert [(row["date"], row["unit_name"], row["value"]) for row in rows] == [
        (days_ago(1).isoformat(), "xã Thọ Dân", 3),
        (TODAY.isoformat(), "xã Thọ Phú", 8),
    ]
    every = {(row["date"], row["unit_name"]) for row in await site.figures(indicator="f0_new", **span)}
    assert (days_ago(1).isoformat(), "xã Thọ Sơn") in every
    assert (TODAY.isoformat(), "xã Thọ Sơn") not in every
    assert (days_ago(1).isoformat(), "xã Thọ Phú") not in every


async def test_earlier_days_may_be_told_by_the_units_of_today(site: Site) -> None:
    units.put(site.town.connection, read_units(LIST))
    site.town.tree = units.tree(site.town.connection)
    site.town.now = at("18:00", date(2025, 7, 10))
    for code, count in (("15742", 5), ("15757", 4), ("15751", 9)):
        site.town.reports(code, date(2025, 6, 30), f0_new=count)
    asked = {"date": "2025-06-30", "indicator": "f0_new"}
    rows = (await site.get("/figures.csv", None, **asked, units="now")).rows()
    told = {row["unit_name"]: row for row in rows}
    assert len(rows) == 1 + 8
    assert (told["xã Thọ Phú"]["value"], told["xã Thọ Phú"]["units_with_figure"]) == ("9", "2")
    assert told["xã Thọ Phú"]["units_owing"] == "7"
    assert told["xã Thọ Ngọc"]["value"] == "9"
    assert told["huyện Triệu Sơn"]["value"] == "18"
    then = (await site.get("/figures.csv", None, **asked)).rows()
    assert len(then) == 1 + 34
    page = (await site.get("/", None, date="2025-06-30")).text
    assert "Xem ngày này theo đơn vị hiện nay" in page
    page = (await site.get("/", None, date="2025-06-30", units="now")).text
    assert "Số liệu tính theo đơn vị hiện nay (từ ngày 01/07/2025)" in page
    assert ">xã Thọ Phú<" in page
    assert (await site.get("/", None, units="soon")).status == 400


async def test_a_correction_is_marked(site: Site) -> None:
    site.town.reports("15742", f0_new=5, revision=2)
    assert (await site.figure("15742", "f0_new"))["corrected"] is True


async def test_a_report_without_the_indicator_is_told_from_no_report(site: Site) -> None:
    site.town.reports("15742", f0_new=1)
    assert (await site.figure("15742", "f0_active"))["status"] == "not_in_report"


async def test_suspended_reporting_is_no_missing_report(site: Site) -> None:
    suspensions.suspend(site.town.connection, Suspension("", None, TODAY, TODAY, "Tết"), None, at("08:00"))
    assert (await site.figure("15742", "f0_new", date="2021-11-10"))["status"] == "suspended"


async def test_a_level_is_the_one_in_force_on_each_day(site: Site) -> None:
    site.town.reports("15742", days_ago(9), "covid_level", level="3")
    site.town.reports("15742", days_ago(1), "covid_level", level="2")
    asked = {"from": "2021-11-08", "to": "2021-11-10", "unit": "15742", "indicator": "level"}
    rows = await site.figures(**asked)
    assert [(row["date"], row["value"], row["since"]) for row in rows] == [
        ("2021-11-08", "3", "2021-11-01"),
        ("2021-11-09", "2", None),
        ("2021-11-10", "2", "2021-11-09"),
    ]
    assert rows[0]["value_label"] == "Cấp 3 (vùng cam)"
    total = await site.figure("397", "level", date="2021-11-10")
    assert (total["units_at"], total["units_with_figure"], total["units_owing"]) == ({"2": 1}, 1, 5)


async def test_a_span_has_a_row_for_every_day(site: Site) -> None:
    for ago in (0, 2):
        site.town.reports("15742", days_ago(ago), f0_new=ago + 1)
    asked = {"from": "2021-11-07", "to": "2021-11-10", "unit": "15742", "indicator": "f0_new"}
    assert [row["value"] for row in await site.figures(**asked)] == [None, 3, None, 1]


async def test_csv_and_json_tell_the_same(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    lines = (await site.get("/figures.csv")).rows()
    objects = await site.figures()
    assert len(lines) == len(objects) > 40
    for line, told in zip(lines, objects, strict=True):
        assert list(line) == list(told)
        assert line["value"] == ("" if told["value"] is None else str(told["value"]))
    answer = await site.get("/figures.csv", excel="1")
    assert answer.text.startswith("\ufeffdate,")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


async def test_nothing_typed_is_a_formula_in_csv(site: Site) -> None:
    unit = metadata.tables["unit"]
    site.town.connection.execute(unit.update().where(unit.c.code == "15742").values(kind="", name='=HYPERLINK("x")'))
    lines = (await site.get("/units.csv")).rows()
    assert [line["name"] for line in lines if line["unit"] == "15742"] == ['\'=HYPERLINK("x")']


async def test_demonstration_figures_are_marked_in_every_row(site: Site) -> None:
    site.open_data._demonstration = True
    site.town.reports("15742", f0_new=3)
    answer = await site.get("/figures.json")
    assert answer.json["demonstration"] is True
    assert all(row["demonstration"] for row in answer.json["figures"])
    assert {line["demonstration"] for line in (await site.get("/figures.csv")).rows()} == {"true"}
    assert "Số liệu minh họa, không phải số liệu thật." in (await site.get("/")).text


async def test_the_state_of_reporting(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    site.town.has_archived("15700")
    site.town.now = at("18:00")
    rows = (await site.get("/standing.json")).json["standing"]
    assert {row["unit_name"]: row["status"] for row in rows} == {
        "xã Thọ Dân": "on_time",
        "xã Dân Lực": "archive",
        "thị trấn Nưa": "missing",
        "xã Thọ Sơn": "missing",
        "thị trấn Triệu Sơn": "missing",
    }
    assert rows[0]["due_at"] == "2021-11-10T09:30:00+00:00"


@pytest.mark.parametrize(
    "asked",
    [
        {"dates": "2021-11-10"},
        {"date": "10/11/2021"},
        {"date": "2021-13-40"},
        {"date": "2021-11-11"},
        {"from": "2021-11-10"},
        {"from": "2021-11-10", "to": "2021-11-01"},
        {"from": "2019-01-01", "to": "2021-11-10"},
        {"unit": "99999"},
        {"unit": "<script>"},
        {"indicator": "nothing"},
        {"form": "nothing"},
        {"lang": "fr"},
    ],
)
async def test_what_is_asked_wrongly_is_refused_in_a_sentence(site: Site, asked: dict[str, str]) -> None:
    answer = await site.get("/figures.json", **asked)
    assert answer.status == 400
    assert len(answer.json["error"]) > 20
    assert (await site.get("/figures.csv", **asked)).status == 400


@pytest.mark.parametrize(
    ("name", "said"), [("unit", "đơn vị «999»"), ("indicator", "chỉ tiêu «999»"), ("form", "biểu mẫu «999»")]
)
async def test_what_there_is_not_is_named_in_the_words_of_the_language(site: Site, name: str, said: str) -> None:
    refused = await site.get("/figures.json", **{name: "999"})
    assert refused.json["error"] == f"Không có {said} trong dữ liệu công khai."


async def test_too_much_at_once_is_refused(site: Site) -> None:
    asked = {"from": "2020-11-11", "to": "2021-11-10"}
    assert "20.000" in (await site.get("/figures.json", **asked)).json["error"]


async def test_names_come_in_english_too(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    row = await site.figure("15742", "f0_new", lang="en")
    assert row["indicator_label"] == "New confirmed cases (F0) in the reporting window"


async def test_a_town_without_any_figure_has_today(site: Site) -> None:
    assert {row["date"] for row in await site.figures()} == {date(2021, 11, 10).isoformat()}


async def test_a_running_total_is_whole_and_tells_who_is_in_it_with_an_earlier_figure(site: Site) -> None:
    for code in ("15664", "15700", "15718", "15742", "15667"):
        site.town.reports(code, days_ago(1), f0_new=1, f0_cum=10, f0_active=4)
    for code in ("15664", "15700", "15718"):
        site.town.reports(code, f0_new=1, f0_cum=11, f0_active=4)
    row = await site.figure("397", "f0_cum")
    assert (row["status"], row["value"], row["units_with_figure"], row["units_owing"]) == ("told", 53, 3, 5)
    assert (row["units_carried"], row["carried_from"]) == (2, {"15667": "2021-11-09", "15742": "2021-11-09"})
    new = await site.figure("397", "f0_new")
    assert (new["value"], new["units_carried"], new["carried_from"]) == (3, 0, None)
    lines = (await site.get("/figures.csv", unit="397", indicator="f0_cum")).text.splitlines()
    assert lines[0].endswith(",published_at,demonstration,units_carried,carried_from,units_unknown,ground")
    assert lines[1].endswith(",2,15667: 2021-11-09; 15742: 2021-11-09,,")
    rows = await site.figures(unit="397", indicator="f0_cum", **{"from": "2021-11-09", "to": "2021-11-10"})
    assert [each["value"] for each in rows] == [50, 53]
    own = await site.figure("15742", "f0_cum", date="2021-11-10")
    assert (own["value"], own["status"], own["units_carried"]) == (None, "not_due", None)


async def test_a_running_total_that_rests_on_what_is_unknown_has_no_value(site: Site) -> None:
    for code in ("15664", "15700", "15718", "15742", "15667"):
        site.town.reports(code, days_ago(1), f0_new=1, f0_cum=10, f0_active=4)
    site.town.reports("15742", f0_new=1, f0_cum=11, f0_active=4)
    site.town.reports("15700", f0_active=4)
    row = await site.figure("397", "f0_cum")
    assert (row["status"], row["value"], row["units_unknown"]) == ("not_in_report", None, ["xã Dân Lực"])
    assert (row["units_carried"], row["carried_from"], row["published_at"]) == (None, None, None)
    assert (await site.figure("15742", "f0_cum"))["units_unknown"] is None


async def test_the_page_says_where_a_part_is_above_its_whole(site: Site) -> None:
    site.town.reports("15742", f0_new=2, f0_new_community=4)
    site.town.reports("15700", f0_new=1, f0_new_community=0)
    page = (await site.get("/")).text
    doubt = "«F0 mới – trong đó: ca ghi nhận tại cộng đồng» đang lớn hơn «Số ca mắc mới (F0) ghi nhận trong kỳ»"
    marked = page.index('<abbr title="⚠️ Lưu ý: ' + doubt)
    assert page.index("xã Dân Lực</a></th>") < page.index("xã Thọ Dân</a>") < marked < page.index("</table>", marked)
    assert f'<p class="note">⚠️ Lưu ý: {doubt}' in page


async def test_a_total_of_which_a_report_has_come_without_it_is_told_from_no_report(site: Site) -> None:
    site.town.reports("15742", days_ago(1), f0_new=3, f0_cum=3, f0_active=3)
    site.town.reports("15742")
    today = TODAY.isoformat()
    for unit in ("397", "15742"):
        for indicator in ("f0_new", "f0_cum", "f0_active"):
            assert (await site.figure(unit, indicator, date=today))["status"] == "not_in_report"
    assert (await site.figure("15700", "f0_cum", date=today))["status"] == "not_due"


async def test_where_nobody_has_reported_a_total_is_not_due(site: Site) -> None:
    site.town.reports("15742", days_ago(1), f0_new=3)
    assert (await site.figure("397", "f0_new", date=TODAY.isoformat()))["status"] == "not_due"


async def test_an_indicator_says_on_which_day_its_periods_end(site: Site) -> None:
    rows = (await site.get("/indicators.json")).json["indicators"]
    assert {(row["period"], row["cutoff"], row["week_starts"]) for row in rows} == {
        ("daily", None, None),
        ("on change", None, None),
    }
