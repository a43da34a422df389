"""A made-up district or country: its units and people, or a form of twenty public indicators and its history, put into the tables."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, insert, text

from messages.common.guide import menu_mark
from reporting.forms import Form
from reporting.people import Role
from reporting.translator import translator
from storage.database import audit
from storage.database.engines import database_url
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.figures import group_totals
from storage.reports import forms

TODAY = date(2021, 11, 10)
NOW = datetime.fromisoformat("2021-11-10T15:30+07:00").astimezone(UTC)
IN_A_DISTRICT, DISTRICTS_IN_A_PROVINCE = 34, 5
_FIRST = "An Bình Cẩm Châu Đại Đông Đức Gia Hải Hòa Hồng Hưng Hương Kim Lam Liên Long Minh Mỹ Nghĩa Ngọc Phú Phúc Quang"
_LAST = (
    "Sơn Thành Thạch Thanh Thịnh Thọ Thượng Tiến Trung Trường Tân Văn Vĩnh Xuân Yên Lộc Lâm Lợi Khê Giang Dương Cường"
)
FLOWS = "sởi; cúm mùa; thủy đậu; quai bị; bạch hầu; ho gà; viêm gan; uốn ván; thương hàn; đau mắt đỏ; rubella"
HELD_BACK = "phong"
STANDING = "giường trống; khẩu trang; trâu bò; gia cầm"
COUNTED = "mũi tiêm; hộ đã khảo sát; cây đã trồng"
LEVEL = "mức cảnh báo"
SETTINGS = """| settings | form_title | form_id | version | period | opens | due | closes | topic | authority | default_language |
|---|---|---|---|---|---|---|---|---|---|---|
| | Sổ theo dõi | ledger | 1 | daily | 07:00 | 16:30 | 08:00+1d | đời sống | Sở Thống kê | Tiếng Việt (vi) |

| choices | list_name | name | label::Tiếng Việt (vi) |
|---|---|---|---|
| | level | 1 | Xanh |
| | level | 2 | Vàng |
| | level | 3 | Đỏ |

| survey | type | name | label::Tiếng Việt (vi) | kind | visibility | unit | aliases | suppress_below |
|---|---|---|---|---|---|---|---|---|
"""
WHILE_LOADING = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4000000", "threads=2")
"""A load that is killed begins anew. `threads`: beside the first, for the sorting of indexes."""
HISTORY = """
insert into figure (form, indicator, unit_id, period, amount, choice, as_of, revision, source)
select 'ledger', asked.name, unit.id, :period,
       case when asked.kind = 'state' then null else 1000000 * ((unit.id * 7 + :day * 3 + unit.id * :day + asked.n) % asked.scale) end,
       case when asked.kind = 'state' then cast(1 + (unit.id + :day) % 3 as varchar) else null end,
       :as_of, case when (unit.id + :day) % 97 = 0 then 2 else 1 end, 'report'
