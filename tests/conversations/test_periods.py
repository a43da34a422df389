"""A report for a month that ends on a cut-off day, and one for a quarter: named, opened by their names, filled from daily figures."""

from datetime import date

from sqlalchemy import Connection

from services.publish_form import publish_form
from tests.conversations.house import START, House, Talker
from tests.conversations.test_fast import reported

MONTHLY = """
| survey | type | name | label | kind | unit |
| | integer | f0_new | Số ca mắc mới | flow | ca |
| | integer | f1_active | Số F1 đang cách ly | stock | người |
| | integer | classes | Số lớp tập huấn | flow | lớp |
| settings | form_title | form_id | version | period | cutoff | opens | due | closes |
| | Báo cáo tháng | month | 1 | monthly | 10 | 07:00 | 16:00+2d | 16:00+20d |
"""


async def has_form(house: House, text: str) -> None:
    def publish(connection: Connection) -> None:
        publish_form(connection, text.encode(), "form.md", date(2021, 1, 1), START, house.settings.zone)

    await house.running.clerk.write(publish)


async def test_a_month_up_to_its_cutoff_is_filled_from_daily_figures_and_confirmed(
    house: House, reporter: Talker
) -> None:
    await has_form(house, MONTHLY)
    await reported(house, date(2021, 11, 8), f0_new=4, f1_active=11)
    await reported(house, date(2021, 11, 9), f0_new=3, f1_active=12)
    await reporter.says("/baocao tháng 11")
    reporter.hears(
        "(1/3) Số ca mắc mới",
        "xã Thọ Dân · tháng 11/2021 (11/10–10/11/2021)",
        "Cộng từ «Báo cáo phòng, chống dịch COVID-19 hằng ngày»: 7 ca (2/31 ngày có báo cáo)",
        "[Đồng ý 7 ca]",
    )
    await reporter.taps("Đồng ý 7 ca")
    reporter.hears("(2/3) Số F1 đang cách ly", "ngày 09/11/2021: 12 người (2/31 ngày có báo cáo)", "[Đồng ý 12 người]")
    await reporter.says("13")
    reporter.hears("(3/3) Số lớp tập huấn")
    await reporter.says("1")
    reporter.hears("Báo cáo tháng 11/2021 (11/10–10/11/2021) – xã Thọ Dân", "Số ca mắc mới: 7 ca", "13 người")
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận báo cáo tháng 11/2021 (11/10–10/11/2021)")
