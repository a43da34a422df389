"""What a briefing page is read from: as many statements for many units as for few, and nothing that is not the reader's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from messages.briefings.briefing_page import briefing_page
from reporting.errors import Refused
from reporting.people import Duty
from reporting.rounds.data_query import AskedBack
from reporting.translator import translator
from reporting.unit_list import read_units
from services.read_briefing import LOOK_BACK, keep_briefing, kept_briefing, read_briefing
from storage.organisation import people, units
from storage.reports import data_queries
from tests.services.office import DAY, NOW, Office

VI = translator("vi")


def statements(office: Office) -> int:
    """In how many statements Hoa's page of the district is read."""
    seen = list[str]()

    def asks(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(office.connection, "before_cursor_execute", asks)
    read_briefing(office.context, office.actor("Hoa"), office.unit("1"))
    event.remove(office.connection, "before_cursor_execute", asks)
    return len(seen)


def test_many_units_take_no_more_statements_than_few(office: Office) -> None:
    few = statements(office)
    lines = "".join(f"{code},Xã {code},xã,1\n" for code in range(100, 150))
    units.put(office.connection, read_units(f"code,name,kind,parent\n1,Triệu Sơn,huyện,\n{lines}"))
    assert statements(office) <= few < 70


def test_a_page_is_of_the_readers_own_units_and_so_is_the_one_that_was_kept(office: Office) -> None:
    own = read_briefing(office.context, office.actor("Ba"), office.unit("11"))
    assert [(each.expected, [unit.name for unit in each.missing]) for each in own.rounds] == [(1, ["Thọ Dân"])]
    with pytest.raises(Refused):
        read_briefing(office.context, office.actor("Ba"), office.unit("1"))
    with pytest.raises(Refused):
        read_briefing(office.context, office.actor("Nam"), office.unit("11"))
    page = briefing_page(read_briefing(office.context, office.actor("Hoa"), office.unit("1")), VI)
    kept = keep_briefing(office.context, office.actor("Hoa"), page.content)
    assert kept_briefing(office.context, office.actor("Hoa"), kept) == page.content
    for reader, number in (("Ba", kept), ("Hoa", kept + 1)):
        with pytest.raises(Refused):
            kept_briefing(office.context, office.actor(reader), number)


def test_pages_that_are_soon_after_each_other_are_of_one_meeting(office: Office) -> None:
    hoa, unit = office.actor("Hoa"), office.unit("1")
    keep_briefing(office.context, hoa, briefing_page(read_briefing(office.context, hoa, unit), VI).content)
    office.now = NOW + timedelta(hours=1)
    assert not read_briefing(office.context, hoa, unit).met
    office.now = NOW + timedelta(hours=4)
    later = read_briefing(office.context, hoa, unit)
    assert (later.met, later.since, len(later.told)) == (True, NOW, 3)
    assert not read_briefing(office.context, office.actor("An"), unit).met


def test_a_question_is_unanswered_until_its_figure_is_asked_about_again_or_a_week_has_gone(office: Office) -> None:
    unit = office.unit("11")
    hoa = office["Hoa"].id
    about = AskedBack(
        0, "beds", unit.id, DAY, "beds", "3", 1, "", hoa, NOW - timedelta(hours=3), NOW - timedelta(hours=1)
    )
    asked = data_queries.keep(office.connection, about)
    assert asked is not None
    data_queries.close(office.connection, asked, "unanswered", NOW - timedelta(hours=1), None, "")

    def unanswered() -> list[int]:
        found = read_briefing(office.context, office.actor("Hoa"), office.unit("1"))
        return [each.id for each in found.unanswered]

    assert unanswered() == [asked.id]
    data_queries.keep(office.connection, about)
    assert unanswered() == []
    office.now = NOW + LOOK_BACK + timedelta(days=1)
    assert unanswered() == []


def test_a_report_that_was_missing_is_asked_for_until_it_comes_or_is_owed_no_more(office: Office) -> None:
    hoa, unit = office.actor("Hoa"), office.unit("1")
    keep_briefing(office.context, hoa, briefing_page(read_briefing(office.context, hoa, unit), VI).content)
    office.now = NOW + timedelta(days=1)
    still = read_briefing(office.context, hoa, unit).still
    assert {each.unit_id for each in still} == {office.unit(code).id for code in ("11", "12", "13")}
    assert {each.period for each in still} == {DAY}
    office.now = NOW + timedelta(days=9)
    assert read_briefing(office.context, hoa, unit).still == ()
    people.charge(office.connection, Duty(office["Nam"].id, unit.id, "leader", date(2021, 11, 1)))
    assert not read_briefing(office.context, office.actor("Nam"), unit).met
