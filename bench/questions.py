"""What the bench's residents ask: kinds of questions about one commune, a district, a province and the whole area."""

import random
from dataclasses import dataclass

from bench.country import COUNTED, FLOWS, HELD_BACK, LEVEL, STANDING
from reporting.units import UnitTree

DAYS = ("hôm qua", "hôm kia", *(f"ngày {day}/11" for day in range(1, 8)), *(f"ngày {day}/10" for day in range(14, 32)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: what it is understood as, whom it is about, and its words, with «{unit}», «{flow}», «{day}» and the like."""

    name: str
    intent: str
    about: str
    words: str

    def text(self, tree: UnitTree, chance: random.Random) -> str:
        """A question of it; nothing where there is no such unit."""
        among = [unit.title for unit in tree if unit.kind == self.about]
        if not among:
            return ""
        one, other = chance.sample(among, 2) if len(among) > 1 else (*among, *among)
        flow, stock = f"ca {chance.choice(FLOWS.split('; '))}", chance.choice(STANDING.split("; "))
        counted = chance.choice(COUNTED.split("; "))
        return self.words.format(
            unit=one, other=other, flow=flow, stock=stock, counted=counted, day=chance.choice(DAYS)
        )


KINDS = (
    Kind("commune: a value", "value", "xã", "{unit} {day} có bao nhiêu {flow}"),
    Kind("commune: the newest value", "value", "xã", "{unit} có bao nhiêu {flow}"),
    Kind("commune: an overview", "overview", "xã", "tình hình {unit} {day}"),
    Kind("commune: has it reported", "missing", "xã", "{unit} báo cáo chưa"),
    Kind("commune: has it reported on a day", "missing", "xã", "{unit} báo cáo chưa {day}"),
    Kind("commune: a trend of 30 days", "trend", "xã", "xu hướng {flow} 30 ngày qua {unit}"),
    Kind("two communes compared", "compare", "xã", "so sánh {flow} {unit} và {other} {day}"),
    Kind("district: a total", "value", "huyện", "{unit} {day} có bao nhiêu {flow}"),
    Kind("district: small counts held back", "value", "huyện", "{unit} {day} có bao nhiêu ca " + HELD_BACK),
    Kind("district: a running total", "value", "huyện", "{unit} {day} có bao nhiêu {counted}"),
    Kind("district: a list", "list", "huyện", "danh sách {flow} các xã {unit} {day}"),
    Kind("district: a ranking", "rank", "huyện", "xã nào ở {unit} nhiều {flow} nhất {day}"),
    Kind("district: who has not reported", "missing", "huyện", "{unit} còn xã nào chưa báo cáo {day}"),
    Kind("district: a trend of 30 days", "trend", "huyện", "xu hướng {flow} 30 ngày qua {unit}"),
    Kind("province: a total", "value", "tỉnh", "{unit} {day} có bao nhiêu {flow}"),
    Kind("province: a trend of 30 days", "trend", "tỉnh", "xu hướng {flow} 30 ngày qua {unit}"),
    Kind("whole: a total", "value", "xã", "{day} có bao nhiêu {flow}"),
    Kind("whole: the newest total", "value", "xã", "có bao nhiêu {flow}"),
    Kind("whole: small counts held back", "value", "xã", "{day} có bao nhiêu ca " + HELD_BACK),
    Kind("whole: an overview", "overview", "xã", "tình hình {day}"),
    Kind("whole: a stock", "value", "xã", "{day} có bao nhiêu {stock}"),
    Kind("whole: a running total", "value", "xã", "{day} có bao nhiêu {counted}"),
    Kind("whole: the newest running total", "value", "xã", "có bao nhiêu {counted}"),
    Kind("whole: 7 days summed", "value", "xã", "7 ngày qua có bao nhiêu {flow}"),
    Kind("whole: this month summed", "value", "xã", "tháng này có bao nhiêu {flow}"),
    Kind("whole: this year summed", "value", "xã", "năm nay có bao nhiêu {flow}"),
    Kind("whole: a list of communes", "list", "xã", "danh sách {flow} các xã {day}"),
    Kind("whole: a ranking of communes", "rank", "xã", "xã nào nhiều {flow} nhất {day}"),
    Kind("whole: a ranking over 7 days", "rank", "xã", "xã nào nhiều {flow} nhất 7 ngày qua"),
    Kind("whole: a ranking over 30 days", "rank", "xã", "xã nào nhiều {flow} nhất 30 ngày qua"),
    Kind("whole: communes at a level", "rank", "xã", f"xã nào {LEVEL} đỏ {{day}}"),
    Kind("whole: who has not reported", "missing", "xã", "những xã nào chưa báo cáo {day}"),
    Kind("whole: a trend of 7 days", "trend", "xã", "xu hướng {flow} 7 ngày qua"),
    Kind("whole: a trend of 30 days", "trend", "xã", "xu hướng {flow} 30 ngày qua"),
    Kind("whole: a trend of 90 days", "trend", "xã", "xu hướng {flow} 90 ngày qua"),
)
