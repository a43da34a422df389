"""A receiver of reminders is added: an overseer, who leads above whoever leads the unit."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from messages.leaders.reminder_evidence_words import reminded_said
from reporting.receivers import Receiver
from reporting.translator import translator
from storage.schedule import reminder_evidence
from tests.one_place.additions import Addition, Put
from tests.reminders.town import DAY, Town, at, said, tables
from tests.sqlite import fresh_sqlite

ENTRY = '    OVERSEER = "overseer", 2, LetterKind.LIST, _overseer, ("inspector",)\n'
HEARS = """def _overseer(duties: Duties, unit_id: int, by: FilledBy) -> Seats:
    leaders = duties.nearest(unit_id, "leader")
    above = duties.above(leaders[0][1]) if leaders else None
    return duties.nearest(above, "leader") if above is not None else ()


"""
WORDS_VI = """
msgid "round_overseer"
msgstr "Kính gửi: Đồng chí phụ trách {office}.\\nĐến {now}, {received}/{expected} đơn vị đã gửi {report} (thời hạn {deadline})."

msgid "round_overseer_asked"
msgstr "Kính đề nghị đồng chí đôn đốc."

msgid "round_to_overseer"
msgstr "đồng chí phụ trách {office}"

msgid "reminded_overseer"
msgstr "đã báo đồng chí phụ trách lúc {at}"

msgid "reminded_as_overseer"
msgstr "báo đồng chí phụ trách"
"""
WORDS_EN = """
msgid "round_overseer"
msgstr "To the overseer of {office}.\\nBy {now}, {received}/{expected} units have sent {report} (due {deadline})."

msgid "round_overseer_asked"
msgstr "Please urge them."

msgid "round_to_overseer"
msgstr "the overseer of {office}"

msgid "reminded_overseer"
msgstr "told the overseer at {at}"

msgid "reminded_as_overseer"
msgstr "told the overseer"
"""
ADDITION = Addition(
    "a receiver of reminders",
    (
        Put("reporting/receivers.py", HEARS, "class Receiver(StrEnum):"),
        Put("reporting/receivers.py", ENTRY, "    DESK = "),
        Put("messages/locale/vi/rounds.po", WORDS_VI),
        Put("messages/locale/en/rounds.po", WORDS_EN),
    ),
)
UNITS = """code,name,kind,parent,aliases,since,until
38,Thanh Hóa,tỉnh,,,,
397,Triệu Sơn,huyện,38,,,
15742,Thọ Dân,xã,397,,,
"""


@pytest.fixture(params=["overseer", "inspector"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """With a form that names him as he is written now, or as he was."""
    written = request.param
    url = fresh_sqlite(tmp_path / "giaoban.db", tables)
    town = Town(url)
    town.furnish(unit_list=UNITS, remind=f"0m reporter; +30m reporter; +60m {written}; +90m desk")
    town.join("Nam", "reporter", "Thọ Dân")
    town.join("Lan", "leader", "Triệu Sơn")
    town.join("Sơn", "leader", "Thanh Hóa")
    yield town
    town.close()


def test_who_was_added_is_written_in_a_form_foretold_told_once_and_stands_in_the_evidence(town: Town) -> None:
    assert town.tick("16:30") == ["Nam"]
    assert "đồng chí phụ trách UBND tỉnh Thanh Hóa" in town.letters("17:00")["Nam"]
    letters = town.letters("17:30")
    assert list(letters) == ["Sơn"]
    assert letters["Sơn"].startswith("Kính gửi: Đồng chí phụ trách UBND tỉnh Thanh Hóa.")
    assert letters["Sơn"].endswith("Kính đề nghị đồng chí đôn đốc.")
    assert town.tick("17:31") == []
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        told = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert [each.to for each in told] == [Receiver.REPORTER, Receiver.REPORTER, Receiver.written("overseer")]
    sentence = reminded_said(told, at("17:30"), ZoneInfo("Asia/Ho_Chi_Minh"), translator("vi"))
    assert sentence.endswith("đã báo đồng chí phụ trách lúc 17 giờ 30.")


def test_what_was_recorded_by_his_former_spelling_is_not_said_again(town: Town) -> None:
    for clock in ("16:30", "17:00", "17:30"):
        town.tick(clock)
    with town.engine.begin() as connection:
        connection.execute(update(said).where(said.c.receiver == "overseer").values(receiver="inspector"))
    assert town.tick("17:31") == []
