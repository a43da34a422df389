"""`giaoban demo`: the whole system on loopback, with no token: a simulator, SQLite, and figures that are made up."""

import asyncio
import csv
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.cli.common import words
from bot.cli.demo_taker import send_there, taker_for
from bot.cli.demo_zalo import zalo_phones, zalo_settings
from bot.running.clock import Now
from bot.running.logs import log
from bot.running.program import Program
from bot.settings import Settings, read_settings
from reporting.answers import Answer
from reporting.archive import ArchiveLine, read_archive
from reporting.errors import Refused
from reporting.pace import UNHURRIED
from reporting.people import ROLES, Role
from reporting.questions.question_types import type_of
from reporting.reports import Report, number_of
from reporting.translator import LANGUAGES, translator
from reporting.unit_list import read_units
from services.import_history import take_in
from services.keep_rules import bring_rules
from services.submit_report import accept
from simulator import Simulator
from simulator.dhis2 import Dhis2Server
from simulator.scenarios import Scenario, read_scenario
from storage.database import audit
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.process_locks import running_alone
from storage.organisation import invitations, units
from storage.reports import forms

HOUSE = Path(__file__).parents[2]
FORMS = HOUSE / "forms"
SCENE = FORMS / "demo"
"""Units, history, people, the public channel and the day to watch of the demonstration: data, not code."""
START = datetime.fromisoformat("2021-11-10T15:30+07:00")
FROM = date(2021, 10, 27)
"""The first day of the history: of no day before was a report owed."""
"""The simulator keeps none of Telegram's limits here: nobody waits for them."""
TOKEN = "1000:SIMULATOR"  # noqa: S105  # the simulator takes any; it opens nothing


def demo(chosen: Namespace) -> None:
    """Serves the page until it is stopped; what happened is found again at the next start."""
    folder = Path(chosen.data)
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'giaoban.db'}"
    base = read_settings()
    settings = base.model_copy(
        update={
            "bot_token": TOKEN,
            "database_url": url,
            "timezone": "Asia/Ho_Chi_Minh",
            "webhook_url": "",
            "bot_proxy": "",
            "clock_url": "",
            "demonstration": True,
            "bulletin_channel": f"@{channel()['username']}",
            "portal_private_addresses": True,
            "log_level": "WARNING",
        }
    )
    with suppress(KeyboardInterrupt), running_alone(url) as is_alone:
        if not is_alone:
            raise Refused("already_running")
        asyncio.run(_serve(settings, folder, chosen.port))


async def _serve(settings: Settings, folder: Path, port: int) -> None:
    log(settings)
    simulator = Simulator(start=START, state=folder / "simulator.db", language=settings.language)
    simulator.bot(TOKEN, description=words().plain("demo_description"))
    simulator.zalo = zalo = zalo_phones(simulator, SCENE / "zalo.csv")
    try:
        await simulator.start(port=port)
        await zalo.start()
    except OSError:
        raise Refused("port_taken", port=str(port), other=str(port + 1)) from None
    beside, desk = _beside(port, 1), _beside(port, 3)
    around = {"bot_api_url": simulator.url, "open_data_listen": beside, "desk_listen": desk, "desk_url": ""}
    settings = settings.model_copy(update=around).with_own(zalo_settings(zalo, _beside(port, 4)))
    program = Program(settings, simulator.clock.now, UNHURRIED)
    _end_on_signals()
    known = [person.name for person in simulator.people]
    try:
        invitations = await asyncio.to_thread(furnish, settings.database_url, settings.zone, known)
        gather(simulator, invitations)
        simulator.playback.scenario = day()
        _tell({"demo_ready": simulator.url.removeprefix("http://"), "open_ready": beside, "demo_desk_ready": desk})
        print(words().plain("demo_zalo_how"), flush=True)
        async with open_taker(settings, simulator.clock.now, _beside(port, 2)) as taker:
            print(words().plain("demo_taker_ready", url=taker.url, database=settings.database_url), flush=True)
            await program.run()
    except asyncio.CancelledError:
        pass
    finally:
        await zalo.stop()
        await simulator.stop()


def _end_on_signals() -> None:
    """SIGINT and SIGTERM cancel the running task."""
    working = asyncio.current_task()
    assert working is not None
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, working.cancel)


def _tell(addresses: Mapping[str, str]) -> None:
    """Where everything is, by the keys of the sentences; «»: nowhere."""
    for key, address in addresses.items():
        if address:
            print(words().plain(key, url=f"http://{address}"), flush=True)


