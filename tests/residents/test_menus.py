"""Residents who do not type, and one who asks too much."""

from datetime import date, timedelta

from sqlalchemy import Connection

from bot.telegram.channel import TELEGRAM
from handlers.residents.public_answer import view_at
from messages.residents.menus import first_menu, menu_of
from reporting.people import Address
from reporting.presses.residents import LookUp
from reporting.say import Button, Say
from reporting.throttle import MOST, MOST_OF_A_GROUP, Manners, Throttle
from reporting.translator import translator
from tests.residents.town import Town, at, labels, town_of

TO = Address("telegram", "7")


def opens(town: Town, said: Say, label: str) -> Say:
    """Taps a button of a menu."""
    button = next(each for row in said.buttons for each in row if each.text == label)
    assert isinstance(button.press, LookUp)
    return menu_of(button.press.parts, view_at(town.turn(), TO, translator("vi")), "5")


def first(town: Town) -> Say:
    return first_menu(view_at(town.turn(), TO, translator("vi")))


def test_a_figure_is_reached_by_taps_alone(town: Town) -> None:
    town.reports("15742", f0_new=3)
    menu = first(town)
    assert labels(menu)[0] == "Toàn huyện Triệu Sơn"
    assert set(labels(menu)[1:]) == {"xã Dân Lực", "thị trấn Nưa", "xã Thọ Dân", "xã Thọ Sơn", "thị trấn Triệu Sơn"}
    menu = opens(town, menu, "xã Thọ Dân")
    assert menu.edits == "5"
    assert labels(menu)[0] == "Các số liệu chính"
    menu = opens(town, menu, "Số ca mắc mới (F0) ghi nhận trong kỳ")
    assert "hôm nay (10/11/2021)" in labels(menu)
    assert "<b>3 ca</b>" in town.taps(menu, "hôm nay (10/11/2021)").text


def test_every_menu_leads_back(town: Town) -> None:
    menu = first(town)
    deeper = opens(town, opens(town, opens(town, menu, "xã Thọ Dân"), "Trang sau »"), "Cấp độ dịch")
    assert labels(deeper) == ["Mới nhất", "‹ Quay lại"]
    back = opens(town, opens(town, deeper, "‹ Quay lại"), "‹ Quay lại")
    assert labels(back) == labels(menu)


def test_many_units_are_told_apart_by_their_first_letter(connection: Connection) -> None:
    lines = ["code,name,kind,parent,aliases,since,until", "1,Rộng,huyện,,,,"]
    lines += [f"{number},Thọ {number},xã,1,,," for number in range(100, 115)]
    lines += [f"{number},Đồng {number},xã,1,,," for number in range(600, 615)]
    town = town_of(connection, "\n".join(lines) + "\n")
    menu = first(town)
    assert labels(menu) == ["Toàn huyện Rộng", "Đ", "T"]
    page = opens(town, menu, "Đ")
    assert labels(page)[:2] == ["xã Đồng 600", "xã Đồng 601"]
    assert labels(page)[-2:] == ["Trang sau »", "‹ Quay lại"]
    assert labels(opens(town, page, "Trang sau »")) == [
        "xã Đồng 612",
        "xã Đồng 613",
        "xã Đồng 614",
        "« Trang trước",
        "‹ Quay lại",
    ]


def test_no_button_is_longer_than_telegram_takes(town: Town) -> None:
    def all_buttons(said: Say, depth: int) -> list[Button]:
        found = [button for row in said.buttons for button in row]
        for button in list(found):
            if isinstance(button.press, LookUp) and depth:
                found += all_buttons(
                    menu_of(button.press.parts, view_at(town.turn(), TO, translator("vi")), "5"), depth - 1
                )
        return found

    assert all(TELEGRAM.carries(str(button.press)) for button in all_buttons(first(town), 2))


def test_a_flood_is_slowed_politely_and_ends() -> None:
    pace = Throttle().of
    somebody, now = Address("telegram", "flood"), at("09:00", date(2021, 11, 10))
    assert [pace(somebody, now) for _ in range(MOST)] == ["answer"] * MOST
    assert pace(somebody, now) == "say so"
    assert pace(somebody, now + timedelta(seconds=1)) == "silence"
    assert pace(Address("telegram", "other"), now) == "answer"
    assert pace(somebody, now + timedelta(minutes=2)) == "answer"


def test_a_group_is_slowed_as_a_whole_only_where_very_many_ask_in_it() -> None:
    manners, now = Manners(), at("09:00", date(2021, 11, 10))
    group, people = Address("telegram", "-100"), [Address("telegram", str(number)) for number in range(MOST_OF_A_GROUP)]
    assert [manners.of(people[0], group, now) for _ in range(MOST + 2)][MOST:] == ["say so", "silence"]
    assert {manners.of(each, group, now) for each in people[1 : MOST_OF_A_GROUP - MOST + 1]} == {"answer"}
    assert manners.of(people[-1], group, now) == "say so"
    assert manners.of(people[-1], people[-1], now) == "answer"
    assert manners.of(people[-1], Address("telegram", "-200"), now) == "answer"


def test_units_stand_in_a_menu_as_vietnamese_sorts(connection: Connection) -> None:
    names = ("Đông Sơn", "Số 10", "Dân Lý", "Ân Thi", "Số 2", "Ăn Sơn", "An Nông", "Dân Lực")
    lines = ["code,name,kind,parent,aliases,since,until", "1,Rộng,huyện,,,,"]
    lines += [f"{number},{name},xã,1,,," for number, name in enumerate(names, 100)]
    town = town_of(connection, "\n".join(lines) + "\n")
    assert labels(first(town))[1:9] == [
        "xã An Nông",
        "xã Ăn Sơn",
        "xã Ân Thi",
        "xã Dân Lực",
        "xã Dân Lý",
        "xã Đông Sơn",
        "xã Số 2",
        "xã Số 10",
    ]
