"""The entry for catalogues: it is DCAT-AP, says what settings and forms say and nothing else, and names the columns of the tables."""

import csv
import re
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

from bot.web.dcat_entry import AT, Publisher
from bot.web.open_query import NAMES
from messages.residents.open_columns import COLUMNS
from reporting.translator import LANGUAGES, translator
from tests.open_data.conftest import Site, site_of

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""Of rdflib's own reader of JSON-LD."""

SHAPES = Graph().parse(Path(__file__).with_name("dcat_shapes.ttl"))
CSVW = Namespace("http://www.w3.org/ns/csvw#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
OFFICE = Publisher("Sở Y tế", "https://creativecommons.org/licenses/by/4.0/", "so.y.te@example.vn")


@pytest.fixture
async def stated(database_url: str) -> AsyncIterator[Site]:
    """A site whose settings say who answers for it, on what terms, and whom to ask."""
    async for each in site_of(database_url, publisher=OFFICE):
        yield each


async def graph_of(site: Site) -> Graph:
    """What a program reads that came to the entry by its address, without any context from elsewhere."""
    answer = await site.get(AT)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/ld+json; charset=utf-8")
    return Graph().parse(data=answer.text, format="json-ld", publicID=f"{site.address}{AT}")


def objects(graph: Graph, of: Any, name: Any) -> list[str]:
    return sorted(str(each) for each in graph.objects(of, name))


async def test_the_entry_is_what_dcat_ap_demands_with_settings_and_without(site: Site, stated: Site) -> None:
    for each in (site, stated):
        conforms, _, why = validate(await graph_of(each), shacl_graph=SHAPES)
        assert conforms, why


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(DCAT.Catalog, DCTERMS.publisher), (DCAT.Dataset, DCTERMS.title), (DCAT.Distribution, DCAT.accessURL)],
)
async def test_without_a_mandatory_property_it_is_none(harvest_site: Site, kind: URIRef, wanted: URIRef) -> None:
    graph = await graph_of(harvest_site)
    graph.remove((next(graph.subjects(RDF.type, kind)), wanted, None))
    conforms, _, why = validate(graph, shacl_graph=SHAPES)
    assert not conforms
    assert f":{re.split('[/#]', wanted)[-1]}" in why


async def test_owner_terms_and_contact_are_those_of_the_settings(stated: Site) -> None:
    graph = await graph_of(stated)
    base = URIRef(f"{stated.address}{AT}#catalog")
    assert objects(graph, next(graph.objects(base, DCTERMS.publisher)), FOAF.name) == ["Sở Y tế"]
    assert objects(graph, base, DCTERMS.license) == [OFFICE.licence]
    for each in graph.subjects(RDF.type, DCAT.Dataset):
        (contact,) = graph.objects(each, DCAT.contactPoint)
        assert objects(graph, contact, VCARD.hasEmail) == ["mailto:so.y.te@example.vn"]


@pytest.mark.parametrize(
    ("contact", "name", "address"),
    [("0237 3 852 246", VCARD.hasTelephone, "tel:02373852246"), ("https://x.vn/a", VCARD.hasURL, "https://x.vn/a")],
)
async def test_a_telephone_or_a_page_is_a_contact_too_and_terms_may_be_a_sentence(
    database_url: str, contact: str, name: URIRef, address: str
) -> None:
    async for each in site_of(database_url, publisher=Publisher(licence="Ghi rõ nguồn.", contact=contact)):
        graph = await graph_of(each)
        assert validate(graph, shacl_graph=SHAPES)[0]
        assert [str(found) for found in graph.objects(None, name)] == [address]
        (terms,) = set(graph.objects(None, DCTERMS.license))
        assert objects(graph, terms, DCTERMS.title) == ["Ghi rõ nguồn."]


async def test_what_nobody_has_stated_is_not_made_up(site: Site) -> None:
    graph = await graph_of(site)
    assert not list(graph.objects(None, DCTERMS.license))
    assert not list(graph.objects(None, DCAT.contactPoint))
    assert set(graph.objects(None, FOAF.name)) == {
        Literal("UBND huyện Triệu Sơn", lang="vi"),
        Literal("the People’s Committee of Triệu Sơn district", lang="en"),
    }


async def test_a_form_is_a_set_with_its_period_and_how_often_it_comes(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    graph = await graph_of(site)
    daily = next(each for each in graph.subjects(RDF.type, DCAT.Dataset) if "covid_daily" in str(each))
    assert objects(graph, daily, DCTERMS.accrualPeriodicity)[0].endswith("frequency/DAILY")
    (period,) = graph.objects(daily, DCTERMS.temporal)
    assert objects(graph, period, DCAT.endDate) == [site.town.now.date().isoformat()]
    titles = {each.language: str(each) for each in graph.objects(daily, DCTERMS.title) if isinstance(each, Literal)}
    assert set(titles) == {*LANGUAGES}


async def test_every_address_that_it_names_gives_what_it_says(site: Site) -> None:
    graph = await graph_of(site)
    found = 0
    for each in graph.subjects(RDF.type, DCAT.Distribution):
        (url,), (kind,) = graph.objects(each, DCAT.downloadURL), graph.objects(each, DCAT.mediaType)
        where = urlsplit(str(url))
        asked = dict(part.split("=") for part in where.query.split("&") if part)
        answer = await site.get(where.path, **asked)
        assert answer.status == 200, url
        assert str(kind).endswith(answer.headers["Content-Type"].split(";")[0])
        found += 1
    assert found >= 2 * len(COLUMNS)


async def test_the_dictionary_has_just_the_columns_that_the_tables_have(site: Site) -> None:
    site.town.reports("15742", f0_new=3)
    graph = await graph_of(site)
    for table, columns in COLUMNS.items():
        answer = await site.get(f"/{table}.csv")
        head = next(csv.reader(StringIO(answer.text)))
        assert head == list(columns)
        schema = URIRef(f"{site.address}{AT}#columns-{table}")
        listed = list(graph.collection(next(graph.objects(schema, CSVW.column))))
        assert [str(graph.value(each, CSVW.name)) for each in listed] == head
        for each in listed:
            assert {
                said.language for said in graph.objects(each, DCTERMS.description) if isinstance(said, Literal)
            } == {*LANGUAGES}


async def test_the_page_and_every_table_lead_to_it_and_it_is_not_sent_twice(site: Site) -> None:
    assert f'<link rel="describedby" href="{AT}" type="application/ld+json">' in (await site.get("/")).text
    first = await site.get(AT)
    for path in ("/figures.csv", "/units.json"):
        assert (await site.get(path)).headers["Link"] == f'<{AT}>; rel="describedby"; type="application/ld+json"'
    again = await site.get(AT, {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.text) == (304, "")
    site.town.reports("15742", f0_new=3)
    assert (await site.get(AT, {"If-None-Match": first.headers["ETag"]})).status == 200
    assert (await site.get(AT, lang="vi")).status == 400
    assert "lang" in NAMES


async def test_it_says_where_figures_are_made_up(database_url: str) -> None:
    async for each in site_of(database_url, demonstration=True):
        graph = await graph_of(each)
        said = {text for text in graph.objects(None, DCTERMS.description) if isinstance(text, Literal)}
        for language in LANGUAGES:
            made_up = translator(language).plain("open_demonstration")
            assert sum(made_up in text for text in said if text.language == language) >= 4
