"""Each format carries the same figures: to DHIS2 as JSON, XML and ADX, and as signed JSON to a portal without a standard."""

from collections.abc import AsyncIterator

import pytest

from reporting.portal.formats.formats import PORTAL_FORMATS
from simulator.dhis2 import Dhis2Server, Element
from tests.portal.office import MAPPING, TODAY, Office, dhis2_metadata, mapping_of
from tests.portal.taker import SECRET, Taker

OF_DHIS2 = [name for name, of in PORTAL_FORMATS.items() if of.is_dhis2]
PERIOD = "2021-11-10/P1D"


@pytest.mark.parametrize("name", OF_DHIS2)
async def test_figures_corrections_and_deletions_reach_dhis2_in_each_of_its_formats(
    office: Office, server: Dhis2Server, name: str
) -> None:
    office.use(mapping_of(server, **{"dhis2-json": name}))
    office.reports("15742", ill=3, beds=0)
    await office.sends()
    assert [server.value(each, "15742", "20211110") for each in ("ILL", "BEDS", "EVER")] == ["3", "0", "3"]
    office.reports("15742", ill=5)
    await office.sends()
    assert [server.value(each, "15742", "20211110") for each in ("ILL", "BEDS", "EVER")] == ["5", None, "5"]
    assert office.answers("15742")["beds"][0] == "deleted"


async def test_adx_explodes_a_combo_into_its_categories(office: Office, server: Dhis2Server) -> None:
    combos = {"cocFEMALE__": {"SEX": "F"}, "cocMALE____": {"SEX": "M"}}
    elements = (Element("deILL______", "ILL", combos=combos), Element("deBEDS_____", "BEDS"))
    server.metadata.sets = dhis2_metadata(elements=elements).sets
    indicator = 'ill = {element = "ILL", categories = {SEX = "F"}}'
    office.use(mapping_of(server, **{"dhis2-json": "adx", 'ill = "ILL"': indicator, 'ever = "EVER"\n': ""}))
    office.reports("15742", ill=3)
    await office.sends()
    assert server.value("ILL", "15742", "20211110", "cocFEMALE__") == "3"


async def test_a_complete_set_is_registered_after_its_values_and_not_with_a_refused_one(
    office: Office, server: Dhis2Server
) -> None:
    office.use(mapping_of(server, **{'idScheme = "code"': 'idScheme = "code"\ncomplete = true'}))
    office.reports("15742", ill=3)
    await office.sends()
    place = ("dsWATCH____", "20211110", "oubbbbbbbbb")
    assert place in server.stored.complete
    assert [each.path for each in server.calls][-1] == "/api/completeDataSetRegistrations"
    server.metadata.approved.add(("dsWATCH____", "oucccccccccc"[:11], "20211110"))
    office.reports("15700", ill=3)
    await office.sends()
    assert list(server.stored.complete) == [place]
    assert office.states() == {("15742", TODAY): "sent", ("15700", TODAY): "refused"}


async def test_a_set_whose_figures_are_gone_is_complete_no_more(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server, **{'idScheme = "code"': 'idScheme = "code"\ncomplete = true'}))
    office.reports("15742", ill=3)
    await office.sends()
    office.reports("15742")
    await office.sends()
    assert server.stored.values == {}
    assert server.stored.complete == {}


@pytest.fixture
async def taker(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Taker]:
    async with Taker() as taker:
        yield taker


@pytest.fixture
def signed(office: Office, taker: Taker, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("PORTAL_TINH", SECRET)
    head, _, tail = MAPPING.partition("[dhis2]")
    text = head.replace("dhis2-json", "json").replace('"token"', '"hmac"').replace("{url}", taker.url)
    office.use(text + "[units]" + tail.partition("[units]")[2])
    return office


async def test_signed_json_is_taken_corrected_and_deleted(signed: Office, taker: Taker) -> None:
    signed.reports("15742", ill=3, beds=0)
    await signed.sends()
    assert taker.values == {
        ("15742", PERIOD, name): value for name, value in (("ILL", "3"), ("BEDS", "0"), ("EVER", "3"))
    }
    signed.reports("15742", ill=4)
    await signed.sends()
    assert taker.values == {("15742", PERIOD, "ILL"): "4", ("15742", PERIOD, "EVER"): "4"}
    assert signed.answers("15742")["beds"][0] == "deleted"


async def test_a_repetition_has_the_same_key_and_a_return_to_an_old_value_has_another(
    signed: Office, taker: Taker
) -> None:
    taker.answer_after = [502, 504]
    signed.reports("15742", ill=3)
    for _ in range(3):
        await signed.sends()
        signed.passes(minutes=11)
    assert (taker.effects, len(taker.keys)) == (1, 1)
    for ill in (4, 3):
        signed.reports("15742", ill=ill)
        await signed.sends()
    assert taker.effects == 3
    assert taker.values["15742", PERIOD, "ILL"] == "3"


async def test_what_it_refuses_is_refused_in_its_own_words(signed: Office, taker: Taker) -> None:
    taker.refused = {"BEDS": "quá số giường"}
    signed.reports("15742", ill=3, beds=900)
    await signed.sends()
    assert signed.answers("15742")["beds"] == ("refused", "900", "X1")
    assert signed.answers("15742")["ill"] == ("taken", "3", "")
    (row,) = [each for each in signed.rows("portal_receipt") if each.state == "refused"]
    assert row.words == "quá số giường"


async def test_a_wrong_secret_and_a_redirect_stop_the_target(
    signed: Office, taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_TINH", "other")
    signed.reports("15742", ill=3)
    await signed.sends()
    assert signed.rows("target")[0].error.startswith("portal_not_let_in")
    monkeypatch.setenv("PORTAL_TINH", SECRET)
    taker.moved_to = "http://127.0.0.1:9/elsewhere"
    signed.passes(minutes=11)
    await signed.sends()
    assert signed.rows("target")[0].error.startswith("portal_redirected")
    monkeypatch.delenv("PORTAL_TINH")
    signed.passes(minutes=11)
    await signed.sends()
    assert signed.rows("target")[0].error == "portal_secret_missing: PORTAL_TINH"
    assert taker.values == {}
