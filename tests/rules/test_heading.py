"""Whose report a message says that it is: another unit's is refused, one's own unit's name parts nothing but its own heading."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import create_engine

from handlers.reporters.unit_in_heading import of_unit_named, on_lines_of_its_own
from reporting.errors import Refused
from reporting.filling.tasks import Task
from services.context import Context
from storage.database.dialects import COMPILED
from storage.database.engines import EngineMemory
from storage.database.tables import metadata
from tests.residents.town import Town, town_of

NAMES = """Thọ Dân;Dân Lực;Thái Hòa;Minh Sơn;Thọ Vực;Đồng Tiến;Nông Trường;Hợp Thành;Hợp Tiến;Thọ Sơn"""
UNITS = "code,name,kind,parent,aliases,since,until\n397,Triệu Sơn,huyện,,toàn huyện,,\n" + "".join(
    f"{code},{name},xã,397,,,\n" for code, name in enumerate(NAMES.split(";"), 15700)
)
RENAMED = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,,,
15700,Thọ Dân,xã,397,,,2021-11-10
15700,Xuân Phú,xã,397,Thọ Dân,2021-11-10,
15701,Dân Lực,xã,397,,,
"""

OF_ANOTHER = (
    "Báo cáo ngày 10/11/2021 – xã Dân Lực\nF0 mới 55\nkhỏi mới 3",
    "Báo cáo ngày 10/11 xã Dân Lực: F0 mới 55",
    "UBND xã Dân Lực báo cáo\nNgày 10/11\nF0 mới 55",
    "Kính gửi: UBND huyện Triệu Sơn\nTrạm y tế xã Dân Lực\nF0 mới 55",
    "TYT Dân Lực: F0 mới 55",
    "dan luc\nf0 moi 55",
    "BC xã Dân Lực\nF0 mới 55",
    "BCĐ phòng, chống dịch xã Dân Lực\nF0 mới 55",
    "Báo cáo nhanh tình hình dịch COVID-19 xã Dân Lực\nF0 mới 55",
    "BÁO CÁO CÔNG TÁC PHÒNG CHỐNG DỊCH COVID 19 XÃ DÂN LỰC\nF0 mới 55",
    "Báo cáo ngày 10 tháng 11 năm 2021 xã Dân Lực\nF0 mới 55",
    "Dân Lực, ngày 10 tháng 11 năm 2021\nF0 mới 55",
    "Ngày 10.11.2021\nxã Dân Lực\nF0 mới 55",
)
BY_THE_WAY = (
    "Hôm nay có 3 F0 mới từ Dân Lực về, khỏi mới 2",
    "Hôm nay xã ghi nhận 3 F0 mới, trong đó 1 ca ở xã Dân Lực về, khỏi mới 2",
    "Hôm nay thêm 3 F0 mới từ xã Dân Lực về, khỏi mới 2",
    "Xã 3 xã Dân Lực: F0 mới 3",
    "Đ/c Thái Hòa báo cáo: F0 mới 3",
    "Đ/c Thái Hòa báo cáo\nF0 mới 3\nkhỏi mới 2",
    "Người báo cáo: Minh Sơn\nF0 mới 3",
    "Em Minh Sơn báo cáo: F0 mới 3",
    "BS Thái Hòa\nF0 mới 3",
    "Lê Thị Thái Hòa\nF0 mới 3",
    "Kính gửi đ/c Minh Sơn\nF0 mới 3",
    "Kính gửi: Minh Sơn\nF0 mới 3",
    "Thọ Vực em gửi: F0 mới 3",
    "thôn Minh Sơn: F0 mới 3, khỏi mới 2",
    "Báo cáo thôn Đồng Tiến\nF0 mới 3",
    "chợ Dân Lực: F0 mới 3",
    "Ổ dịch Dân Lực: F0 mới 3",
    "Bệnh viện Thái Hòa: F0 mới 3",
    "Nơi nhận: xã Dân Lực\nF0 mới 3",
    "Không có ca ở Dân Lực về\nF0 mới 3",
    "Dân Lực về: F0 mới 3",
    "nông trường báo F0 2",
    "hợp tiến thì f0 mới 3",
    "Hợp Thành đã test 5, F0 3",
    "xã Dân Lực @kỳ_trước: F0 mới 3",
    "Dịch Dân Lực: F0 mới 3",
    "Ngày 10 tháng 11 có 2 ca xã Dân Lực\nF0 mới 3",
)
WITH_MORE = (
    "Thọ Dân thêm: F0 mới 2, khỏi mới 1",
    "xã Thọ Dân thêm: F0 mới 2",
    "xã Thọ Dân kỳ trước: F0 mới 9, khỏi mới 8",
    "Thọ Dân lũy kế: F0 mới 29, khỏi mới 28",
    "Thọ Dân dự kiến F0 mới 3, khỏi mới 2",
    "Thọ Dân nghi F0 mới 3, khỏi mới 2",
    "Thọ Dân bỏ F0 mới 3, khỏi mới 2",
    "Thọ Dân giảm F0 mới 3, khỏi mới 2",
    "Thọ Dân tuần trước F0 mới 3, khỏi mới 2",
    "Thọ Dân tháng 10: F0 mới 3, khỏi mới 2",
    "Thọ Dân chưa có F0 mới 3",
    "Thọ Dân ngày 9 tháng 11: F0 mới 3, khỏi mới 2",
    "Thọ Dân (kỳ trước): F0 mới 3",
    "Thọ Dân @kỳ_trước: F0 mới 3",
    "Kế hoạch Thọ Dân: F0 mới 5, khỏi mới 3",
    "Kế hoạch\nThọ Dân: F0 mới 5, khỏi mới 3",
    "xã Thọ Dân và xã Dân Lực: F0 mới 5, khỏi mới 3",
    "xã Thọ Dân, xã Dân Lực: F0 mới 5, khỏi mới 3",
    "Dân Lực gửi Thọ Dân: F0 mới 5, khỏi mới 3",
    "Dân Lực gửi Hợp Tiến: F0 mới 9, khỏi mới 8",
    "Dân Lực: F0 mới 9, khỏi mới 8",
)
HEADED = (
    "xã Thọ Dân:",
    "Thọ Dân",
    "UBND xã Thọ Dân báo cáo:",
    "Báo cáo ngày 10/11/2021 xã Thọ Dân:",
    "TYT xã Thọ Dân báo cáo số liệu ngày 10/11:",
    "Kính gửi UBND huyện Triệu Sơn, xã Thọ Dân báo cáo:",
    "BCĐ phòng, chống dịch xã Thọ Dân:",
    "Báo cáo tình hình dịch COVID-19 xã Thọ Dân:",
)


