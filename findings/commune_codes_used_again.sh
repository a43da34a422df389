#!/bin/sh
# Of Viet Nam's 3,321 communes since 1/7/2025 all but eleven have a code that another commune had the day before.
#
# vietnam-provinces (the General Statistics Office's codes) 0.6.0 holds the communes of January 2025, 2025.10.1 those since the mergers. By a merger
# the new commune got the code of one of those that it was made of, often not of the one whose name it got. Of 3,310 codes in both:
#   1,846 now bear another name than then
#      49 of the 135 communes of Thanh Hóa that are called like an earlier one there do not have its code:
#         «Thọ Ngọc» was 15751 and is 15754, which was «Thọ Cường»
# So figures of both times that are joined by code give a commune another one's past, those joined by name too where a name was that of a part.
# Seen on 30/11/2026. Source: https://danhmuchanhchinh.gso.gov.vn. This project takes a code for an identity only with its dates (docs/units.md).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for version in 0.6.0 2025.10.1; do
    python3 -m venv "$dir/$version"
    "$dir/$version/bin/pip" install -q --disable-pip-version-check "vietnam-provinces==$version"
    "$dir/$version/bin/python" -c "
from pathlib import Path
import vietnam_provinces
print((Path(vietnam_provinces.__file__).parent / 'data/nested-divisions.json').read_text(), end='')" > "$dir/$version.json"
done
python3 - "$dir" <<'PYTHON'
import json
import sys
from pathlib import Path

before, since = (json.loads((Path(sys.argv[1]) / f"{version}.json").read_text()) for version in ("0.6.0", "2025.10.1"))


def bare(name):
    return name.split(" ", 2)[2] if name.startswith(("Thị trấn ", "Đặc khu ")) else name.split(" ", 1)[1]


old = {ward["code"]: bare(ward["name"]) for province in before for district in province["districts"] for ward in district["wards"]}
new = {ward["code"]: bare(ward["name"]) for province in since for ward in province["wards"]}
again = old.keys() & new.keys()
renamed = [code for code in again if old[code] != new[code]]
codes = {}
(thanh_hoa,) = (each for each in before if each["name"].endswith("Thanh Hóa"))
for district in thanh_hoa["districts"]:
    for ward in district["wards"]:
        codes.setdefault(bare(ward["name"]), set()).add(ward["code"])
(now,) = (each for each in since if each["name"].endswith("Thanh Hóa"))
named = [(bare(ward["name"]), ward["code"]) for ward in now["wards"] if bare(ward["name"]) in codes]
elsewhere = [(name, code) for name, code in named if code not in codes[name]]
seen = len(again), len(new) - len(again), len(renamed), len(named), len(elsewhere), codes["Thọ Ngọc"], old[15754], new[15754]
print(*seen)
if seen != (3310, 11, 1846, 135, 49, {15751}, "Thọ Cường", "Thọ Ngọc"):
    sys.exit("changed")
PYTHON
