"""A small count of personal matters follows from nothing: no total, no whole, no correction, whoever tells it."""

from datetime import timedelta

from messages.residents.flags import outcome
from reporting.events.queries import DoubtEnded
from reporting.figures.flag import Flag
from reporting.people import Address
from reporting.rounds.data_query import AskedBack
from tests.residents.test_bulletins import told
from tests.residents.town import TODAY, Town, at, days_ago

HOME = "hôm nay bao nhiêu ca theo dõi tại nhà"


def test_a_report_that_comes_later_tells_no_more_of_itself_by_the_total(town: Town) -> None:
    for code, home in (("15664", 1), ("15700", 2), ("15718", 7)):
        town.reports(code, f0_active=9, f0_home=home)
    town.hears(f"toàn huyện {HOME}", "từ 9 đến 11 ca", "3/5 đơn vị", "bảo vệ thông tin cá nhân")
    town.reports("15742", f0_active=9, f0_home=2)
    town.hears(f"xã Thọ Dân {HOME}", "ít hơn 3 ca")
    town.hears(f"toàn huyện {HOME}", "từ 10 đến 13 ca", "4/5 đơn vị")
    town.reports("15742", f0_active=9, f0_home=1, revision=2)
    town.hears(f"toàn huyện {HOME}", "từ 10 đến 13 ca", "4/5 đơn vị")


def test_a_total_without_a_count_held_back_is_exact(town: Town) -> None:
    for code, home in (("15664", 3), ("15700", 0), ("15718", 7)):
        town.reports(code, f0_active=9, f0_home=home)
    town.hears(f"toàn huyện {HOME}", "<b>10 ca</b>")


def test_the_only_patient_is_not_told_to_be_at_home_or_not(town: Town) -> None:
    for code, home in (("15664", 1), ("15700", 0)):
        town.reports(code, f0_active=1, f0_home=home)
    for unit in ("thị trấn Triệu Sơn", "xã Dân Lực"):
        town.hears(f"{unit} {HOME}", "ít hơn 3 ca", "bảo vệ thông tin cá nhân")
    town.hears(f"toàn huyện {HOME}", "ít hơn 5 ca")
    town.reports("15718", f0_active=0, f0_home=0)
    town.hears(f"thị trấn Nưa {HOME}", "<b>0 ca</b>")
    said = town.hears("đơn vị nào nhiều ca theo dõi tại nhà nhất hôm nay", "1. thị trấn Triệu Sơn: <b>ít hơn 3 ca</b>")
    assert "1. xã Dân Lực: <b>ít hơn 3 ca</b>" in said.text


def test_the_channel_gives_away_neither_a_late_report_nor_a_correction(town: Town) -> None:
    for code, home in (("15664", 1), ("15700", 2), ("15718", 7)):
        town.reports(code, f0_new=0, f0_active=9, f0_home=home)
    told(town, "17:00")
    town.reports("15742", f0_new=0, f0_active=9, f0_home=2, clock="18:00")
    morning = at("08:05", days_ago(-1))
    (said,) = told(town, morning)
    assert "<b>từ 10 đến 13 ca</b> (đã công bố: từ 9 đến 11 ca)" in said.text
    town.reports("15742", f0_new=0, f0_active=9, f0_home=1, revision=2, clock="20:00")
    assert told(town, morning + timedelta(hours=1)) == []
    town.reports("15742", f0_new=0, f0_active=9, f0_home=4, revision=3, clock="20:00")
    (said,) = told(town, morning + timedelta(hours=2))
    assert "<b>từ 13 đến 15 ca</b> (đã công bố: từ 10 đến 13 ca)" in said.text


def test_sums_over_days_say_no_more_than_their_days(harvest: Town) -> None:
    for count, sick in enumerate((2, 9, 4)):
        harvest.reports("15742", days_ago(count), form="harvest", sick=sick)
    harvest.hears("xã Thọ Dân 3 ngày qua bao nhiêu hộ bệnh", "từ 11 đến 17 hộ")
    harvest.hears("xã Thọ Dân 2 ngày qua bao nhiêu hộ bệnh", "từ 10 đến 13 hộ")


def test_whoever_doubted_a_figure_of_few_is_not_told_whether_it_was_another(town: Town) -> None:
    """«Confirmed» when only its whole was corrected would tell what both have in common."""
    form, unit = town.forms["covid_daily"], town.tree.find("15742", TODAY)
    assert unit is not None
    flag, texts = Flag(Address("telegram", "7"), "vi"), set()
    asked = AskedBack(1, form.key, unit.id, TODAY, "f0_home", "1", 1, "", None, town.now, town.now)
    town.reports("15742", f0_active=9, f0_home=2, revision=2)
    for state in ("confirmed", "corrected", "answered"):
        said = outcome(DoubtEnded(flag, asked, form, unit, state, town.asks(f"xã Thọ Dân {HOME}")))
        texts.add((said.text, said.buttons))
    ((text, buttons),) = texts
    assert "đã rà soát" in text
    assert "giữ nguyên" not in text
    assert [button.text for row in buttons for button in row] == ["Xem số liệu đang công bố"]
