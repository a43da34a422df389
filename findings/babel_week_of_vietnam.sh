#!/bin/sh
# Babel 2.18.0 numbers the weeks of Vietnam otherwise than ISO 8601, by which health reports number theirs (DHIS2's «2021W44»).
#
# CLDR has for Vietnam a first day (Monday) of its own and the world's least days in a first week: one. So 1 to 3 January 2021 are Babel's
# week 1, and ISO's week 53 of 2020: every week of 2021 and 2022 has another number than in ISO, and a year's last days are in week 1 of the next.
#   7/11/2021    ISO 2021-W44    Babel «tuần 45 của năm 2021»
#   31/12/2021   ISO 2021-W52    Babel «tuần 1 của năm 2022»
# A label «tuần 45» beside a period «2021W44» is one and the same week. Seen on 29/11/2026; source: https://cldr.unicode.org (weekData).
# This project names a week by its last day («tuần đến ngày 07/11/2021»), never by a number.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check babel==2.18.0
"$dir/venv/bin/python" - <<'PYTHON'
from datetime import datetime

from babel.dates import format_skeleton

wanted = {
    (2021, 1, 3): ((2020, 53), "tuần 1 của năm 2021"),
    (2021, 11, 7): ((2021, 44), "tuần 45 của năm 2021"),
    (2021, 12, 31): ((2021, 52), "tuần 1 của năm 2022"),
    (2020, 11, 8): ((2020, 45), "tuần 45 của năm 2020"),
}
for day, (iso, said) in wanted.items():
    at = datetime(*day)
    found = format_skeleton("yw", at, locale="vi_VN")
    print(at.date(), "ISO", tuple(at.isocalendar())[:2], "Babel", found)
    assert (tuple(at.isocalendar())[:2], found) == (iso, said), f"changed: {found}"
PYTHON