@asynccontextmanager
async def open_taker(settings: Settings, now: Now, listen: str = "") -> AsyncIterator[Dhis2Server]:
    """A running stand-in for DHIS2 to which the scene's mapping sends, at the port of `listen` or any that is free."""
    text = (SCENE / "portal.toml").read_text(encoding="utf-8")

    def today() -> date:
        return now().astimezone(settings.zone).date()

    server = await asyncio.to_thread(taker_for, settings.database_url, text, settings.language, today, closed())
    await server.start(int(listen.rpartition(":")[2] or 0))
    try:
        await asyncio.to_thread(send_there, settings.database_url, text, server, now(), today())
        yield server
    finally:
        await server.stop()


def _beside(port: int, after: int) -> str:
    """Where else the demonstration listens: so many ports after the page's, if that one is free; else nowhere."""
    with socket() as probe:
        probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port + after if port else 0))
        except (OSError, OverflowError):
            return ""
        return f"127.0.0.1:{probe.getsockname()[1]}"


def furnish(url: str, zone: ZoneInfo, known: Collection[str] = ()) -> dict[str, str]:
    """Units, forms and history, unless they are there; an invitation for everybody in the scene who is not known by name."""
    migrate(url)
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            if not units.tree(connection).units:
                _scene(connection, zone)
            new = [each for each in cast() if each["role"] and each["name"] not in known]
            return {each["name"]: _invitation(connection, each) for each in new}
    finally:
        engine.dispose()


def _scene(connection: Connection, zone: ZoneInfo) -> None:
    units.put(connection, read_units((SCENE / "units.csv").read_text(encoding="utf-8")))
    audit.write(connection, START, None, "units")
    for path in sorted(FORMS.glob("*.md")):
        forms.publish(connection, path.read_bytes(), path.name, FROM, START)
    for path in sorted(FORMS.glob("*_rules.csv")):
        bring_rules(connection, path.read_text(encoding="utf-8"), START, START.date())
    lines = read_archive((SCENE / "history.csv").read_text(encoding="utf-8"))
    past = [line for line in lines if line.on < START.date()]
    take_in(connection, past, START - timedelta(hours=12), zone)
    _todays_reports(connection, [line for line in lines if line.on == START.date()], zone)


def _todays_reports(connection: Connection, lines: Sequence[ArchiveLine], zone: ZoneInfo) -> None:
    """What other units have sent already on the day that the demonstration begins, a few minutes apart."""
    tree = units.tree(connection)
    by_unit: dict[str, dict[str, str]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, {})[line.indicator] = line.value
    for place, (code, values) in enumerate(by_unit.items()):
        unit = tree.find(code, START.date())
        form = next((f for f in forms.in_force(connection, START.date()) if set(values) <= set(f.by_name)), None)
        if unit is None or form is None:
            raise ValueError(f"the demonstration's history has figures of {code} that no form asks for")
        answers = {
            name: Answer(type_of(form.by_name[name]).from_node(form.by_name[name], value))
            for name, value in values.items()
        }
        at = START - timedelta(minutes=85) + timedelta(minutes=2 * place + place % 3)
        number = number_of(form, unit, START.date(), 1)
        report = Report(number, form.key, form.version, unit.id, START.date(), 1, answers, None, at, at)
        accept(connection, form, report, zone)


def cast() -> list[dict[str, str]]:
    """The people of the scene: name, role, unit, caption."""
    with (SCENE / "people.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def channel() -> dict[str, str]:
    """The public channel of the scene: title, username, owner."""
    with (SCENE / "channel.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))


def closed() -> dict[str, date]:
    """The units that the scene's taker has closed, by their codes there: what comes of them it refuses."""
    with (SCENE / "taker.csv").open(encoding="utf-8", newline="") as file:
        return {each["unit"]: date.fromisoformat(each["closed"]) for each in csv.DictReader(file)}


def day() -> Scenario:
    """The day that the page plays by itself: what everybody of the scene does, and what there is to see in it."""
    title = {language: translator(language).plain("demo_day") for language in LANGUAGES}
    return read_scenario((SCENE / "day.csv").read_text(encoding="utf-8"), title)


def _invitation(connection: Connection, each: dict[str, str]) -> str:
    unit = units.tree(connection).find(each["unit"], START.date())
    if unit is None:
        raise ValueError(f"the demonstration has no unit {each['unit']}")
    code = token_urlsafe(12)
    role = cast_role(each["role"])
    invitations.add(connection, code, role, unit.id, START + timedelta(days=3650), 1, START)
    return code


def cast_role(name: str) -> Role:
    """The role of that name. ValueError if there is none."""
    for role in ROLES:
        if role == name:
            return role
    raise ValueError(name)


def gather(simulator: Simulator, invitations: dict[str, str]) -> None:
    """The phones, on the page where there is a caption; with an invitation START joins as from its link. All read the channel."""
    people = [
        simulator.person(each["name"], caption=each["caption"], start=invitations.get(each["name"], ""))
        for each in cast()
    ]
    of = channel()
    people.sort(key=lambda person: person.name != of["owner"])
    simulator.channel(of["title"], people, username=of["username"])