@dataclass
class Own:
    context: Context
    task: Task

    def is_refused(self, said: str) -> bool:
        try:
            of_unit_named(self.context, said, [self.task])
        except Refused as refused:
            return refused.key == "lines_other_unit"
        return False

    def parted(self, said: str) -> str:
        return on_lines_of_its_own(self.context, said, self.task.form, self.task.unit)


def own_of(town: Town, on: date) -> Own:
    unit = town.tree.find("15700", on)
    assert unit is not None
    return Own(town.turn(), Task(town.forms["covid_daily"], unit, on))


def opened(unit_list: str, on: date) -> Iterator[Own]:
    engine = create_engine(
        "sqlite+giaoban://", execution_options={"memory": EngineMemory(), "compiled_cache": COMPILED}
    )
    with engine.connect() as connection:
        metadata.create_all(connection)
        yield own_of(town_of(connection, unit_list), on)
    engine.dispose()


@pytest.fixture(scope="module")
def own() -> Iterator[Own]:
    """Thọ Dân's report of today."""
    yield from opened(UNITS, date(2021, 11, 10))


@pytest.fixture(scope="module")
def renamed() -> Iterator[Own]:
    """Thọ Dân's report of yesterday, open on the first day of its new name."""
    yield from opened(RENAMED, date(2021, 11, 9))


@pytest.mark.parametrize("said", OF_ANOTHER)
def test_a_bare_heading_of_another_unit_is_refused(own: Own, said: str) -> None:
    assert own.is_refused(said)
    assert own.parted(said) == said


@pytest.mark.parametrize("said", BY_THE_WAY)
def test_a_unit_named_beside_anything_else_refuses_nothing(own: Own, said: str) -> None:
    assert not own.is_refused(said)
    assert own.parted(said) == said


@pytest.mark.parametrize("said", WITH_MORE)
def test_what_is_said_beside_ones_own_units_name_stays_with_the_figure(own: Own, said: str) -> None:
    assert own.parted(said) == said


@pytest.mark.parametrize("heading", HEADED)
def test_a_bare_heading_of_ones_own_is_parted_from_the_figures(own: Own, heading: str) -> None:
    said = own.parted(f"{heading} F0 mới 5, khỏi mới 3")
    assert said.split("\n")[1:] == ["F0 mới 5, khỏi mới 3"]
    assert not own.is_refused(said)


@pytest.mark.parametrize("named", ["xã Xuân Phú", "xã Thọ Dân"])
def test_the_new_name_of_a_unit_is_its_own(renamed: Own, named: str) -> None:
    assert renamed.task.unit.name == "Thọ Dân"
    assert not renamed.is_refused(f"{named}\nF0 mới 5\nkhỏi mới 3")
    assert renamed.parted(f"{named}: F0 mới 5, khỏi mới 3") == f"{named}\nF0 mới 5, khỏi mới 3"
    assert renamed.is_refused("xã Dân Lực\nF0 mới 5\nkhỏi mới 3")
