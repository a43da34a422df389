"""Whatever the network repeats, holds back, brings in another order or loses: the same report comes out.

What a named figure or a button means does not hang on when it arrives; a bare number answers the question that is open, so
the phone sends the next one only when it has read the next question, as people do.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.running.dispatch import HandlerSettings
from reporting.people import Address, Duty
from reporting.unit_list import read_units
from storage.database import audit
from storage.database.engines import writing_engine
from storage.organisation import people, units
from storage.reports import forms, reports
from tests.conversations.house import ANSWERS, ROOT
from tests.databases import fresh_of_kind
from tests.migrated import begin_at
from tests.network.phone import Line, Phone, ZaloPhone

FIRST, MANY, AT_TELEGRAM = 5_000_000, 100, 50
"""The reporters' chats; the first fifty are at Telegram, the others at Zalo."""
START = datetime.fromisoformat("2021-11-10T14:30+07:00")
DAY = START.date()
HOUSE = HandlerSettings(ZoneInfo("Asia/Ho_Chi_Minh"), "vi", False)
NAMES = tuple(range(1, len(ANSWERS) + 1))
PATIENCE = 80
_communes, _communes_at_zalo = count(), count()
Fault = dict[str, Any]


def prepare(url: str) -> None:
    """A commune with its reporter for every example."""
    begin_at(url)
    lines = ["code,name,kind,parent,aliases,since,until", "0,Huyện,huyện,,,,"]
    lines += [f"{number + 1},Xã {number + 1},xã,0,,," for number in range(MANY)]
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units("\n".join(lines)))
        audit.write(connection, START, None, "units")
        path = ROOT / "forms" / "covid_daily.md"
        forms.publish(connection, path.read_bytes(), path.name, date(2021, 10, 1), START)
        communes = sorted(
            (each for each in units.tree(connection) if each.kind == "xã"), key=lambda each: int(each.code)
        )
        for number, unit in enumerate(communes):
            at = Address("telegram" if number < AT_TELEGRAM else "zalo", str(FIRST + number))
            person = people.add(connection, at, f"Cán bộ {number}", "vi", START)
            people.charge(connection, Duty(person.id, unit.id, "reporter", date(2021, 10, 1)))
    engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = writing_engine(fresh_of_kind(request, tmp_path_factory.mktemp("network") / "giaoban.db", prepare))
    yield made
    made.dispose()


FAULTS = st.fixed_dictionaries({
    "times": st.integers(1, 3),
    "lost": st.booleans(),
    "tap": st.booleans(),
    "late": st.integers(0, 40),
    "stale": st.integers(0, 40),
    "restart": st.booleans(),
    "away": st.booleans(),
})  # fmt: skip
BATCHES = st.lists(st.tuples(st.permutations(NAMES), st.integers(0, 6), st.integers(1, 3), st.booleans()), max_size=4)


def settings_of(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@settings_of(8)
@given(batches=BATCHES, faults=st.lists(FAULTS, min_size=8, max_size=8))
def test_the_same_report_comes_out(
    engine: Engine, batches: list[tuple[list[int], int, int, bool]], faults: list[Fault]
) -> None:
    number = next(_communes) % AT_TELEGRAM
    _reports(engine, number, Phone(Line(engine, HOUSE), FIRST + number, START), batches, faults)


@settings_of(6)
@given(batches=BATCHES, faults=st.lists(FAULTS, min_size=8, max_size=8))
def test_the_same_report_comes_out_at_zalo(
    engine: Engine, batches: list[tuple[list[int], int, int, bool]], faults: list[Fault]
) -> None:
    number = AT_TELEGRAM + next(_communes_at_zalo) % (MANY - AT_TELEGRAM)
    still = [
        fault | {"stale": PATIENCE} for fault in faults
    ]  # a number is what it stands for now: there are no old buttons
    _reports(engine, number, ZaloPhone(Line(engine, HOUSE), FIRST + number, START), batches, still)


def _reports(
    engine: Engine,
    number: int,
    phone: Phone,
    batches: list[tuple[list[int], int, int, bool]],
    faults: list[Fault],
) -> None:
    phone.delivers(phone.text("/baocao"), faults[0]["times"])
    _send_named(phone, batches)
    for step in range(PATIENCE):
        if "đã tiếp nhận" in phone.last.text or "đã được tiếp nhận" in phone.last.text:
            break
        _act(phone, faults[step % len(faults)], step)
    with engine.begin() as connection:
        unit = units.tree(connection).find(str(number + 1), DAY)
        assert unit is not None
        sent = reports.revisions(connection, "covid_daily", unit.id, DAY)
    assert [each.revision for each in sent] == [1]
    values = {name: answer.value for name, answer in sent[0].answers.items() if answer.value is not None}
    assert values == dict(zip(_asked(engine), map(int, ANSWERS), strict=False))


def _asked(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        form = forms.published(connection, "covid_daily", DAY)
    assert form is not None
    return [question.name for question in form.asked if question.kind is not None]


def _send_named(phone: Phone, batches: list[tuple[list[int], int, int, bool]]) -> None:
    """Messages of named figures that waited on a phone without network: in any order, repeated, some lost."""
    for order, size, times, is_lost in batches:
        lines = [f"{place}. {ANSWERS[place - 1]}" for place in order[:size]]
        if lines:
            update = phone.text("\n".join(lines))
            if not is_lost:
                phone.delivers(update, times)


def _act(phone: Phone, fault: Fault, step: int) -> None:
    """One thing that the person does, and what the network makes of it."""
    if fault["restart"]:
        phone.line.restart()
    if fault["away"] and step < 4:
        phone.now += timedelta(hours=2)
    if fault["late"] < len(phone.sent):
        phone.delivers(phone.sent[fault["late"]])
    now = {str(button.press).split(":")[2] for row in phone.last.buttons for button in row}
    every = (str(button.press) for say in phone.heard for row in say.buttons for button in row)
    presses = [press for press in every if press.split(":")[2] not in now]
    if fault["stale"] < len(presses):
        phone.delivers(phone.tap(presses[fault["stale"]]))
    update = _answer(phone, fault["tap"])
    if not (fault["lost"] and step % 2):
        phone.delivers(update, fault["times"])


def _answer(phone: Phone, taps: bool) -> dict[str, Any]:
    """What the person sends, from what he reads."""
    place, press = phone.asked(), phone.button("send")
    if press is not None:
        return phone.tap(press) if taps else phone.text("gửi")
    if place == len(ANSWERS) + 1:
        skip = phone.button("skip")
        return phone.tap(skip) if taps and skip else phone.text("bỏ qua")
    if place:
        zero = phone.button("pick")
        return phone.tap(zero) if taps and zero and ANSWERS[place - 1] == "0" else phone.text(ANSWERS[place - 1])
    again = phone.button("again")
    return phone.text("đã kiểm tra, số đúng") if again else phone.text("/baocao")
