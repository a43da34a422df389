"""Made-up evidence for digests: trees, a form and figures that follow a rule, so that a test can say what must come out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reporting.digests.evidence import Evidence, Number, States
from reporting.digests.look_back import periods_before
from reporting.expressions.expression import compile_expression
from reporting.forms import Form, Question
from reporting.period_types import PeriodType
from reporting.rounds.deadlines import deadline
from reporting.rounds.standings import Sent, standing_for
from reporting.schedule import ClockTime, Schedule
from reporting.units import Unit, UnitTree

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2021, 11, 10)
NOW = datetime(2021, 11, 10, 17, tzinfo=ZONE).astimezone(UTC)
PUNCTUAL = time(15, 50)

NAMES = [
    "Thọ Sơn",
    "Thọ Bình",
    "Thọ Tiến",
    "Hợp Lý",
    "Hợp Tiến",
    "Hợp Thành",
    "Triệu Thành",
    "Hợp Thắng",
    "Minh Sơn",
    "Dân Lực",
    "Dân Lý",
    "Dân Quyền",
    "An Nông",
    "Văn Sơn",
    "Thái Hòa",
    "Đồng Tiến",
    "Đồng Thắng",
    "Đồng Lợi",
    "Khuyến Nông",
    "Tiến Nông",
    "Nông Trường",
    "Bình Sơn",
    "Thọ Dân",
    "Xuân Thọ",
    "Thọ Tân",
    "Thọ Ngọc",
    "Thọ Cường",
    "Thọ Phú",
    "Thọ Vực",
    "Thọ Thế",
    "Xuân Lộc",
    "Xuân Thịnh",
]


def question(name: str, vi: str, en: str, kind: str = "flow", unit: str = "ca", public: bool = True) -> Question:
    return Question(
        name,
        "integer",
        {"vi": vi, "en": en},
        kind=kind,  # type: ignore[arg-type]  # a test's shorthand
        visibility="public" if public else "internal",
        unit={"vi": unit, "en": {"ca": "cases", "người": "people", "mẫu": "samples"}[unit]},
    )


FORM = Form(
    "covid_daily",
    "1",
    {"vi": "Báo cáo ngày", "en": "Daily report"},
    (
        question("f0_new", "Số ca mắc mới (F0) ghi nhận trong kỳ", "New confirmed cases"),
        question("f0_new_community", "Trong đó: ca ghi nhận tại cộng đồng", "of which found in the community"),
        replace(
            question("f0_cum", "Lũy kế số ca mắc", "Cumulative confirmed cases", "total"),
            calculation=compile_expression("coalesce(${last-saved#f0_cum}, 0) + ${f0_new}"),
        ),
        question("f0_recovered_new", "Số ca khỏi bệnh/ra viện trong kỳ", "Recovered in the window"),
        question("f0_death_new", "Số ca tử vong trong kỳ", "Deaths in the window"),
        question("f0_active", "Số ca đang điều trị", "Active cases under treatment", "stock"),
        question("q_home_active", "Số người đang cách ly tại nhà", "People in home quarantine", "stock", "người"),
        question("tests_new", "Số mẫu xét nghiệm lấy trong kỳ", "Samples taken in the window", "flow", "mẫu"),
        question("f2_active", "Số F2 đang theo dõi", "F2 currently followed", "stock", "người", public=False),
    ),
    ("vi", "en"),
    Schedule(opens=ClockTime(time(12)), due=ClockTime(time(16, 30)), closes=ClockTime(time(8), 1), digest=(time(17),)),
    window={"vi": "từ 16 giờ hôm trước đến 16 giờ hôm nay", "en": "from 16:00 yesterday to 16:00 today"},
    topic={"vi": "phòng, chống dịch COVID-19", "en": "COVID-19 prevention and control"},
    authority={"vi": "UBND huyện Triệu Sơn", "en": "People's Committee of Triệu Sơn district"},
)


def district() -> UnitTree:
    """A district with 34 communes and towns: ids 1, and 2 to 35."""
    units = [Unit(1, "397", "Triệu Sơn", "huyện")]
    units += [Unit(2, "15664", "Triệu Sơn", "thị trấn", 1), Unit(3, "15682", "Nưa", "thị trấn", 1)]
    units += [Unit(4 + place, f"{15700 + place}", name, "xã", 1) for place, name in enumerate(NAMES)]
    return UnitTree(units)


def province(districts: int = 27, communes: int = 559) -> UnitTree:
    """A province: id 1, its districts, and communes with long names dealt out among them."""
    units = [Unit(1, "38", "Thanh Hóa", "tỉnh")]
    units += [Unit(2 + n, f"{380 + n}", f"Nông Cống {n + 1}", "huyện", 1) for n in range(districts)]
    units += [
        Unit(2 + districts + n, f"{14000 + n}", f"{NAMES[n % len(NAMES)]} {n}", "xã", 2 + n % districts)
        for n in range(communes)
    ]
    return UnitTree(units)


def usual(name: str, unit_id: int, days_ago: int) -> int:
    """A figure that wobbles by unit and day; a total grows by what is new."""
    if name == "f0_cum":
        return 200 + unit_id - sum(usual("f0_new", unit_id, ago) for ago in range(days_ago))
    if name == "f0_death_new":
        return 0
    scale = {"f0_new": 4, "f0_active": 30, "q_home_active": 80, "tests_new": 120, "f2_active": 60}.get(name, 2)
    return (unit_id * 7 + days_ago * 3 + unit_id * days_ago) % (scale + 1)


def evidence(
    tree: UnitTree | None = None,
    *,
    unit_id: int = 1,
    missing: Iterable[int] = (),
    late: Mapping[int, time] | None = None,
    figure: Callable[[str, int, int], Number | None] = usual,
    days: int = 1,
    states: tuple[States, ...] = (),
    **more: object,
) -> Evidence:
    """Evidence of one unit for the `days` that end today: `missing` units did not send today, `late` ones sent then.

    `figure(indicator, unit id, days ago)` is asked for every value of the last thirty days; None: not reported.
    """
    tree, gone, at = tree or district(), frozenset(missing), late or {}
    unit = tree.unit(unit_id)
    periods = (*periods_before(PeriodType("daily"), TODAY, days - 1), TODAY)
    ids = [each.id for each in tree.reporting(unit, FORM.reports, TODAY)]
    standings = []
    for period in periods:
        for each in ids:
            sent_at = datetime.combine(period, at.get(each, PUNCTUAL) if period == TODAY else PUNCTUAL, tzinfo=ZONE)
            sent = None if period == TODAY and each in gone else Sent(sent_at, sent_at, 1)
            standings.append(standing_for(deadline(FORM.key, FORM.schedule, each, period, ZONE), sent, NOW))
    found: dict[str, dict[int, dict[date, Number]]] = {}
    for name in (each.name for each in FORM.questions):
        for each in ids:
            for ago in range(30):
                value = None if ago == 0 and each in gone else figure(name, each, ago)
                if value is not None:
                    found.setdefault(name, {}).setdefault(each, {})[TODAY - timedelta(days=ago)] = value
    made = Evidence(FORM, tree, unit, periods, NOW, ZONE, tuple(standings), found, states=states)
    return replace(made, **more)  # type: ignore[arg-type]  # a test's shorthand
