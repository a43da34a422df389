"""History that was imported stands for reports: received, in no time, and marked so wherever people read of it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.telegram.channel import TELEGRAM
from messages.digests.board_words import board_text
from messages.digests.content import plain
from messages.digests.digest import digest
from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import DigestContent
from reporting.digests.evidence import Evidence
from reporting.rounds.standings import Standing, standing_for
from reporting.translator import translator
from reporting.xlsforms.reading import read_form
from tests.rules.digests_made import NOW, evidence

VI = translator("vi")
DEMANDING = """| settings | form_id | version |
|---|---|---|
| | demanding | 1 |

| survey | type | name | label | required | relevant | calculation | kind |
|---|---|---|---|---|---|---|---|
| | integer | cases | Cases | yes | | | flow |
| | integer | severe | Severe | yes | ${cases} > 0 | | flow |
| | integer | homes | Homes | no | | | flow |
| | integer | tents | Tents | ${cases} > 0 | | | flow |
| | calculate | sum | Sum | | | ${cases} + 1 | total |
| | select_one level | level | Level | yes | | | state |
| | text | note | Note | yes | | | |
| | decimal | beds | Beds | true() | | | stock |

| choices | list_name | name | label |
|---|---|---|---|
| | level | low | Low |
"""


def test_a_report_always_has_the_numbers_that_are_demanded_of_everybody() -> None:
    told = read_form(DEMANDING.encode(), "demanding.md")
    assert told.always_given == ("cases", "beds")


def text_of(of: Evidence) -> str:
    return plain(digest(of, VI, TELEGRAM).text)


def test_figures_of_the_archive_count_as_reported() -> None:
    said = text_of(with_archive(range(2, 6)))
    assert "34/34 đơn vị đã báo cáo (4 theo số liệu lưu trữ)" in said
    assert "Chưa báo cáo" not in said
    own = evidence(unit_id=2)
    assert "có số liệu lưu trữ" in text_of(replace(own, standings=[unsent(each, True) for each in own.standings]))


def unsent(of: Standing, in_archive: bool) -> Standing:
    return standing_for(of.deadline, None, NOW, in_archive)


def with_archive(archived: Iterable[int], parts: Iterable[int] = ()) -> Evidence:
    """Of some units no report has come: the archive has the figures of `archived`, and a part of those of `parts`."""
    made, gone, here = evidence(), {*archived, *parts}, set(archived)
    told = [
        unsent(each, each.deadline.unit_id in here) if each.deadline.unit_id in gone else each
        for each in made.standings
    ]
    return replace(made, standings=told)


def test_a_part_of_a_days_figures_is_no_report_and_is_said_to_be_in_the_totals() -> None:
    said = text_of(with_archive([2], [3, 4]))
    assert "32/34 đơn vị đã báo cáo (1 theo số liệu lưu trữ)" in said
    assert "Chưa báo cáo, chưa tính số liệu (2 đơn vị): thị trấn Nưa, xã Thọ Sơn." in said
    assert "Trong đó 2 đơn vị có một phần số liệu lưu trữ, đã tính vào tổng." in said


def test_the_board_tells_the_archive_from_reports_and_from_parts() -> None:
    made = digest(with_archive([2], [3]), VI, TELEGRAM)
    rows = {row.unit: (row.came[-1], row.archive[-1]) for row in made.content.board}
    assert rows["thị trấn Triệu Sơn"] == (1, 1)
    assert rows["thị trấn Nưa"] == (0, 0)
    assert rows["xã Thọ Sơn"] == (1, 0)
    lines = {line[:13].strip(): line[-1] for line in board_text(made, VI).split("\n")}
    assert [lines[name] for name in ("Triệu Sơn", "thị trấn Nưa", "xã Thọ Sơn")] == ["□", "◦", "✓"]
    kept = as_json(made.content)
    kept["board"] = [_as_before(row) for row in kept["board"]]
    old = replace(made, content=of_json(DigestContent, kept))
    assert "□" not in board_text(old, VI).split("</pre>")[0]


def _as_before(row: dict[str, object]) -> dict[str, object]:
    """A row as digests were kept before the archive had a sign."""
    return {name: value for name, value in row.items() if name not in ("came", "archive")}
