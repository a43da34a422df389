"""How fast residents are answered: beside a bare echo bot, and from a district with 30 days to a country with a year."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bench.country import FLOWS, HELD_BACK, LEVEL, NOW, STANDING
from bot.dispatch import Trees
from handlers.asking import answer_to, view_of, vocabulary_of
from handlers.turn import Turn
from reporting.people import Address
from reporting.say import Say
from reporting.understanding import understand
from reporting.units import Unit, UnitTree
from reporting.words import words_in

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = ("hôm qua", "hôm kia", "ngày 5/11", "ngày 3/11", "ngày 28/10", "ngày 1/11", "ngày 20/10")


class Asking:
    """Asks as a resident does: from the words of a question to the words of the answer, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self._trees = connection, Trees()

    def turn(self) -> Turn:
        return Turn(self.connection, NOW, ZONE, self._trees.tree(self.connection))

    def asks(self, text: str) -> tuple[float, Say, str]:
        """The seconds it took, the answer, and what the question was understood as."""
        began = process_time()
        turn = self.turn()
        view = view_of(turn, Address("telegram", "7"), words_in("vi"))
        inquiry = understand(text, vocabulary_of(turn), turn.today)
        (said,) = answer_to(turn, view, inquiry)
        return process_time() - began, said, "" if inquiry.doubts else inquiry.intent


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: what it is understood as, and a question of it, never the same twice in a row."""

    name: str
    intent: str
    text: Callable[["Places", random.Random], str]


class Places:
    """Units to ask about."""

    def __init__(self, tree: UnitTree) -> None:
        self.communes = [unit for unit in tree if unit.kind == "xã"]
        self.districts = [unit for unit in tree if unit.kind == "huyện"]
        self.provinces = [unit for unit in tree if unit.kind == "tỉnh"]


def _flow(chance: random.Random) -> str:
    return f"ca {chance.choice(FLOWS.split('; '))}"


def _of(units: str, said: str) -> Callable[[Places, random.Random], str]:
    """A question about a unit of these, with a flow and a day: «{unit}», «{flow}», «{day}»."""

    def text(places: Places, chance: random.Random) -> str:
        among: list[Unit] = getattr(places, units)
        one, other = chance.sample(among, 2) if len(among) > 1 else (*among, *among)
        return said.format(
            unit=one.title,
            other=other.title,
            flow=_flow(chance),
            stock=chance.choice(STANDING.split("; ")),
            day=chance.choice(DAYS),
        )

    return text


KINDS = (
    Kind("commune: a value", "value", _of("communes", "{unit} {day} có bao nhiêu {flow}")),
    Kind("commune: the newest value", "value", _of("communes", "{unit} có bao nhiêu {flow}")),
    Kind("commune: an overview", "overview", _of("communes", "tình hình {unit} {day}")),
    Kind("commune: has it reported", "missing", _of("communes", "{unit} báo cáo chưa")),
    Kind("commune: a trend of 30 days", "trend", _of("communes", "xu hướng {flow} 30 ngày qua {unit}")),
    Kind("two communes compared", "compare", _of("communes", "so sánh {flow} {unit} và {other} {day}")),
    Kind("district: a total", "value", _of("districts", "{unit} {day} có bao nhiêu {flow}")),
    Kind("district: small counts held back", "value", _of("districts", "{unit} {day} có bao nhiêu ca " + HELD_BACK)),
    Kind("district: a list", "list", _of("districts", "danh sách {flow} các xã {unit} {day}")),
    Kind("district: a ranking", "rank", _of("districts", "xã nào ở {unit} nhiều {flow} nhất {day}")),
    Kind("district: who has not reported", "missing", _of("districts", "{unit} còn xã nào chưa báo cáo {day}")),
    Kind("district: a trend of 30 days", "trend", _of("districts", "xu hướng {flow} 30 ngày qua {unit}")),
    Kind("province: a total", "value", _of("provinces", "{unit} {day} có bao nhiêu {flow}")),
    Kind("province: a trend of 30 days", "trend", _of("provinces", "xu hướng {flow} 30 ngày qua {unit}")),
    Kind("whole: a total", "value", _of("communes", "{day} có bao nhiêu {flow}")),
    Kind("whole: the newest total", "value", _of("communes", "có bao nhiêu {flow}")),
    Kind("whole: small counts held back", "value", _of("communes", "{day} có bao nhiêu ca " + HELD_BACK)),
    Kind("whole: an overview", "overview", _of("communes", "tình hình {day}")),
    Kind("whole: a stock", "value", _of("communes", "{day} có bao nhiêu {stock}")),
    Kind("whole: 7 days summed", "value", _of("communes", "7 ngày qua có bao nhiêu {flow}")),
    Kind("whole: this month summed", "value", _of("communes", "tháng này có bao nhiêu {flow}")),
    Kind("whole: this year summed", "value", _of("communes", "năm nay có bao nhiêu {flow}")),
    Kind("whole: a list of communes", "list", _of("communes", "danh sách {flow} các xã {day}")),
    Kind("whole: a ranking of communes", "rank", _of("communes", "xã nào nhiều {flow} nhất {day}")),
    Kind("whole: a ranking over 7 days", "rank", _of("communes", "xã nào nhiều {flow} nhất 7 ngày qua")),
    Kind("whole: a ranking over 30 days", "rank", _of("communes", "xã nào nhiều {flow} nhất 30 ngày qua")),
    Kind("whole: communes at a level", "rank", _of("communes", f"xã nào {LEVEL} đỏ {{day}}")),
    Kind("whole: who has not reported", "missing", _of("communes", "những xã nào chưa báo cáo {day}")),
    Kind("whole: a trend of 7 days", "trend", _of("communes", "xu hướng {flow} 7 ngày qua")),
    Kind("whole: a trend of 30 days", "trend", _of("communes", "xu hướng {flow} 30 ngày qua")),
    Kind("whole: a trend of 90 days", "trend", _of("communes", "xu hướng {flow} 90 ngày qua")),
)
