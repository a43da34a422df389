"""The entry of the open data for catalogues: JSON-LD by DCAT 3 and DCAT-AP 3, so that a national or any other portal can list it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.web.open_reading import SiteReader
from messages.residents.open_columns import COLUMNS, column_key
from reporting.forms import Form, Question
from reporting.texts import Text, in_language
from reporting.translator import LANGUAGES, translator
from storage.figures import published
from storage.reports import forms

Node = dict[str, Any]
AT = "/catalog.jsonld"
KIND = "application/ld+json"

CONTEXT: Mapping[str, str] = {
    "csvw": "http://www.w3.org/ns/csvw#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
SPOKEN: Mapping[str, str] = {"vi": "VIE", "en": "ENG"}
FREQUENCIES: Mapping[str, tuple[str, str]] = {
    "daily": ("DAILY", "P1D"),
    "weekly": ("WEEKLY", "P7D"),
    "monthly": ("MONTHLY", "P1M"),
    "quarterly": ("QUARTERLY", "P3M"),
    "half-yearly": ("ANNUAL_2", "P6M"),
    "nine-monthly": ("ANNUAL", "P9M"),
    "yearly": ("ANNUAL", "P1Y"),
    "on change": ("IRREG", ""),
}
"""By a form's period the EU's code of how often a set is brought up to date, and how long a period is (ISO 8601)."""
FILES: Mapping[str, tuple[str, str]] = {"csv": ("text/csv", "CSV"), "json": ("application/json", "JSON")}
"""The endings that a table is given with: the media type, and the EU's code of the format."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who gives the data, by the settings: «» is not stated, and never made up.

    `owner`: a name; «»: the authority that the forms name. `licence`: the address of the conditions of use, or they themselves.
    `contact`: an e-mail address, a telephone number or the address of a page.
    """

    owner: str = ""
    licence: str = ""
    contact: str = ""


UNSTATED = Publisher()


def dcat_entry(publisher: Publisher, reading: SiteReader) -> bytes:
    """The whole entry. Its addresses are relative to its own, so that it holds behind any server, under any path."""
    return (json.dumps(_Entry(publisher, reading).node(), ensure_ascii=False, indent=1) + "\n").encode()


class _Entry:
    def __init__(self, publisher: Publisher, reading: SiteReader) -> None:
        self.publisher, self.reading, self.view = publisher, reading, reading.view
        self.roots = self.view.tree.roots(self.view.today)

    def node(self) -> Node:
        sets = [*(self._of_form(form, questions) for form, questions in self.reading.public.values()), *self._lists()]
        topic = [form.topic for form in self.view.forms if form.topic][:1]
        return {
            "@context": CONTEXT,
            "@id": "#catalog",
            "@type": "dcat:Catalog",
            "dct:title": _said("open_title_topic", topic=topic[0]) if topic else _said("open_title"),
            "dct:description": self._described("open_dcat_says"),
            "dct:publisher": self._owner(),
            "dct:language": [_of_eu("language", SPOKEN[each]) for each in LANGUAGES],
            "foaf:homepage": {"@id": "./", "@type": "foaf:Document"},
            **self._terms(),
            "dcat:dataset": sets,
        }

    def _of_form(self, form: Form, questions: Sequence[Question]) -> Node:
        names = [question.name for question in questions]
        first = published.oldest_period(self.reading.connection, form.key, names)
        last = published.newest_period(self.reading.connection, form.key, names, self.view.today)
        modified_at = published.published_at(self.reading.connection, form.key)
        frequency, length = FREQUENCIES.get(form.schedule.period, FREQUENCIES["on change"])
        issued = forms.first_day(self.reading.connection, form.key)
        found: Node = {
            **self._set(f"form-{form.key}", "figures", _in_all(form.title, form), f"?form={form.key}"),
            "dct:description": self._described("open_set_figures", title=form.title),
            "dct:accrualPeriodicity": _of_eu("frequency", frequency, "dct:Frequency"),
            "dcat:keyword": [
                each for question in questions for each in _in_all(question.alone or {"": question.name}, form)
            ],
        }
        if length:
            found["dcat:temporalResolution"] = {"@value": length, "@type": "xsd:duration"}
        if issued is not None:
            found["dct:issued"] = {"@value": issued.isoformat(), "@type": "xsd:date"}
        if modified_at is not None:
            found["dct:modified"] = {"@value": modified_at.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
        if first is not None and last is not None:
            found["dct:temporal"] = {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": {"@value": first.isoformat(), "@type": "xsd:date"},
                "dcat:endDate": {"@value": last.isoformat(), "@type": "xsd:date"},
            }
        return found

    def _lists(self) -> Iterator[Node]:
        """What is needed to read the figures: who has reported, the indicators and the units."""
        for name in ("standing", "indicators", "units"):
            yield {
                **self._set(name, name, _said(f"open_set_{name}_title")),
                "dct:description": self._described(f"open_set_{name}"),
                "dct:accrualPeriodicity": _of_eu("frequency", "IRREG", "dct:Frequency"),
            }

    def _set(self, key: str, table: str, title: list[Node], query: str = "") -> Node:
        return {
            "@id": f"#{key}",
            "@type": "dcat:Dataset",
            "dct:identifier": key,
            "dct:title": title,
            "dct:publisher": self._owner(),
            "dct:language": [_of_eu("language", SPOKEN[each]) for each in LANGUAGES],
            "dct:spatial": [{"@type": "dct:Location", "skos:prefLabel": root.title} for root in self.roots],
            "dcat:landingPage": {"@id": "./", "@type": "foaf:Document"},
            **self._contact(),
            "dcat:distribution": [
                {
                    "@id": f"#{key}-{ending}",
                    "@type": "dcat:Distribution",
                    "dct:title": title,
                    "dcat:accessURL": {"@id": f"{table}.{ending}{query}", "@type": "rdfs:Resource"},
                    "dcat:downloadURL": {"@id": f"{table}.{ending}{query}"},
                    "dcat:mediaType": {"@id": MEDIA_TYPES + kind, "@type": "dct:MediaType"},
                    "dct:format": _of_eu("file-type", code, "dct:MediaTypeOrExtent"),
                    "dct:conformsTo": _columns(table),
                    **self._terms(),
                }
                for ending, (kind, code) in FILES.items()
            ],
        }

    def _described(self, key: str, **values: Text) -> list[Node]:
        """What it is, how to read it, and whether it is made up."""
        keys = [key, "open_remark"] + ["open_demonstration"] * self.view.demonstration
        return [_spoken(" ".join(_plain(each, language, values) for each in keys), language) for language in LANGUAGES]

    def _owner(self) -> Node:
        """Who answers for the data: the setting, else whom the forms name, else the unit at the head of the tree."""
        named = [_in_all(form.authority, form) for form in self.view.forms if form.authority]
        if self.publisher.owner:
            names: list[Any] = [self.publisher.owner]
        else:
            names = list(named[0]) if named else [root.title for root in self.roots[:1]]
        return {"@id": "#publisher", "@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": names}

    def _terms(self) -> Node:
        """The conditions of use, where they are stated."""
        said = self.publisher.licence
        if not said:
            return {}
        document: Node = {"@type": "dct:LicenseDocument"}
        return {
            "dct:license": document | ({"@id": said} if _is_address(said) else {"@id": "#licence", "dct:title": said})
        }

    def _contact(self) -> Node:
        said = self.publisher.contact
        if not said:
            return {}
        name, address = "vcard:hasURL", said
        if "@" in said:
            name, address = "vcard:hasEmail", f"mailto:{said}"
        elif not _is_address(said):
            name, address = "vcard:hasTelephone", "tel:" + "".join(said.split())
        owner = self._owner()["foaf:name"]
        kind: Node = {
            "@id": "#contact",
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": owner,
            name: {"@id": address},
        }
        return {"dcat:contactPoint": kind}


def _columns(table: str) -> Node:
    """The dictionary of a table's columns, by CSV on the Web: CSV and JSON have the same."""
    return {
        "@id": f"#columns-{table}",
        "@type": ["dct:Standard", "csvw:Schema"],
        "csvw:column": {
            "@list": [
                {
                    "@type": "csvw:Column",
                    "csvw:name": name,
                    "csvw:datatype": kind,
                    "dct:description": _said(column_key(table, name)),
                }
                for name, kind in COLUMNS[table].items()
            ]
        },
    }


def _of_eu(table: str, code: str, kind: str = "dct:LinguisticSystem") -> Node:
    return {"@id": f"{EU}{table}/{code}", "@type": kind}


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _spoken(text: str, language: str) -> Node:
    return {"@value": text, "@language": language}


def _said(key: str, **values: Text) -> list[Node]:
    """A sentence of ours in each language."""
    return [_spoken(_plain(key, language, values), language) for language in LANGUAGES]


def _plain(key: str, language: str, values: Mapping[str, Text]) -> str:
    filled = {name: in_language(text, language) for name, text in values.items()}
    return translator(language).plain(key, **filled)


def _in_all(text: Text, form: Form) -> list[Node]:
    """A text of a form in the languages that it has; what names none is in the form's own."""
    tagged = {tag or form.languages[0]: said for tag, said in text.items() if said}
    return [_spoken(said, tag) for tag, said in tagged.items()]
