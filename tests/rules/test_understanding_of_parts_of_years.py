"""What offices report by is understood where residents and staff say it: quarters, halves, nine months, in both languages."""

from datetime import date

import pytest

from tests.rules.vocabularies import covid
from understanding import understand

TODAY = date(2026, 9, 20)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("quý 3", "2026-07-01", "2026-09-20"),
        ("quý III năm 2026", "2026-07-01", "2026-09-20"),
        ("quý 3 năm ngoái", "2025-07-01", "2025-09-30"),
        ("quý 4", "2025-10-01", "2025-12-31"),
        ("quý này", "2026-07-01", "2026-09-20"),
        ("quý trước", "2026-04-01", "2026-06-30"),
        ("6 tháng đầu năm", "2026-01-01", "2026-06-30"),
        ("sáu tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
        ("6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("nửa đầu năm", "2026-01-01", "2026-06-30"),
        ("nửa cuối năm ngoái", "2025-07-01", "2025-12-31"),
        ("9 tháng năm 2025", "2025-01-01", "2025-09-30"),
        ("chín tháng năm 2026", "2026-01-01", "2026-09-20"),
        ("9 tháng đầu năm", "2026-01-01", "2026-09-20"),
        ("ngày 9 tháng 5 năm 2026", "2026-05-09", "2026-05-09"),
        ("năm 2025", "2025-01-01", "2025-12-31"),
        ("in the first half of 2026", "2026-01-01", "2026-06-30"),
        ("in the second half of 2025", "2025-07-01", "2025-12-31"),
        ("in the third quarter of 2025", "2025-07-01", "2025-09-30"),
        ("in quarter II of 2026", "2026-04-01", "2026-06-30"),
        ("in Q3 2025", "2025-07-01", "2025-09-30"),
        ("in this quarter", "2026-07-01", "2026-09-20"),
        ("in the first nine months of 2025", "2025-01-01", "2025-09-30"),
    ],
)
def test_parts_of_a_year_are_understood(said: str, first: str, last: str) -> None:
    question = "new cases Tho Dan" if said.startswith("in ") else "số ca mắc mới xã Thọ Dân"
    span = understand(f"{question} {said}", covid(), TODAY).span
    assert span is not None
    assert (said, span.first_on.isoformat(), span.last_on.isoformat()) == (said, first, last)
