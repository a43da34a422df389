"""A town with a form of percentages: ten days of five communes, without Nưa's of today."""

from dataclasses import replace
from datetime import date

from storage.reports import forms
from tests.residents.town import Town, at, days_ago

RATES = """
| settings | form_title | form_id | version | due | closes | topic | authority | portal |
|---|---|---|---|---|---|---|---|---|
| | Sổ xét nghiệm | rates | 1 | 17:00 | 23:00 | xét nghiệm | Trung tâm Y tế | https://example.org |

| survey | type | name | label::Tiếng Việt (vi) | kind | visibility | unit | aliases |
|---|---|---|---|---|---|---|---|
| | decimal | positive | Tỷ lệ dương tính | flow | public | % | tỷ lệ dương tính |
| | decimal | covered | Tỷ lệ bao phủ | total | public | phần trăm | tỷ lệ bao phủ |
| | integer | ill | Số người sốt | flow | public | người | người sốt |
"""
CODES = ("15664", "15700", "15718", "15742", "15667")


def with_rates(town: Town) -> Town:
    """The same town, in which percentages are reported too: by unit 60, 61 … today and one more each day before."""
    form = forms.publish(town.connection, RATES.encode(), "rates.md", date(2021, 1, 1), at("08:00"))[0]
    town = replace(town, forms={**town.forms, "rates": form})
    for place, code in enumerate(CODES):
        for ago in range(10):
            if (code, ago) != ("15718", 0):
                town.reports(code, days_ago(ago), "rates", positive=60 + place + ago, covered=80 - ago, ill=ago)
    return town
