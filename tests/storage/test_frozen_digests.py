"""Digests on a real database: due once, frozen as they were sent, corrected in one line; the same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine

from bot.telegram.channel import TELEGRAM
from messages.digests.content import plain
from messages.digests.digest import digest
from reminders.context import Tick
from reminders.corrections import due_corrections
from reminders.digests import AT_ONCE, newest_hour, prepared_digests, tell
from reporting.answers import Answer
from reporting.people import Address, Duty, Person, Role
from reporting.reports import Report
from reporting.rounds.periods import newest_due
from reporting.say import Say
from reporting.translator import translator
from reporting.unit_list import read_units
from reporting.units import Unit
from services.digest_evidence import digest_evidence
from storage.database.engines import writing_engine
from storage.figures import digests, figures
from storage.organisation import people, units
from storage.reports import forms, reports
from storage.schedule import late_reasons
from tests.channels import CHANNELS
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2021, 11, 10)
UNITS = """code,name,kind,parent
38,Thanh Hóa,tỉnh,
397,Triệu Sơn,huyện,38
15700,Dân Lực,xã,397
15718,Nưa,thị trấn,397
15742,Thọ Dân,xã,397
"""
FORM = """
| settings | form_title | form_id | version | opens | due | closes | digest | topic |
|---|---|---|---|---|---|---|---|---|
| | Báo cáo ngày | daily | 1 | 12:00 | 16:30 | 08:00+1d | 12:30; 17:00 | dịch |

