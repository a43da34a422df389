"""Names, labels, reasons, comments and feedback with markup in them: everybody reads them as they were typed, and nothing fails."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.database import audit
from storage.organisation import units
from storage.reports import forms
from tests.attack.world import World
from tests.conversations.house import FORMS, START, UNITS, House

NAME, UNIT, LABEL, WORDS = "<b>Zét</b> & <", "<i>Zân</i> &amp; <", "<u>zkỳ</u> & </b>", "<a href='x'>zmất</a> điện & <"
BARE = {"Zét": NAME, "Zân": f"Thọ {UNIT}", "zkỳ": LABEL, "zmất": WORDS}
"""What stands in a text only with the whole around it."""


def prepared(connection: Connection) -> None:
    listed = UNITS.replace("Thọ Dân,xã,397,", f"Thọ {UNIT},xã,397,thọ dân")
    units.put(connection, read_units(listed))
    audit.write(connection, START, None, "units")
    source = FORMS[0].read_text(encoding="utf-8").replace("ghi nhận trong kỳ", f"ghi nhận trong {LABEL}", 1)
    source = source.replace("| 2021.1 ", "| 2021.9 ", 1)
    forms.publish(connection, source.encode(), "covid_daily.md", date(2021, 11, 1), START)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whatever_is_typed_is_read_as_it_was_typed(house: House) -> None:
    await house.running.clerk.write(prepared)
    world = World(house, name=NAME)
    await world.begins(forgets=False)
    leader, reporter, resident = world.victims["leader"], world.victims["reporter"], world.strangers["resident"]
    await leader.says(f"/tralai thọ dân: {WORDS}")
    await world.strangers["reporter"].says(f"lý do: {WORDS}")
    await reporter.says(f"/dexuat {WORDS}")
    await resident.says(f"/gopy {WORDS}")
    await resident.says(f"{WORDS}?")
    await world.strangers["leader"].says(f"/tonghop {WORDS}")
    await house.moves_to("17:45")
    for text in ("/tinhhinh", "/tonghop", "/giaoban", "/donvi thọ dân", "/nhansu thọ dân", "/congvan", "/muctieu"):
        await leader.says(text)
    talkers = (*world.victims.values(), *world.strangers.values())
    heard = [seen.text for each in talkers for seen in each.person.reads() if seen.by_bot]
    shown = Counter(
        whole for text in heard for part, whole in BARE.items() if part in text for _ in range(whole in text)
    )
    broken = [text for text in heard for part, whole in BARE.items() if text.count(part) > text.count(whole)]
    failures = await world.failures()
    world.leave()
    assert broken == []
    assert set(shown) == set(BARE.values()), shown
    assert failures == []
