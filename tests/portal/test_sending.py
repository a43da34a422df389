"""Figures reach DHIS2 as they were accepted: corrections follow, what is no more is deleted, every value has its receipt."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.portal import sender
from bot.portal.https import PortalClient
from bot.portal.sender import PortalSender, send_one
from reporting.portal.consignment import PortalTrouble, ValueReceipt
from reporting.portal.mapping import PortalMapping
from reporting.portal.reading import read_mapping
from services import deliver_to_portal
from services.deliver_to_portal import DeliveryOutcome, TakenDelivery
from services.portal_values import PortalReading
from simulator.dhis2 import Dhis2Server, ServerFault
from simulator.dhis2.metadata import Element
from storage.organisation import units
from storage.portal import deliveries, targets
from storage.portal.deliveries import Delivery
from tests.portal.office import TODAY, ZONE, Office, dhis2_metadata, mapping_of, person_of_desk
from tests.running.log_lines import logged

YESTERDAY = TODAY - timedelta(days=1)
IMPORT = "/api/dataValueSets"


def imports(server: Dhis2Server) -> list[str]:
    return [each.body for each in server.calls if each.path == IMPORT]


async def test_a_report_is_there_after_it_was_accepted(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3, beds=0)
    assert await office.sends() == 1
    assert [server.value(name, "15742", "20211110") for name in ("ILL", "BEDS", "EVER")] == ["3", "0", "3"]
    assert office.answers("15742") == {
        name: ("taken", value, "") for name, value in (("ill", "3"), ("beds", "0"), ("ever", "3"))
    }
    assert await office.sends() == 0
    assert len(imports(server)) == 1


async def test_values_are_strings_with_the_schemes_said(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    await office.sends()
    (call,) = [each for each in server.calls if each.path == IMPORT]
    assert '{"dataElement": "ILL", "value": "3"}' in call.body
    assert call.query["orgUnitIdScheme"] == call.query["dataElementIdScheme"] == call.query["dataSetIdScheme"] == "code"


async def test_no_report_sends_nothing(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    await office.sends()
    assert server.calls == []


async def test_a_correction_is_sent_again_and_so_is_what_rests_on_it(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    office.reports("15742", YESTERDAY, ill=2)
    office.reports("15742", ill=3)
    await office.sends()
    office.reports("15742", YESTERDAY, ill=7)
    await office.sends()
    assert server.value("ILL", "15742", "20211109") == "7"
    assert server.value("EVER", "15742", "20211110") == "10"


async def test_what_is_no_more_is_deleted_there(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3, beds=4)
    await office.sends()
    office.reports("15742", ill=3)
    await office.sends()
    assert server.value("BEDS", "15742", "20211110") is None
    assert server.value("ILL", "15742", "20211110") == "3"
    assert office.answers("15742")["beds"][:2] == ("deleted", "4")


async def test_one_bad_value_is_refused_and_the_others_stand(office: Office, server: Dhis2Server) -> None:
    of = server.metadata.sets[0]
    negative = [
        Element(each.uid, each.code, value_type="BOOLEAN") if each.code == "BEDS" else each for each in of.elements
    ]
    server.metadata.sets = dhis2_metadata(elements=tuple(negative)).sets
    office.use(mapping_of(server))
    office.reports("15742", ill=3, beds=40)
    await office.sends()
    assert server.value("ILL", "15742", "20211110") == "3"
    assert server.value("BEDS", "15742", "20211110") is None
    code = {"2.42": "E7619", "2.43": "E8122"}[server.mode]
    assert office.answers("15742")["beds"] == ("refused", "40", code)
    assert office.answers("15742")["ill"] == ("taken", "3", "")
    assert office.states() == {("15742", TODAY): "refused"}


async def test_a_refused_value_is_not_sent_over_and_over_but_its_correction_is(
    office: Office, server: Dhis2Server
) -> None:
    server.metadata.approved.add(("dsWATCH____", "oubbbbbbbbb", "20211110"))
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    await office.sends()
    office.passes(hours=5)
    await office.sends()
    assert len(imports(server)) == 1
    assert {state for state, _, _ in office.answers("15742").values()} == {"refused"}
    server.metadata.approved.clear()
    office.reports("15742", ill=4)
    await office.sends()
    assert server.value("ILL", "15742", "20211110") == "4"
    assert office.states() == {("15742", TODAY): "sent"}


@pytest.mark.parametrize(
    "fault",
    [
        ServerFault(500),
        ServerFault(503, after=True),
        ServerFault(drop=True),
        ServerFault(drop=True, after=True),
        ServerFault(429, headers=(("Retry-After", "7"),)),
        ServerFault(200, body="<html>log in</html>"),
    ],
    ids=repr,
)
async def test_what_goes_wrong_on_the_way_is_sent_again_later(
    office: Office, server: Dhis2Server, fault: ServerFault
) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    server.faults.append(fault)
    assert await office.sends() == 0
    assert office.states() == {("15742", TODAY): "waiting"}
    assert await office.sends() == 0
    assert len(imports(server)) == 1
    office.passes(minutes=11)
    assert await office.sends() == 1
    assert server.value("ILL", "15742", "20211110") == "3"
    assert office.rows("target")[0].error == ""


async def test_a_wrong_token_stops_the_target_and_the_desk_can_see_why(
    office: Office, server: Dhis2Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_TINH", "d2pat_wrong")
    office.use(mapping_of(server))
    for code in ("15742", "15700", "15718"):
        office.reports(code, ill=3)
    await office.sends()
    (target,) = office.rows("target")
    assert target.error.startswith("portal_not_let_in")
    assert len(server.calls) == 1
    monkeypatch.setenv("PORTAL_TINH", "d2pat_simulated")
    office.passes(minutes=11)
    assert await office.sends() == 3


async def test_an_element_that_would_lose_its_zeros_stops_the_target(office: Office, server: Dhis2Server) -> None:
    of = server.metadata.sets[0]
    lossy = [Element(each.uid, each.code, zero_is_significant=each.code != "BEDS") for each in of.elements]
    server.metadata.sets = dhis2_metadata(elements=tuple(lossy)).sets
    office.use(mapping_of(server))
    office.reports("15742", ill=3, beds=0)
    assert await office.sends() == 0
    assert imports(server) == []
    assert office.rows("target")[0].error == "portal_zero_is_lost: beds, BEDS"


async def test_figures_that_change_while_they_are_on_their_way_are_sent_again(
    office: Office, server: Dhis2Server
) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    await office.sends()
    office.reports("15742", ill=4)
    office.reports("15742", ill=5)
    await office.sends()
    assert server.value("ILL", "15742", "20211110") == "5"
    assert len(imports(server)) == 2


async def test_nothing_is_sent_of_days_before_the_mapping(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    office.reports("15742", date(2021, 10, 31), ill=1)
    await office.sends()
    assert office.rows("portal_delivery") == []


async def test_what_waits_for_approval_waits_here_too_and_goes_when_that_is_taken_back(
    approving_office: Office,
) -> None:
    office = approving_office
    async with Dhis2Server(dhis2_metadata()) as server:
        office.use(mapping_of(server))
        report = office.reports("15742", ill=3)
        await office.sends()
        assert server.calls == []
        by = person_of_desk(office)
        office.approves(report, by)
        await office.sends()
        assert server.value("ILL", "15742", "20211110") == "3"
        office.takes_back(replace(report, provisional=False))
        await office.sends()
        assert server.value("ILL", "15742", "20211110") is None
        office.approves(report, by)
        await office.sends()
        assert server.value("ILL", "15742", "20211110") == "3"


async def test_what_waits_for_approval_is_sent_where_the_mapping_says_so(approving_office: Office) -> None:
    office = approving_office
    async with Dhis2Server(dhis2_metadata()) as server:
        office.use(mapping_of(server) + '\n[rules]\nprovisional = "send"\n')
        office.reports("15742", ill=3)
        await office.sends()
        assert server.value("ILL", "15742", "20211110") == "3"


async def test_a_target_by_the_hour_is_sent_to_at_that_hour(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server, **{'form = "watch"': 'form = "watch"\nwhen = "17:30"'}))
    office.passes(minutes=1)
    office.reports("15742", ill=3)
    await office.sends()
    assert server.calls == []
    office.passes(minutes=30)
    await office.sends()
    assert server.value("ILL", "15742", "20211110") == "3"


async def test_a_target_at_which_we_stumble_keeps_no_other_from_being_sent_to(
    office: Office, server: Dhis2Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbles(source: str) -> PortalMapping:
        mapping = read_mapping(source)
        if mapping.key == "a":
            raise ZeroDivisionError
        return mapping

    monkeypatch.setattr(sender, "read_mapping", stumbles)
    for key in ("a", "b"):
        office.use(mapping_of(server).replace('target = "tinh"', f'target = "{key}"'))
    office.reports("15742", ill=3)
    assert await office.sends() == 1
    assert server.value("ILL", "15742", "20211110") == "3"
    assert "Nothing was sent to a this time" in caplog.text
    office.passes(hours=1)
    with pytest.raises(ZeroDivisionError):
        await office.sender.round("a", by_desk=True)


@pytest.mark.parametrize("where", ["put together", "sent"])
async def test_a_unit_at_which_we_stumble_keeps_no_other_from_being_sent(
    office: Office, server: Dhis2Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    office.reports("15700", ill=4)
    whole, unit_id = (
        deliver_to_portal._put_together,
        office.does(lambda connection: units.tree(connection).known("15742", TODAY).id),
    )

    def stumbles(reading: PortalReading, of: Delivery, now: datetime) -> TakenDelivery:
        if of.unit_id == unit_id:
            raise ZeroDivisionError
        return whole(reading, of, now)

    async def stumbles_sending(client: PortalClient, mapping: PortalMapping, taken: TakenDelivery) -> DeliveryOutcome:
        if taken.delivery.unit_id == unit_id:
            raise ZeroDivisionError
        return await send_one(client, mapping, taken)

    with monkeypatch.context() as bug:
        if where == "sent":
            bug.setattr(sender, "send_one", stumbles_sending)
        else:
            bug.setattr(deliver_to_portal, "_put_together", stumbles)
        assert await office.sends() == 1
    assert (server.value("ILL", "15742", "20211110"), server.value("ILL", "15700", "20211110")) == (None, "4")
    assert "could not be sent; the others go on." in caplog.text
    (left,) = office.does(lambda connection: deliveries.unsettled(connection, 10))
    assert (left.unit_id, left.error) == (unit_id, "portal_stumbled")
    (target,) = office.does(targets.targets)
    assert target.stopped_at is None
    office.passes(hours=1)
    assert await office.sends() == 1
    assert server.value("ILL", "15742", "20211110") == "3"


@pytest.mark.parametrize("where", ["put together", "sent"])
async def test_a_target_at_each_of_whose_deliveries_we_stumble_is_left_in_peace_for_a_while(
    office: Office, server: Dhis2Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    office.reports("15700", ill=4)

    def stumbles(*_: object) -> TakenDelivery:
        raise ZeroDivisionError

    with monkeypatch.context() as bug:
        bug.setattr(sender, "PORTION", 1)
        bug.setattr(sender, "TRACES", 0)
        bug.setattr(*(sender, "send_one") if where == "sent" else (deliver_to_portal, "_put_together"), stumbles)
        assert await office.sends() == 0
    (line,) = (each for each in caplog.records if "could not be sent" in each.getMessage())
    assert line.exc_info is None
    (target,) = office.does(targets.targets)
    assert target.stopped_at is not None
    office.passes(hours=1)
    assert await office.sends() == 2
    (target,) = office.does(targets.targets)
    assert target.stopped_at is None


ODD = "\x00 \ud800 chưa nhận"


@pytest.mark.parametrize("said", ["trouble", "receipt", "completion"])
async def test_what_no_database_takes_in_a_portals_words_is_left_out(
    office: Office, server: Dhis2Server, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)

    async def answers(_: PortalClient, __: PortalMapping, taken: TakenDelivery) -> DeliveryOutcome:
        if said == "trouble":
            return DeliveryOutcome(taken.delivery, trouble=PortalTrouble("portal_not_now", ODD))
        refused = (ValueReceipt("ill", "3", "refused", ODD, ODD),) if said == "receipt" else ()
        return DeliveryOutcome(taken.delivery, refused, error=ODD if said == "completion" else "")

    monkeypatch.setattr(sender, "send_one", answers)
    assert await office.sends() == (0 if said == "trouble" else 1)
    (kept,) = office.does(targets.targets)
    assert kept.error.endswith("chưa nhận") == (said == "trouble")
    if said == "receipt":
        assert office.answers("15742")["ill"] == ("refused", "3", "  chưa nhận")


async def test_a_database_that_is_away_is_a_line_in_the_log_and_no_traceback_every_three_seconds(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_: Callable[[Connection], Any]) -> Any:
        raise OperationalError("select", {}, OSError("the server is gone"), connection_invalidated=True)

    sending = PortalSender(away, office.write, lambda: office.now, ZONE)
    async with logged("Nothing is sent to portals, the database is away: the server is gone"):
        running = asyncio.create_task(sending.run())
    running.cancel()
    assert "Traceback" not in caplog.text
