"""By which road a report was sent and its answers came, as whoever looks at its evidence is told."""

from messages.common.link_words import channels_said
from reporting.reports import Report
from reporting.road import Road, answers_by_road
from reporting.translator import Translator

_NO_CHANNELS = frozenset(Road)


def road_name(road: str, words: Translator) -> str:
    """How a road is called: «Zalo», «phiếu trên trang»; «» where none is known."""
    if not road:
        return ""
    return words.plain(f"road_{road}") if road in _NO_CHANNELS else channels_said([road], words)


def roads_said(report: Report, words: Translator) -> str:
    """«qua Zalo (18 câu qua Telegram, 2 câu qua Zalo)»; the answers where any came by another; «» where nothing is known."""
    if report.road in ("", Road.PROGRAM):
        return ""
    by = answers_by_road(report.answers)
    sent = words.plain("look_by_road", road=road_name(report.road, words))
    if not by or set(by) == {report.road}:
        return sent
    each = [words.plain("look_answers_by_road", n=n, road=road_name(road, words)) for road, n in by.items()]
    return f"{sent} ({', '.join(each)})"
