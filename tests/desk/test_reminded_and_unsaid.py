"""What was said and what could not be, by the command line: `reminded` and `unsaid`."""

import json
from collections.abc import Iterator
from datetime import time

import pytest
from sqlalchemy import Connection, select, update

from reporting.people import Address
from reporting.reminder_key import ReminderKey
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank, Say
from storage.database.tables import metadata
from storage.messages import outbox
from storage.schedule import reminder_log
from tests.channels import CHANNELS
from tests.desk.conftest import Giaoban
from tests.reminders.town import DAY, Town, at
from tests.rule_keys import key, nudge

rows = metadata.tables["outbox"]


@pytest.fixture
def town(desk_database: str) -> Iterator[Town]:
    """Thọ Dân has a reporter, a chair and a leader above them, on the very database that the command reads."""
    town = Town(desk_database)
    town.furnish()
    town.join("Nam", "reporter", "Thọ Dân")
    town.join("Minh", "chair", "Thọ Dân")
    town.join("Lan", "leader", "Triệu Sơn")
    yield town
    town.close()


def become(connection: Connection, state: str, error: str = "") -> None:
    """What waits became this."""
    connection.execute(update(rows).where(rows.c.state == "new").values(state=state, error=error))


def told(town: Town, rule: str | ReminderKey, clock: str, state: str, name: str = "Nam") -> None:
    """A message about the report of Thọ Dân, and what became of it."""
    of = key(rule) if isinstance(rule, str) else rule
    unit_id = town.unit("Thọ Dân").id
    to = next(address for address, known in town.names.items() if known == name)
    with town.engine.begin() as connection:
        say = Say(Address("telegram", to), str(rule), rank=Rank.REMINDER)
        (message,) = outbox.put(connection, [say], at(clock), CHANNELS)
        reminder_log.record(
            connection, [ReminderRecord(of, "daily", unit_id, DAY, town.people[name], at(clock), message)]
        )
        if state == "moot":
            reminder_log.withdraw(connection, "daily", unit_id, DAY)
        become(connection, state)


def a_day(town: Town) -> None:
    """One message of each kind: the count goes on only by what came, or may have."""
    told(town, "-60m reporter", "15:30", "said")
    told(town, "+0m reporter", "16:30", "unknown")
    told(town, "+15m reporter", "16:45", "dead")
    told(town, nudge(1818), "16:50", "said")
    told(town, "+30m reporter", "17:00", "said")
    told(town, "+60m chair", "17:30", "said", "Minh")
    told(town, "+90m reporter", "18:00", "moot")
    told(town, ReminderKey.digest(time(17)), "17:00", "said", "Lan")


def test_the_evidence_of_a_day_is_a_sentence_and_a_table(giaoban: Giaoban, town: Town) -> None:
    a_day(town)
    status, out, _ = giaoban("reminded", "--date", str(DAY))
    assert status == 0
    sentence, *lines = out.splitlines()
    assert sentence == (
        "xã Thọ Dân, daily, kỳ 10/11/2021. Đã nhắc cán bộ đầu mối Nam 2 lần, lần thứ 3 lúc 17 giờ 00; "
        "đã đôn đốc theo chỉ đạo lúc 16 giờ 50; đã báo Chủ tịch lúc 17 giờ 30; "
        "1 tin không rõ đã đến hay chưa; 1 tin không gửi được; 1 tin không cần gửi vì báo cáo đã đến trước."
    )
    assert lines == [
        "  15 giờ 30  Nam   lần nhắc thứ 1        đã gửi                         -60m reporter",
        "  16 giờ 30  Nam   lời nhắc              không rõ đã đến hay chưa       +0m reporter",
        "  16 giờ 45  Nam   lời nhắc              không gửi được                 +15m reporter",
        "  16 giờ 50  Nam   đôn đốc theo chỉ đạo  đã gửi                         nudge 1818",
        "  17 giờ 00  Nam   lần nhắc thứ 3        đã gửi                         +30m reporter",
        "  17 giờ 30  Minh  báo Chủ tịch          đã gửi                         +60m chair",
        "  18 giờ 00  Nam   lời nhắc              không cần gửi, báo cáo đã đến  +90m reporter",
    ]


