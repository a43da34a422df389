"""`giaoban doctor`: one test for each check, well and not; the Bot API is the simulator, over HTTP."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, insert, text, update

from bot.channels import CHANNEL_FOLDERS
from bot.doctor import checks
from bot.doctor.bot_api import BotApi, ask_bot_api
from bot.doctor.checks import CHECKS, DATABASE_CHECKS, examine
from bot.doctor.findings import Finding, Health, Patient, Surroundings
from bot.doctor.telegram_checks import check_bot_api, check_botfather, check_clock, check_token, check_webhook
from bot.settings import Settings
from reporting.people import Address, Duty
from reporting.translator import translator
from reporting.unit_list import read_units
from simulator import DEFAULT_TOKEN, Simulator
from storage.database import audit
from storage.database.append_only import unguards
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import outbox
from storage.organisation import people, units
from storage.reports import forms
from tests.desk.conftest import Giaoban
from tests.environment import ROOT
from tests.migrated import begin_at

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
DAILY = (
    "| settings | form_id | version | due | default_language |\n|---|---|---|---|---|\n| | watch | 1 | 16:30 | vi |\n\n"
    "| survey | type | name | label | kind |\n|---|---|---|---|---|\n| | integer | ill | Số ca | flow |\n"
)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("doctor") / "empty.db"
    begin_at(f"sqlite:///{file}")
    return file


@pytest.fixture
def settings(migrated: Path, tmp_path: Path) -> Settings:
    file = tmp_path / "giaoban.db"
    file.touch(mode=0o600)
    file.write_bytes(migrated.read_bytes())
    return Settings(database_url=f"sqlite:///{file}", bot_token=DEFAULT_TOKEN, backup_folder=str(tmp_path))


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = writing_engine(settings.database_url)
    yield engine
    engine.dispose()


def found(settings: Settings, check: str, api: BotApi | None = None) -> Finding:
    """What a check finds; its sentence, and what to do, are there in both languages."""
    by_name = {each.check: each.finding for each in examine(Surroundings(settings, NOW, api))}
    for each in by_name.values():
        said(each)
    return by_name[check]


def said(each: Finding) -> str:
    for language in ("en", "vi"):
        words = translator(language)
        told = words.plain(each.key, **each.values)
        if each.health is not Health.OK:
            assert words.plain(f"{each.key}_advice", **each.values)
    return told


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        simulator.bot()
        yield simulator


async def test_a_bot_that_is_set_up_well_is_well(simulator: Simulator, settings: Settings) -> None:
    here = settings.model_copy(update={"bot_api_url": simulator.url})
    api = await asyncio.to_thread(ask_bot_api, here)
    assert api is not None
    of = Surroundings(here, NOW, api)
    assert [check(of).health for check in (check_token, check_bot_api, check_webhook)] == [Health.OK] * 3
    assert f"@{api.me['username']}" in said(check_token(of))


async def test_a_token_that_nobody_knows_is_said_to_be_one(simulator: Simulator, settings: Settings) -> None:
    here = settings.model_copy(update={"bot_api_url": simulator.url, "bot_token": "1:wrong"})
    api = await asyncio.to_thread(ask_bot_api, here)
    assert check_token(Surroundings(here, NOW, api)).key == "doctor_token_refused"


def test_a_bot_api_that_is_away_is_named_without_the_token(settings: Settings) -> None:
    here = settings.model_copy(update={"bot_api_url": "http://127.0.0.1:9"})
    api = ask_bot_api(here)
    of = Surroundings(here, NOW, api)
    away = check_bot_api(of)
    assert (away.health, check_token(of).health) == (Health.FAILURE, Health.WARNING)
    assert "http://127.0.0.1:9" in said(away)
    assert DEFAULT_TOKEN not in said(away)


def test_without_a_token_nothing_is_asked(settings: Settings) -> None:
    here = settings.model_copy(update={"bot_token": ""})
    assert ask_bot_api(here) is None
    assert found(here, "token").key == "doctor_token_missing"


HOOK = "https://bot.example/hook"


@pytest.mark.parametrize(
    ("webhook", "wanted", "key"),
    [
        ({"url": HOOK}, "", "doctor_webhook_other"),
        (
            {"url": HOOK, "last_error_date": int(NOW.timestamp()) - 60, "last_error_message": "503"},
            HOOK,
            "doctor_webhook_fails",
        ),
        ({"url": HOOK, "last_error_date": int(NOW.timestamp()) - 9000}, HOOK, "doctor_webhook_set"),
        ({"url": "", "pending_update_count": 101}, "", "doctor_webhook_waits"),
        ({"url": ""}, "", "doctor_webhook_none"),
    ],
)
def test_the_webhook_is_compared_with_the_setting(
    settings: Settings, webhook: dict[str, Any], wanted: str, key: str
) -> None:
    here = settings.model_copy(update={"webhook_url": wanted})
    finding = check_webhook(Surroundings(here, NOW, BotApi({"username": "b"}, webhook)))
    assert finding.key == key
    assert said(finding)


def test_what_only_botfather_can_set_is_named(settings: Settings) -> None:
    asked = [
        check_botfather(
            Surroundings(settings, NOW, BotApi({"can_join_groups": groups, "supports_inline_queries": inline}))
        )
        for groups, inline in ((False, True), (True, False), (True, True))
    ]
    assert [each.key for each in asked] == [
        "doctor_botfather_groups",
        "doctor_botfather_inline",
        "doctor_botfather_good",
    ]
    assert "/setjoingroups" in translator("en").plain(f"{asked[0].key}_advice")


@pytest.mark.parametrize(("off", "key"), [(2, "right"), (-45, "off"), (900, "far_off")])
def test_the_clock_is_compared_with_the_date_of_the_answer(settings: Settings, off: int, key: str) -> None:
    api = BotApi({"username": "b"}, date=NOW, asked_at=NOW + timedelta(seconds=off))
    finding = check_clock(Surroundings(settings, NOW, api))
    assert finding.key == f"doctor_clock_{key}"
    assert said(finding)


def test_a_new_database_wants_units_and_a_form(settings: Settings, engine: Engine) -> None:
    assert found(settings, "forms").key == "doctor_units_none"
    furnish(engine)
    assert found(settings, "forms").key == "doctor_forms"


def furnish(engine: Engine) -> None:
    with engine.begin() as connection:
        units.put(connection, read_units("code,name,kind,parent,aliases,since,until\n1,A,xã,,,,\n2,B,xã,,,,\n"))
        forms.publish(connection, DAILY.encode(), "watch.md", NOW.date() - timedelta(days=9), NOW)
        one = people.add(connection, Address("telegram", "1"), "Lan", "vi", NOW)
        people.charge(connection, Duty(one.id, 1, "reporter", NOW.date()))


def test_units_without_a_reporter_silent_units_and_people_out_of_reach_are_named(
    settings: Settings, engine: Engine
) -> None:
    furnish(engine)
    wanting, silent = found(settings, "reporters"), found(settings, "silent")
    assert (wanting.values["n"], wanting.values["units"]) == (1, "xã B (2)")
    assert (silent.key, silent.values["n"]) == ("doctor_silent", 2)
    assert found(settings, "shut_out").key == "doctor_reachable"
    with engine.begin() as connection:
        outbox.close(connection, Address("telegram", "1"), "blocked", NOW)
    assert found(settings, "shut_out").values["names"] == "Lan"


@pytest.mark.parametrize(
    ("check", "state", "health"), [("inbox", "new", Health.FAILURE), ("aside", "aside", Health.WARNING)]
)
def test_what_waits_for_long_or_was_put_aside_is_counted(
    settings: Settings, engine: Engine, check: str, state: str, health: Health
) -> None:
    assert found(settings, check).health is Health.OK
    row = {"channel": "telegram", "update_id": "1", "chat": "1", "rank": 0, "raw": "{}", "tries": 0, "error": ""}
    with engine.begin() as connection:
        waits = {"state": state, "received_at": NOW - timedelta(hours=1)}
        connection.execute(insert(metadata.tables["inbox"]), row | waits)
    assert (found(settings, check).health, found(settings, check).values["n"]) == (health, 1)


def test_backups_are_never_old_failed_or_good(settings: Settings, engine: Engine) -> None:
    keys = [found(settings, "backups").key]
    for what, hours in (("backup", 48), ("backup failed", 3), ("backup", 2)):
        with engine.begin() as connection:
            audit.write(connection, NOW - timedelta(hours=hours), None, what, state="os_full", error="{}")
        keys.append(found(settings, "backups").key)
    assert keys == ["doctor_backup_never", "doctor_backup_old", "doctor_backup_failed", "doctor_backup_good"]


def test_an_audit_that_was_laid_hands_on_is_a_failure(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        audit.write(connection, NOW, None, "units")
    assert found(settings, "audit").key == "doctor_audit_whole"
    with engine.begin() as connection:
        for each in unguards("sqlite", "audit", "update"):
            connection.execute(text(each))
    assert found(settings, "audit").key == "doctor_audit_unguarded"


def test_a_file_that_others_can_read_is_named(settings: Settings, tmp_path: Path) -> None:
    assert found(settings, "database").key == "doctor_sqlite"
    (tmp_path / "giaoban.db").chmod(0o644)
    assert found(settings, "database").key == "doctor_database_open"


def test_a_database_that_is_behind_or_away_is_one_failure(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0003'"))
    behind = found(settings, "migrations")
    assert behind.health is Health.FAILURE
    assert "giaoban migrate" in said(behind)


def test_the_command_tells_each_with_what_to_do_and_fails_where_anything_does(
    giaoban: Giaoban, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    status, out, _ = giaoban("doctor", "--format", "json")
    told = {each["check"]: each for each in json.loads(out)}
    of_channels = [check for folder in CHANNEL_FOLDERS for check in folder.checks()]
    with_database = [check for folder in CHANNEL_FOLDERS for check in folder.database_checks()]
    assert status == 1
    assert list(told) == [
        *(each.__name__.removeprefix("check_") for each in (*CHECKS, *of_channels)),
        "migrations",
        *(each.__name__.removeprefix("check_") for each in (*DATABASE_CHECKS, *with_database)),
    ]
    assert "@BotFather" in told["token"]["advice"]
    assert told["audit"]["health"] == "ok"
    if empty_database.startswith("postgresql"):  # these tests' own can lose what was committed
        assert "fsync = off" in told["database"]["found"]
        assert told["database"]["health"] == "warning"
    else:
        assert told["database"]["health"] == "ok"
    assert told["zone"]["advice"] == ""
    status, table, _ = giaoban("doctor")
    assert status == 1
    assert "→ Nhắn /newbot cho @BotFather" in table


def test_every_check_is_listed() -> None:
    of_channels = [check for each in CHANNEL_FOLDERS for check in (*each.checks(), *each.database_checks())]
    listed = {each.__name__ for each in (*CHECKS, *DATABASE_CHECKS, *of_channels)}
    written = set()
    for file in (*(ROOT / "bot" / "doctor").glob("*_checks.py"), *(ROOT / "bot").glob("*/doctor_check*.py")):
        written |= set(re.findall(r"^def (check_\w+)", file.read_text(), re.MULTILINE))
    assert listed == written


def test_people_who_are_found_only_where_the_bot_does_not_run_are_named(settings: Settings, engine: Engine) -> None:
    furnish(engine)
    assert found(settings, "unset_channels").key == "doctor_channels_reach"
    with engine.begin() as connection:
        connection.execute(update(metadata.tables["address"]).values(channel="zalo"))
    lost = found(settings, "unset_channels")
    assert (lost.key, lost.values["names"], lost.values["channels"]) == ("doctor_channels_unset", "Lan (xã A)", "zalo")
    assert "1 cán bộ chỉ có ở ứng dụng mà bot không chạy (zalo): Lan (xã A)" in said(lost)


def test_a_check_that_fails_keeps_no_other_from_being_made(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_odd(of: Patient) -> Finding:
        of.connection.execute(text("select nothing from nowhere"))
        raise AssertionError

    furnish(engine)
    monkeypatch.setattr(checks, "DATABASE_CHECKS", (check_odd, *DATABASE_CHECKS))
    assert found(settings, "odd").key == "doctor_check_broken"
    assert found(settings, "forms").key == "doctor_forms"


def test_the_folder_that_has_little_room_is_named_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's chat cannot know where the program runs."""
    monkeypatch.setattr("bot.doctor.machine_checks.disk_usage", lambda _: SimpleNamespace(free=0))
    in_memory = settings.model_copy(update={"database_url": "postgresql://nobody@/nothing", "backup_folder": ""})
    disk = checks.examine_disk_for_alerts(in_memory, NOW)[0].finding
    assert (disk.key, disk.values["folder"]) == ("doctor_disk_full", str(Path.cwd()))
