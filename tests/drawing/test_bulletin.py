"""The picture of the public channel's bulletin."""

import struct
from datetime import date, datetime

import pytest

from bot.drawing import draw
from bot.drawing.bulletin import bars_of
from reporting.figures.drawings import BulletinBar, BulletinPicture, BulletinTile, PublicPoint
from reporting.say import Drawn
from reporting.translator import translator

VI = translator("vi")
ROWS = [
    BulletinBar("xã Thọ Dân", 0, 0, "", ""),
    BulletinBar("xã Dân Lực", None, None, "", "chưa báo cáo"),
    BulletinBar("thị trấn Nưa", 1, 4, "", ""),
    BulletinBar("xã Hợp Lý", 12, 12, "", ""),
]
TILES = (("Số ca mắc mới", 13, 16), ("Số ca khỏi", 1234, 1234), ("Tử vong", 0, 0), ("Đang điều trị", 9, 9))


def content(language: str, rows: list[BulletinBar], days: int = 14) -> BulletinPicture:
    return BulletinPicture(
        language=language,
        title="Bản tin phòng, chống dịch COVID-19 – ngày 10/11/2021",
        window="Huyện Triệu Sơn",
        coverage_text="Mới có số liệu của 3/4 đơn vị – tạm tính",
        tiles=tuple(BulletinTile(*each) for each in TILES),
        trend_title="Số ca mắc mới (ca)",
        points=tuple(PublicPoint(date(2021, 11, day), day, day + day % 2, 3, 4) for day in range(1, days + 1)),
        bars_title="Số ca mắc mới, từng đơn vị",
        bars=tuple(rows),
        as_of=datetime.fromisoformat("2021-11-10T16:05:00+07:00"),
        source="Nguồn: các đơn vị báo cáo.",
        is_corrected=True,
        demonstration=True,
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("rows", "days"), [(ROWS, 14), ([], 14), (ROWS, 0), ([], 0), (ROWS * 16, 14)])
def test_it_is_as_wide_as_a_phone_and_not_much_higher(language: str, rows: list[BulletinBar], days: int) -> None:
    png = draw(Drawn("x.png", content(language, rows, days)))
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == 1080
    assert high <= 2200


def test_the_most_comes_first_and_who_has_no_figure_last_with_the_reason() -> None:
    bars = bars_of(ROWS, VI)
    assert [bar.name for bar in bars] == ["xã Hợp Lý", "thị trấn Nưa", "xã Thọ Dân", "xã Dân Lực"]
    assert [bar.text for bar in bars] == ["12", "<5", "0", "chưa báo cáo"]
    assert [bar.is_exact for bar in bars] == [True, False, True, True]
    assert bars[-1].value is None


def test_what_does_not_fit_is_one_bar_and_gives_nothing_away_that_is_held_back() -> None:
    exact = [BulletinBar(f"xã {n}", 3, 3, "", "") for n in range(70)]
    assert (bars_of(exact, VI)[-1].name, bars_of(exact, VI)[-1].value) == ("7 đơn vị còn lại", 21)
    rest = bars_of(exact, VI, adds_up=False)[-1]
    assert (rest.name, rest.value, rest.text) == ("7 đơn vị còn lại", None, "không cộng chung")
    held = [*exact, BulletinBar("xã nhỏ", 1, 2, "", "")]
    assert (bars_of(held, VI)[-1].value, bars_of(held, VI)[-1].text) == (None, "–")
