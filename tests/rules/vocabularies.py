"""The vocabularies that the tests of understanding ask in: trees of three places and the forms that are asked about there."""

import csv
from functools import cache
from pathlib import Path

from reporting.forms import Form
from reporting.units import Unit, UnitTree
from reporting.xlsforms.reading import read_form
from understanding import Vocabulary

HERE = Path(__file__).parents[1]
FORMS = HERE.parent / "forms"
QUESTIONS = HERE / "questions"


@cache
def form(path: Path) -> Form:
    return read_form(path.read_bytes(), path.name, gate=False)


def trieu_son() -> UnitTree:
    """The district of 2021 with its 34 communes and towns; its own code is 397."""
    with (HERE / "units" / "trieu_son.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    units = [Unit(1, "397", "Triệu Sơn", "huyện")]
    for row in rows:
        aliases = [alias for alias in row["aliases"].split(";") if alias]
        aliases += [row["name_gso"]] if row["name_gso"] != row["display_name"] else []
        units.append(Unit(len(units) + 1, row["code"], row["display_name"], row["kind"], 1, tuple(aliases)))
    return UnitTree(units)


def units_of(name: str) -> UnitTree:
    """A tree from a list as `giaoban units import` takes it; the first line is the root."""
    with (HERE / "units" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = {row["code"]: number for number, row in enumerate(rows, 1)}
    return UnitTree(
        Unit(
            ids[r["code"]],
            r["code"],
            r["name"],
            r["kind"],
            ids.get(r["parent"]),
            tuple(filter(None, r["aliases"].split(";"))),
        )
        for r in rows
    )


@cache
def covid() -> Vocabulary:
    tree = trieu_son()
    return Vocabulary(tree, [form(FORMS / "covid_daily.md"), form(FORMS / "covid_level.md")], tree.unit(1))


@cache
def harvest() -> Vocabulary:
    """The rice harvest in Hà Tĩnh: a province of three levels, many of whose names are twice there."""
    tree = units_of("ha_tinh")
    return Vocabulary(tree, [form(QUESTIONS / "harvest.md")], tree.unit(1))


@cache
def dengue() -> Vocabulary:
    """Dengue in a dozen districts of Hà Nội."""
    tree = units_of("ha_noi")
    return Vocabulary(tree, [form(QUESTIONS / "dengue.md")], tree.unit(1))


@cache
def storm() -> Vocabulary:
    """Damage by a storm in a province whose units are communes and wards; some are called by numerals."""
    tree = units_of("storm")
    return Vocabulary(tree, [form(QUESTIONS / "storm.md")], tree.unit(1))


@cache
def schools() -> Vocabulary:
    """The schools of a city, many of which are called by numbers and days."""
    tree = units_of("schools")
    return Vocabulary(tree, [form(QUESTIONS / "schools.md")], tree.unit(1))


VOCABULARIES = {
    "residents": covid,
    "blind": covid,
    "words": covid,
    "covid": covid,
    "periods": covid,
    "harvest": harvest,
    "dengue": dengue,
    "going": covid,
    "storm": storm,
    "schools": schools,
}