from unit cross join asked where unit.kind = 'xã' and (unit.id * 31 + :day * 17) % 50 >= :silent order by unit.id, asked.n
"""
REPORTS = """
insert into report (number, form, version, unit_id, period, revision, answers, sent_by, sent_at, first_sent_at, reason, provisional)
select 'ST-' || :day || '-' || unit.id, 'ledger', '1', unit.id, :period, 1, :answers, null, :as_of, :as_of, '', :no
from unit where unit.kind = 'xã' and (unit.id * 31 + :day * 17) % 50 >= :silent order by unit.id
"""
AUDITED = """
insert into audit (at, who, what, form, unit_id, period, detail)
select :as_of, null, 'report', 'ledger', unit.id, :period, '{"number": "ST", "reason": ""}'
from unit where unit.kind = 'xã' and (unit.id * 31 + :day * 17) % 50 >= :silent order by unit.id
"""


def form_text() -> str:
    """Twenty public indicators: flows, one of them with small counts held back, stocks, totals and a state."""
    rows = [("integer", f"Số ca {each}", "flow", "ca", f"ca {each}; {each}", "") for each in FLOWS.split("; ")]
    rows += [("integer", f"Số ca {HELD_BACK}", "flow", "ca", f"ca {HELD_BACK}; bệnh {HELD_BACK}", "5")]
    rows += [("integer", f"Số {each} hiện có", "stock", "", each, "") for each in STANDING.split("; ")]
    rows += [("integer", f"Số {each} lũy kế", "total", "", each, "") for each in COUNTED.split("; ")]
    rows += [("select_one level", LEVEL.capitalize(), "state", "", LEVEL, "")]
    lines = [
        f"| | {kind} | i{n:02} | {label} | {of} | public | {unit} | {aliases} | {below} |"
        for n, (kind, label, of, unit, aliases, below) in enumerate(rows)
    ]
    return SETTINGS + "\n".join(lines) + "\n"


def units_of(communes: int) -> Iterator[dict[str, Any]]:
    """A district of 34; of more communes a country of provinces of such districts. No name is there twice."""
    names = (" ".join(three) for three in product(_FIRST.split(), _LAST.split(), _LAST.split()))
    if communes <= IN_A_DISTRICT:
        yield _unit(1, next(names), "huyện", None)
    else:
        yield _unit(1, "Việt Nam", "nước", None)
    districts = -(-communes // IN_A_DISTRICT) if communes > IN_A_DISTRICT else 0
    for n in range(-(-districts // DISTRICTS_IN_A_PROVINCE)):
        yield _unit(100 + n, next(names), "tỉnh", 1)
    for n in range(districts):
        yield _unit(1_000 + n, next(names), "huyện", 100 + n // DISTRICTS_IN_A_PROVINCE)
    for n in range(communes):
        yield _unit(10_000 + n, next(names), "xã", 1_000 + n // IN_A_DISTRICT if districts else 1)


def _unit(number: int, name: str, kind: str, parent_id: int | None) -> dict[str, Any]:
    return {"id": number, "code": f"{number:05}", "name": name, "kind": kind, "parent_id": parent_id, "aliases": ""}


def settle(
    connection: Connection, communes: int, staff: Mapping[str, Sequence[Role]], since: date, first_chat: int = 1
) -> None:
    """Puts the units there and, by the kind of unit, a person for each role of its `staff`, found at chats from `first_chat` on.

    Communes come first, in their order. Everybody has got his menu.
    """
    units = list(units_of(communes))
    connection.execute(insert(metadata.tables["unit"]), units)
    audit.write(connection, NOW, None, "units")
    held = [(unit, role) for unit in units for role in staff.get(unit["kind"], ())]
    held.sort(key=lambda each: (each[0]["kind"] != "xã", each[0]["id"]))
    marks = {role: menu_mark([role], translator("vi")) for _, role in held}
    people, addresses, duties = [], [], []
    for number, (unit, role) in enumerate(held, 1):
        name, chat = f"Cán bộ {number}", str(first_chat + number - 1)
        people.append({"id": number, "name": name, "language": "vi", "created_at": NOW})
        addresses.append({"channel": "telegram", "address": chat, "person_id": number, "menu": marks[role]})
        duties.append({"person_id": number, "unit_id": unit["id"], "role": role, "since": since})
    for table, rows in (("person", people), ("address", addresses), ("duty", duties)):
        connection.execute(insert(metadata.tables[table]), rows)


def build(url: str, communes: int, days: int) -> int:
    """A new database with so many communes and days of history up to today, for which nine of ten have reported; its figures.

    Rows are put in day by day and unit by unit, as they come in life, so that each lies where it would; indexes are made when all
    are there, and what is kept beside the figures is added up by the program's own statement.
    """
    migrate(url)
    engine = create_engine(database_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        for pragma in WHILE_LOADING if is_sqlite else ():
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.exec_driver_sql("BEGIN")
        indexes = [index for name in ("figure", "report", "audit") for index in metadata.tables[name].indexes]
        for index in indexes:
            index.drop(connection)
        form, _ = forms.publish(connection, form_text().encode(), "ledger.md", TODAY - timedelta(days=days), NOW)
        connection.execute(insert(metadata.tables["unit"]), list(units_of(communes)))
        _fill(connection, form, days)
        for index in indexes:
            index.create(connection)
        group_totals.rebuild(connection)
        audit.write(connection, NOW, None, "units")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL" if is_sqlite else "VACUUM ANALYZE")
        figures = connection.execute(text("select count(*) from figure")).scalar_one()
    engine.dispose()
    return int(figures)


def _fill(connection: Connection, form: Form, days: int) -> None:
    connection.execute(
        text("create temporary table asked (n integer primary key, name varchar, kind varchar, scale integer)")
    )
    asked = [
        {"n": n, "name": each.name, "kind": each.kind, "scale": 7 if each.kind == "flow" else 900}
        for n, each in enumerate(form.indicators)
    ]
    connection.execute(text("insert into asked values (:n, :name, :kind, :scale)"), asked)
    answers = "{" + ", ".join(f'"{each.name}": {{"value": 3}}' for each in form.indicators) + "}"
    is_sqlite = connection.dialect.name == "sqlite"
    for day in range(days):
        on = TODAY - timedelta(days=days - 1 - day)
        at = datetime(on.year, on.month, on.day, 8 if on == TODAY else 9, tzinfo=UTC)
        values = {
            "day": day,
            "period": on.isoformat() if is_sqlite else on,
            "as_of": f"{at:%Y-%m-%d %H:%M:%S.%f}" if is_sqlite else at,
            "no": 0 if is_sqlite else False,
            "silent": 5 if on == TODAY else 1,
            "answers": answers,
        }
        for statement in (HISTORY, REPORTS, AUDITED):
            connection.execute(text(statement), values)


def size_of(url: str) -> float:
    """Gigabytes that the database takes; 0 of an SQLite file that is not there."""
    if not url.startswith("sqlite:///"):
        with create_engine(database_url(url)).connect() as connection:
            return int(connection.execute(text("select pg_database_size(current_database())")).scalar_one()) / 1e9
    path = Path(url.removeprefix("sqlite:///"))
    return path.stat().st_size / 1e9 if path.exists() else 0.0