def test_programs_read_the_evidence_as_json(giaoban: Giaoban, town: Town) -> None:
    a_day(town)
    found = json.loads(giaoban("reminded", "--date", str(DAY), "--unit", "15742", "--format", "json")[1])
    assert [(row["kind"], row["to"], row["count"], row["state"]) for row in found] == [
        ("reminder", "reporter", 1, "said"),
        ("reminder", "reporter", None, "unknown"),
        ("reminder", "reporter", None, "dead"),
        ("nudge", "reporter", None, "said"),
        ("reminder", "reporter", 3, "said"),
        ("reminder", "chair", 1, "said"),
        ("reminder", "reporter", None, "moot"),
    ]
    assert found[0] == {
        "form": "daily", "unit": "15742", "name": "xã Thọ Dân", "period": "2021-11-10", "person": "Nam", "to": "reporter",
        "kind": "reminder", "count": 1, "rules": ["-60m reporter"], "state": "said",
        "planned_at": "2021-11-10T15:30:00+07:00", "said_at": None,
    }  # fmt: skip
    assert giaoban("reminded", "--date", str(DAY), "--unit", "15700")[1] == "Chưa có lời nhắc nào về kỳ này.\n"


def test_the_evidence_counts_as_the_letter_does(giaoban: Giaoban, town: Town) -> None:
    for clock in ("15:30", "16:30"):
        town.tick(clock)
    told(town, nudge(1818), "16:45", "said")
    letter = town.letters("17:00")["Nam"]
    assert "Đây là lần nhắc thứ 3" in letter
    assert "lần nhắc thứ 3 " in giaoban("reminded", "--date", str(DAY))[1]


def test_what_could_not_be_said_is_listed_by_name_and_said_again(giaoban: Giaoban, town: Town) -> None:
    told(town, "+0m reporter", "16:30", "unknown")
    told(town, "+60m chair", "17:30", "dead", "Minh")
    with town.engine.begin() as connection:
        ids = list(connection.execute(select(rows.c.id).order_by(rows.c.id)).scalars())
        connection.execute(update(rows).where(rows.c.id == ids[0]).values(uncertain=2))
    out = giaoban("unsaid")[1]
    assert out.startswith("2 tin")
    first, second = out.splitlines()[2:]
    assert first.startswith(f"{ids[1]}\t2021-11-10T17:30+07:00\tđồng chí Minh (xã Thọ Dân)\tkhông gửi được\t")
    assert second.endswith("\t+0m reporter")
    assert giaoban("unsaid", "--again", str(ids[0])) == (0, f"Tin {ids[0]} sẽ được gửi lại.\n", "")
    with town.engine.begin() as connection:
        (again,) = connection.execute(select(rows.c.id, rows.c.uncertain).where(rows.c.state == "new")).all()
        audited = connection.execute(select(metadata.tables["audit"].c.detail)).scalars().all()
    assert (again.id, again.uncertain) == (ids[0], 2)
    assert {"message": ids[0]} in audited
    assert giaoban("unsaid")[1].startswith("1 tin")
    assert giaoban("unsaid", "--again", str(ids[0]))[0] == 1


def test_what_was_to_go_where_the_bot_does_not_run_is_not_said_again(
    giaoban: Giaoban, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(town, "+60m chair", "17:30", "dead", "Minh")
    monkeypatch.setenv("SMTP_HOST", "smtp.example")
    with town.engine.begin() as connection:
        message = connection.execute(select(rows.c.id)).scalar_one()
    status, _, complaint = giaoban("unsaid", "--again", str(message))
    assert status == 1
    assert f"Tin {message} chưa gửi lại được: bot không còn chạy ở kênh" in complaint
    with town.engine.begin() as connection:
        assert connection.execute(select(rows.c.state)).scalar_one() == "dead"