| survey | type | name | label | kind | visibility | unit |
|---|---|---|---|---|---|---|
| | integer | new | Số ca mắc mới | flow | public | ca |
| | integer | beds | Số giường trống | stock | internal | giường |
"""


def at(clock: str, on: date = TODAY) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def furnish(url: str) -> None:
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.encode(), "daily.md", date(2021, 10, 1), at("08:00"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = fresh_of_kind(request, tmp_path / "giaoban.db", furnish)
    engine = writing_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection


def unit(connection: Connection, code: str) -> Unit:
    found = units.tree(connection).find(code, TODAY)
    assert found is not None
    return found


def joins(connection: Connection, name: str, role: Role, code: str, language: str = "vi") -> Person:
    person = people.add(connection, Address("telegram", name), name, language, at("08:00"))
    people.charge(connection, Duty(person.id, unit(connection, code).id, role, date(2021, 10, 1)))
    return person


def sends(
    connection: Connection,
    code: str,
    new: int,
    beds: int = 5,
    *,
    sent_at: datetime,
    revision: int = 1,
    reason: str = "",
) -> None:
    form, on = forms.version(connection, "daily", "1"), sent_at.astimezone(ZONE).date()
    of = unit(connection, code)
    report = Report(
        f"D-{code}-{on:%d}-{revision}",
        "daily",
        "1",
        of.id,
        on,
        revision,
        {"new": Answer(new), "beds": Answer(beds)},
        None,
        sent_at,
        sent_at,
        reason=reason,
    )
    assert reports.add(connection, form, report)
    values = {"new": new, "beds": beds}
    figures.put(connection, form, of.id, on, values, as_of=sent_at, revision=revision, source="report")


def due_digests(connection: Connection, now: datetime, zone: ZoneInfo, at_once: int = AT_ONCE) -> list[Say]:
    """What the tick does: prepares, then tells."""
    tick = Tick(connection, now, zone, CHANNELS)
    return tell(tick, prepared_digests(tick, at_once=at_once))


def texts(says: list[Say]) -> list[str]:
    """The texts of the digests among what is said, without pictures and files."""
    return [plain(each.text) for each in says if each.photo is None and each.document is None]


def a_day(connection: Connection) -> None:
    """Yesterday everybody reported, today two of three, one of them late."""
    for code, new in (("15700", 1), ("15718", 2), ("15742", 3)):
        sends(connection, code, new, sent_at=at("15:00", TODAY - timedelta(days=1)))
    sends(connection, "15700", 4, sent_at=at("15:00"))
    sends(connection, "15742", 7, sent_at=at("16:45"))


def test_a_leader_gets_the_digest_of_his_subtree_at_its_hour_and_once(connection: Connection) -> None:
    a_day(connection)
    joins(connection, "Lan", "leader", "397")
    assert "Số liệu ngày 09/11/2021" in texts(due_digests(connection, at("12:30"), ZONE))[0]
    assert due_digests(connection, at("16:59"), ZONE) == []
    says = due_digests(connection, at("17:00"), ZONE)
    assert [(bool(each.photo), bool(each.document)) for each in says] == [(True, False), (False, False), (False, True)]
    (said,) = texts(says)
    assert said.startswith("TỔNG HỢP TÌNH HÌNH DỊCH HUYỆN TRIỆU SƠN\nSố liệu ngày 10/11/2021 – 2/3 đơn vị đã báo cáo")
    assert "• Số ca mắc mới: 11 ca ▲ 7" in said
    assert "chưa tính số liệu (1 đơn vị): thị trấn Nưa." in said
    assert "Báo cáo chậm (1 đơn vị): xã Thọ Dân (16 giờ 45)." in said
    assert due_digests(connection, at("17:00"), ZONE) == []
    assert due_digests(connection, at("17:01"), ZONE) == []


def test_everybody_gets_his_own_subtree_and_nobody_else_anything(connection: Connection) -> None:
    a_day(connection)
    joins(connection, "tỉnh", "leader", "38")
    joins(connection, "xã", "chair", "15742")
    joins(connection, "cán bộ", "reporter", "15742")
    says = due_digests(connection, at("17:00"), ZONE)
    by_chat = {each.to.address: plain(each.text) for each in says if not each.photo and not each.document}
    assert set(by_chat) == {each.to.address for each in says} == {"tỉnh", "xã"}
    assert "TỈNH THANH HÓA" in by_chat["tỉnh"]
    assert "XÃ THỌ DÂN" in by_chat["xã"]
    assert "11" not in by_chat["xã"].replace("/11/", "")


def test_each_reads_his_own_language(connection: Connection) -> None:
    a_day(connection)
    joins(connection, "Lan", "leader", "397")
    joins(connection, "Ann", "leader", "397", "en")
    vi, en = texts(due_digests(connection, at("17:00"), ZONE))
    assert vi.startswith("TỔNG HỢP")
    assert en.startswith("SUMMARY")


def test_of_hours_that_went_by_only_the_newest_is_sent(connection: Connection) -> None:
    a_day(connection)
    joins(connection, "Lan", "leader", "397")
    assert len(texts(due_digests(connection, at("17:20"), ZONE))) == 1


def test_a_digest_is_caught_up_in_the_night_but_not_a_day_later(connection: Connection) -> None:
    a_day(connection)
    form = forms.version(connection, "daily", "1")
    assert newest_hour(form.schedule.digest, at("08:30", TODAY + timedelta(days=1)), ZONE) == at("17:00")
    assert newest_hour(form.schedule.digest, at("12:00", TODAY + timedelta(days=1)), ZONE) is None


def test_a_digest_before_the_due_time_is_about_the_day_before(connection: Connection) -> None:
    form = forms.version(connection, "daily", "1")
    assert newest_due(form, at("12:30"), ZONE) == TODAY - timedelta(days=1)
    assert newest_due(form, at("17:00"), ZONE) == TODAY


def test_more_than_one_tick_can_carry_are_sent_by_the_next_ones(connection: Connection) -> None:
    a_day(connection)
    for code in ("38", "397", "15700"):
        joins(connection, code, "leader", code)
    sent = [texts(due_digests(connection, at("17:00"), ZONE, at_once=1))[0].split("\n")[0] for _ in range(3)]
    assert [title.split("DỊCH ")[1] for title in sent] == ["TỈNH THANH HÓA", "HUYỆN TRIỆU SƠN", "XÃ DÂN LỰC"]
    assert due_digests(connection, at("17:00"), ZONE, at_once=1) == []


def test_what_was_sent_stays_as_it_was_whatever_is_corrected(connection: Connection) -> None:
    a_day(connection)
    lan = joins(connection, "Lan", "leader", "397")
    (said,) = texts(due_digests(connection, at("17:00"), ZONE))
    sends(connection, "15742", 9, sent_at=at("18:00"), revision=2, reason="nhập nhầm")
    (kept,) = digests.frozen_of(connection, "daily", [unit(connection, "397").id], TODAY)
    assert plain(kept.digest.text) == said
    assert kept.person_ids == (lan.id,)
    assert kept.digest.as_of == at("17:00")
    again = digests.frozen(connection, kept.id)
    assert again == kept
    form = forms.version(connection, "daily", "1")
    now = digest_evidence(connection, form, unit(connection, "397"), [TODAY], at("18:01"), ZONE)
    assert "Số ca mắc mới: 13 ca" in plain(digest(now, translator("vi"), TELEGRAM).text)


def test_a_correction_ripples_once_and_in_one_line_to_whoever_was_told(connection: Connection) -> None:
    a_day(connection)
    joins(connection, "Lan", "leader", "397")
    joins(connection, "tỉnh", "leader", "38")
    due_digests(connection, at("17:00"), ZONE)
    joins(connection, "sau", "leader", "397")
    assert due_corrections(Tick(connection, at("17:30"), ZONE, CHANNELS)) == []
    sends(connection, "15742", 9, sent_at=at("18:00"), revision=2, reason="nhập nhầm")
    sends(connection, "15718", 50, sent_at=at("18:00"))
    says = {
        each.to.address: plain(each.text) for each in due_corrections(Tick(connection, at("18:01"), ZONE, CHANNELS))
    }
    assert says == {
        "Lan": "Đính chính số liệu ngày 10/11/2021 so với bản tổng hợp chốt lúc 17 giờ 00 ngày 10/11/2021:\n"
        "• xã Thọ Dân – Số ca mắc mới: 7 → 9 ca (huyện Triệu Sơn: 11 → 13). Lý do: nhập nhầm.",
        "tỉnh": "Đính chính số liệu ngày 10/11/2021 so với bản tổng hợp chốt lúc 17 giờ 00 ngày 10/11/2021:\n"
        "• xã Thọ Dân – Số ca mắc mới: 7 → 9 ca (tỉnh Thanh Hóa: 11 → 13). Lý do: nhập nhầm.",
    }
    assert due_corrections(Tick(connection, at("18:02"), ZONE, CHANNELS)) == []


def test_a_correction_of_what_nobody_was_told_ripples_to_nobody(connection: Connection) -> None:
    a_day(connection)
    joins(connection, "Lan", "leader", "397")
    due_digests(connection, at("17:00"), ZONE)
    sends(connection, "15718", 2, sent_at=at("18:00"))
    sends(connection, "15718", 3, sent_at=at("18:10"), revision=2)
    sends(connection, "15700", 4, sent_at=at("18:10"), revision=2, reason="không đổi gì")
    assert due_corrections(Tick(connection, at("18:11"), ZONE, CHANNELS)) == []


def test_why_a_unit_was_late_is_read_with_it(connection: Connection) -> None:
    a_day(connection)
    of = unit(connection, "15742")
    late_reasons.give(connection, "daily", of.id, TODAY, "power", person_id=None, now=at("16:40"))
    joins(connection, "Lan", "leader", "397")
    assert (
        f"(16 giờ 45: {translator('vi').plain('late_power')})" in texts(due_digests(connection, at("17:00"), ZONE))[0]
    )


def test_two_who_tick_at_once_tell_everybody_once(engine: Engine) -> None:
    with engine.begin() as connection:
        a_day(connection)
        joins(connection, "Lan", "leader", "397")
    said = []
    for _ in range(2):
        with engine.begin() as connection:
            said += texts(due_digests(connection, at("17:00"), ZONE))
    assert len(said) == 1
