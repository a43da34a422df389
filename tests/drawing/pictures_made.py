"""Made-up contents of every kind of picture, from the plainest to what is hard to draw, and how they are laid out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module

from bot.drawing.canvas import Canvas
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from reporting.digests.drawings import BoardPicture, DigestPicture, drawn_from
from reporting.figures.drawings import (
    BulletinBar,
    BulletinPicture,
    BulletinTile,
    PublicPoint,
    PublicTrend,
    TrendSeries,
    UnitTrend,
)
from reporting.say import Drawing
from reporting.translator import LANGUAGES, translator
from reporting.units import Unit, UnitTree
from tests.rules.digests_made import evidence, province, usual

TODAY = date(2021, 11, 10)
AS_OF = datetime.fromisoformat("2021-11-10T16:05:00+07:00")
LONG = "thị trấn Hợp Thành Nghĩa Lộ – khu phố Đường Ỷ"

Figure = Callable[[int], float]
"""What is said of the n-th period or unit."""


def wobbling(place: int) -> float:
    return float((place * 7 + 3) % 23)


def falling(place: int) -> float:
    """From above zero to below it."""
    return float(11 - 3 * place)


def days(count: int) -> list[date]:
    return [TODAY - timedelta(count - 1 - place) for place in range(count)]


def points(count: int, figure: Figure = wobbling) -> tuple[PublicPoint, ...]:
    """The third is missing, the fourth is held back, some are of 30 of 34 units."""
    made = [PublicPoint(on, figure(n), figure(n), 30 if n % 3 == 0 else 34, 34) for n, on in enumerate(days(count))]
    if count > 3:
        made[2] = PublicPoint(made[2].period, None, None, 0, 0)
        made[3] = PublicPoint(made[3].period, 1, 4, 34, 34)
    return tuple(made)


def public_trend(language: str = "vi", count: int = 14, figure: Figure = wobbling) -> PublicTrend:
    return PublicTrend(
        language=language,
        title=f"{LONG} – Số người đang cách ly tại nhà và nơi lưu trú trong kỳ báo cáo",
        unit="người",
        first=days(count)[0],
        last=TODAY,
        points=points(count, figure),
        as_of=AS_OF,
        demonstration=True,
        is_carried=True,
    )


def unit_trend(language: str = "vi", count: int = 7, figure: Figure = wobbling) -> UnitTrend:
    """The third day is missing."""
    gap = 2 if count > 3 else None

    def values(times: float) -> tuple[float | None, ...]:
        return tuple(None if place == gap else figure(place) * times for place in range(count))

    return UnitTrend(
        language=language,
        title=f"Số liệu của {LONG}",
        window="Từ 04/11/2021 đến 10/11/2021",
        coverage_text="Có số liệu 6/7 kỳ",
        periods=tuple(days(count)),
        series=(
            TrendSeries("Số ca mắc mới (F0) ghi nhận trong kỳ", "ca", values(1)),
            TrendSeries("Số người đang cách ly tại nhà", "người", values(1234.5)),
            TrendSeries("Số ca tử vong trong kỳ", "ca", values(0)),
        ),
        as_of=AS_OF,
        demonstration=True,
    )


def bulletin(
    language: str = "vi", units: int = 34, name: str = "xã Thọ Dân", figure: Figure = wobbling
) -> BulletinPicture:
    """Every ninth unit has not reported, one of nine is held back, one is a group of which a part has."""
    bars = []
    for place in range(units):
        low = high = figure(place)
        if place % 9 == 4:
            bars.append(BulletinBar(f"{name} {place}", None, None, "", "chưa báo cáo"))
        elif place % 9 == 5:
            bars.append(BulletinBar(f"{name} {place}", 1, 4, "", ""))
        else:
            bars.append(BulletinBar(f"{name} {place}", low, high, "3/4" if place % 9 == 6 else "", ""))
    return BulletinPicture(
        language=language,
        title="Bản tin phòng, chống dịch COVID-19 – ngày 10/11/2021",
        window="Huyện Triệu Sơn",
        coverage_text="Mới có số liệu của 3/4 đơn vị – tạm tính",
        tiles=(
            BulletinTile("Số ca mắc mới (F0) ghi nhận trong kỳ", 13, 16),
            BulletinTile("Số ca khỏi bệnh", 12345678.5, 12345678.5),
            BulletinTile("Tử vong", 0, 0),
        ),
        trend_title="Số ca mắc mới (ca), toàn bộ các đơn vị",
        points=points(14, figure),
        bars_title="Số ca mắc mới, từng đơn vị, ngày 10/11/2021",
        bars=tuple(bars),
        as_of=AS_OF,
        source="Nguồn: các đơn vị báo cáo.",
        is_corrected=True,
        demonstration=True,
        carried=(1,),
    )


def long_names() -> UnitTree:
    parent = Unit(1, "397", "Triệu Sơn – Thọ Xuân – Nông Cống và các xã ven sông Chu", "huyện")
    return UnitTree(
        [
            parent,
            *(Unit(2 + n, f"{15700 + n}", f"Hợp Thành Nghĩa Lộ – khu phố Đường Ỷ {n}", "xã", 1) for n in range(21)),
        ]
    )


def of_digest(part: type[DigestPicture] | type[BoardPicture], language: str = "vi", **more: object) -> Drawing:
    """The part of a digest of a made-up day; `more`: what `evidence` takes."""
    made = evidence(**more)  # type: ignore[arg-type]  # a test's shorthand
    content = digest(replace(made, demonstration=True), translator(language), TELEGRAM).content
    return drawn_from(DigestPicture, content) if part is DigestPicture else drawn_from(BoardPicture, content)


def laid_out(content: Drawing) -> Canvas:
    """The picture before it is painted, by the module of its maker."""
    module = "completeness" if content.maker == "answers" else content.maker
    draws = "unit_trend_picture" if module == "trend" else f"{module}_picture"
    canvas: Canvas = getattr(import_module(f"bot.drawing.{module}"), draws)(content)
    return canvas


def of_millions(name: str, unit_id: int, ago: int) -> Decimal:
    return usual(name, unit_id, ago) * Decimal("123456.5")


def below_zero(name: str, unit_id: int, ago: int) -> int:
    return usual(name, unit_id, ago) - (2 if name == "f0_new" else 0)


def zero(*_: object) -> int:
    return 0


OF_DIGESTS: tuple[type[DigestPicture] | type[BoardPicture], ...] = (DigestPicture, BoardPicture)
PICTURES: dict[str, Callable[[], Drawing]] = {
    **{
        f"{part.maker} {language}": partial(of_digest, part, language, missing=[11, 12], late={5: time(16, 45)})
        for part in OF_DIGESTS
        for language in LANGUAGES
    },
    **{
        f"{part.maker} of a province {language}": partial(of_digest, part, language, tree=province(), missing=[29])
        for part in OF_DIGESTS
        for language in LANGUAGES
    },
    **{f"trend {language}": partial(unit_trend, language) for language in LANGUAGES},
    **{f"public trend {language}": partial(public_trend, language) for language in LANGUAGES},
    **{f"bulletin {language}": partial(bulletin, language) for language in LANGUAGES},
    **{f"{part.maker} long names": partial(of_digest, part, tree=long_names(), missing=[3]) for part in OF_DIGESTS},
    **{f"{part.maker} millions": partial(of_digest, part, figure=of_millions, missing=[11]) for part in OF_DIGESTS},
    **{f"{part.maker} below zero": partial(of_digest, part, figure=below_zero, missing=[11]) for part in OF_DIGESTS},
    **{f"{part.maker} zero": partial(of_digest, part, figure=zero) for part in OF_DIGESTS},
    "digest of a month": partial(of_digest, DigestPicture, days=30, missing=[11]),
    "digest of one unit": partial(of_digest, DigestPicture, unit_id=26),
    **{f"trend {count} days": partial(unit_trend, count=count) for count in (1, 14, 31, 92, 365)},
    **{f"public trend {count} days": partial(public_trend, count=count) for count in (1, 7, 31, 92, 365)},
    "trend below zero": partial(unit_trend, figure=falling),
    "trend all below zero": partial(unit_trend, figure=lambda place: -1.0 - place),
    "public trend below zero": partial(public_trend, figure=falling),
    "public trend zero": partial(public_trend, figure=zero),
    "bulletin long names": partial(bulletin, units=80, name=LONG),
    "bulletin below zero": partial(bulletin, units=12, figure=falling),
}
"""By what is said of each."""
