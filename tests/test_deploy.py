"""What is deployed with: systemd takes the unit and finds little exposed, and all names in it are the program's own."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.arguments.parser import parser
from bot.running import http_transport as wire
from bot.running.run import STOP_SECONDS
from bot.telegram.ear import LARGEST_UPDATE
from bot.web.serving import MOST_CONNECTIONS, SILENT_SECONDS
from tests.environment import ROOT

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "giaoban.service"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SETTINGS = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
FOREIGN = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"} | {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "TMPDIR",
    "WATCHDOG_USEC",
}
OK_EXPOSURE = 2.0
NGINX_KEEPS = 60
"""Seconds for which nginx keeps an idle connection to us, where nothing else is said."""
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")


def analyzed(*arguments: str) -> str:
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """With the program's place filled in: that it is not installed here is no fault of the unit."""
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace("/opt/giaoban/.venv/bin/giaoban", "/bin/true"))
    assert "/bin/true" in here.read_text()
    assert analyzed("verify", "--man=no", str(here)) == ""
    here.write_text(here.read_text().replace("Restart=always", "Restart=perhaps"))
    assert "perhaps" in analyzed("verify", "--man=no", str(here))


def in_unit(name: str) -> str:
    found = re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.MULTILINE)
    assert len(found) == 1, name
    return str(found[0])


def test_whatever_is_away_at_the_start_is_waited_for_and_a_migration_is_given_its_time() -> None:
    """systemd's own defaults give a start up after some tries, and kill a migration that takes longer than 90 s, again and again."""
    assert in_unit("Restart") == "always"
    assert in_unit("StartLimitIntervalSec") == "0"
    assert in_unit("TimeoutStartSec") == "infinity"
    assert in_unit("ExecStartPre").endswith(" migrate")


def test_what_is_not_allowed_is_refused_and_files_that_pass_take_no_memory() -> None:
    assert in_unit("SystemCallErrorNumber") == "EPERM"
    assert in_unit("Environment") == "TMPDIR=/var/tmp"
    assert in_unit("PrivateTmp") == "yes"


def test_the_limits_of_what_is_around_are_not_under_the_programs_own() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text()
    webhook = re.search(r"location = /telegram \{.*?client_max_body_size (\d+)m;", nginx, re.DOTALL)
    assert webhook is not None
    assert int(webhook[1]) << 20 > LARGEST_UPDATE
    assert nginx.count("keepalive_timeout") == 0, "nginx's own 60 s"
    assert SILENT_SECONDS > NGINX_KEEPS
    assert int(in_unit("LimitNOFILE")) > 4 * MOST_CONNECTIONS + wire.MOST_CONNECTIONS + 256
    assert float(in_unit("TimeoutStopSec")) > 2 * STOP_SECONDS


def test_a_command_of_the_desk_is_run_as_the_unit_is() -> None:
    """What is left out is systemd's own default: the folder of the database would be opened to others."""
    command = re.search(r"^sudo systemd-run .*?giaoban doctor$", OPERATIONS, re.MULTILINE | re.DOTALL)
    assert command is not None
    given = dict(re.findall(r"-p (\w+)=(\S+)", command[0]))
    assert {name: in_unit(name) for name in given} == given
    kept = (
        "DynamicUser",
        "User",
        "StateDirectory",
        "StateDirectoryMode",
        "UMask",
        "WorkingDirectory",
        "EnvironmentFile",
    )
    assert set(given) == set(kept)


def of_service(name: str) -> str:
    """What compose is told of a service, what it shares with others beside it."""
    text = (DEPLOY / "compose.yaml").read_text()
    found = re.search(rf"^  {name}:\n(.*?)(?=^  \w|^\w|\Z)", text, re.MULTILINE | re.DOTALL)
    shared = re.search(r"^x-giaoban: .*?(?=^\w)", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    assert shared is not None
    return shared[0] + found[1] if "<<: *giaoban" in found[1] else found[1]


def test_in_a_container_all_have_time_to_end_and_hear_that_they_are_to() -> None:
    """Process 1 is sent no signal that it has not asked for, so while the program begins it would be killed a minute later."""
    for name, seconds in (("bot", 2 * STOP_SECONDS), ("database", 60)):
        given = re.search(r"^    stop_grace_period: (\d+)s", of_service(name), re.MULTILINE)
        assert given is not None
        assert int(given[1]) >= seconds
    assert "  init: true" in of_service("bot")
    assert "  init: true" in of_service("migrate")


def test_in_a_container_what_stands_still_is_started_anew_as_by_systemd() -> None:
    given = re.search(r"WATCHDOG_USEC: (\d+)$", of_service("bot"), re.MULTILINE)
    assert given is not None
    assert int(given[1]) == int(in_unit("WatchdogSec")) * 1_000_000
    assert "restart: unless-stopped" in of_service("bot")


@pytest.mark.parametrize("name", ["database", "migrate", "bot"])
def test_in_a_container_no_log_fills_the_disk_and_nobody_gains_rights(name: str) -> None:
    assert re.search(r"driver: local|logging: \*logging", of_service(name))
    assert 'security_opt: ["no-new-privileges:true"]' in of_service(name)


def test_no_file_of_settings_comes_into_an_image_or_the_repository() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text().split()
    assert "**/.env" in (ROOT / ".dockerignore").read_text().split()
    assert re.search(r"^USER \d+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE), (
        "a number is known not to be root"
    )


@needs_systemd
def test_little_is_exposed() -> None:
    told = analyzed("security", "--offline=true", str(UNIT))
    level = re.search(r"exposure level for giaoban.service: ([\d.]+)", told)
    assert level is not None, told
    assert float(level[1]) <= OK_EXPOSURE


@pytest.mark.parametrize("name", ["giaoban.service", "Dockerfile", "compose.yaml"])
def test_every_setting_that_is_named_is_one(name: str) -> None:
    named = re.findall(r"(?:^|[\s{])([A-Z][A-Z_]{4,})(?=[=:]\S| *: )", (DEPLOY / name).read_text(), re.MULTILINE)
    assert named
    assert set(named) - SETTINGS - FOREIGN == set()


def test_every_command_that_is_run_is_one() -> None:
    run = re.findall(r"bin/giaoban (\w+)$", UNIT.read_text(), re.MULTILINE)
    run += re.findall(r"command: \[(\w+)\]", (DEPLOY / "compose.yaml").read_text())
    run += re.findall(r'CMD \["(\w+)"\]', (DEPLOY / "Dockerfile").read_text())
    assert sorted(run) == ["migrate", "migrate", "run", "run", "run"]
    does = {"migrate": "bot.cli.migrate:migrate", "run": "bot.running.run:run"}
    for command in run:
        assert parser().parse_args([command]).does == does[command]


def test_the_health_that_is_asked_for_is_served_where_it_listens() -> None:
    image = (DEPLOY / "Dockerfile").read_text()
    port = re.search(r"DESK_LISTEN=0\.0\.0\.0:(\d+)", image)
    assert port is not None
    assert f"127.0.0.1:{port[1]}/healthz" in image
    assert f"127.0.0.1:{port[1]}:{port[1]}" in (DEPLOY / "compose.yaml").read_text()
