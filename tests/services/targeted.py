"""A form with counts, doses and people, targets for it, and figures to hold against them."""

from collections.abc import Mapping
from datetime import date

from services.keep_targets import import_targets
from storage.figures import figures
from storage.reports import forms
from tests.services.office import NOW, ZONE, Office

HEAD = "unit,indicator,bound,value,of,each,from,to,change,form\n"
DAILY = """| settings | form_id | form_title | version | due | closes | default_language |
|---|---|---|---|---|---|---|
| | daily | Báo cáo ngày | 1 | 16:30 | 20:00 | vi |

| survey | type | name | label | kind | unit |
|---|---|---|---|---|---|
| | integer | ill | Số ca mắc mới | flow | ca |
| | integer | doses | Số người đã tiêm | total | người |
| | integer | people | Số dân | stock | người |
| | decimal | rate | Tỷ lệ | stock | % |
| | decimal | positive | Tỷ lệ dương tính | flow | % |
| | decimal | crop | Năng suất | stock | tạ/sào |
"""


def publish_daily(office: Office) -> None:
    forms.publish(office.connection, DAILY.encode(), "daily.md", date(2021, 10, 1), NOW)


def take_in(office: Office, *rows: str, dry_run: bool = False) -> tuple[int, int, int]:
    done = import_targets(office.connection, HEAD + "\n".join(rows), NOW, ZONE, office["An"].id, dry_run=dry_run)
    return done.lines, len(done.new), done.replaced


def put(office: Office, code: str, on: date, values: Mapping[str, int]) -> None:
    form = forms.version(office.connection, "daily", "1")
    stamps = {"as_of": NOW, "revision": 1, "source": "report"}
    figures.put(office.connection, form, office.unit(code).id, on, values, **stamps)  # type: ignore[arg-type]
