"""One place each: of every kind of thing one is added to a copy of the house, where CONTRIBUTING says; nothing else is to change."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.environment import ROOT
from tests.one_place.additions import Addition, HouseCopy, touches

KINDS = sorted(path.stem for path in (ROOT / "tests" / "one_place").glob("[a-z]*.py") if path.stem != "additions")
HOUSE_RULES = "tests/test_house_rules.py"


def addition(kind: str) -> Addition:
    made: Addition = import_module(f"tests.one_place.{kind}").ADDITION
    return made


@pytest.mark.timeout(600)
def test_one_of_each_kind_works_where_it_was_added_and_breaks_no_house_rule(tmp_path: Path) -> None:
    house = HouseCopy(tmp_path / "house")
    for kind in KINDS:
        for put in addition(kind).puts:
            house.put(put)
    status, printed = house.run([*(f"tests/one_place/{kind}.py" for kind in KINDS), HOUSE_RULES])
    assert status == 0, printed


@pytest.mark.parametrize("kind", KINDS)
def test_the_places_are_those_that_contributing_names(kind: str) -> None:
    named, touched = touches(addition(kind).row), addition(kind).touched
    assert named
    assert [path for path in touched if not any(path == each or path.startswith(each) for each in named)] == []
    assert [each for each in named if not any(path.startswith(each) for path in touched)] == []
