"""Contents as an earlier release kept them, digests that were frozen and drawings that waited, are read to the last figure.

`contents/frozen` and `contents/drawn` are rows of `digest.content` and of `outbox.say`, as that release wrote them.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from bot.drawing import MAKERS, draw
from bot.telegram.channel import TELEGRAM
from messages.digests.board_words import board_text
from messages.digests.digest import digest
from messages.digests.digest_messages import board_say, digest_says, letter_say, workbook_say
from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import CarriedFigure, DigestContent, TrendPoint
from reporting.people import Address
from reporting.say import Drawing, Drawn, KeptDrawing, Say
from reporting.translator import translator
from reporting.unit_list import read_units
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.figures import digests
from storage.figures.digests import Frozen
from storage.messages import delivery, outbox
from storage.organisation import units
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.rules.digests_made import evidence
from tests.sqlite import fresh_sqlite

CONTENTS = Path(__file__).parent / "contents"
FROZEN = sorted(path.stem for path in (CONTENTS / "frozen").iterdir())
DRAWN = sorted(path.stem for path in (CONTENTS / "drawn").iterdir())
NOW = datetime(2021, 11, 10, 11, tzinfo=UTC)
DAY = date(2021, 11, 10)
LAN = Address("telegram", "7")


def row(of: str, name: str) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads((CONTENTS / of / f"{name}.json").read_text(encoding="utf-8"))
    return kept


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = fresh_sqlite(tmp_path / "kept.db", tables)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units("code,name,kind,parent\n397,Triệu Sơn,huyện,\n"))
    yield engine
    engine.dispose()


def frozen(engine: Engine, name: str) -> Frozen:
    """The digest of that row, read from the table."""
    content = row("frozen", name)
    values = {"form": "f", "unit_id": 1, "period": DAY, "person_id": None, "as_of": NOW, "content": content}
    with engine.begin() as connection:
        table = metadata.tables["digest"]
        number = connection.execute(insert(table).returning(table.c.id), values).scalar_one()
        found = digests.frozen(connection, number)
    assert found is not None
    return found


def kept_anew(engine: Engine, of: Frozen) -> dict[str, Any]:
    with engine.begin() as connection:
        number = digests.freeze(connection, of.digest, of.person_ids)
        table = metadata.tables["digest"]
        kept: dict[str, Any] = connection.execute(select(table.c.content).where(table.c.id == number)).scalar_one()
    return kept


def with_newer(content: dict[str, Any]) -> dict[str, Any]:
    """What that release kept, and empty what is kept since then."""
    newer: dict[str, Any] = {"sections": []} if "paragraphs" in content else {}
    if "board" in content:
        newer["board"] = [{**each, "name": ""} for each in content["board"]]
    if "indicators" in content:
        newer["indicators"] = [{**each, "is_no_sum": False} for each in content["indicators"]]
    if "indicators" in (figures := content.get("figures") or {}):
        newer["figures"] = with_newer(figures)
    if "cards" in content:
        newer["cards"] = [{**each, "steps": []} for each in content["cards"]]
    return content | newer


NEWER: dict[str, dict[str, Any]] = {
    "letter": {"by_deputy": False},
    "workbook": {"groups": []},
    "bulletin": {"adds_up": True},
}
"""By maker: what is kept of a drawing since that release, and was nothing then."""


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_digest_is_read_and_kept_again_as_it_was(engine: Engine, name: str) -> None:
    of = frozen(engine, name)
    assert of.person_ids == (3, 5)
    assert kept_anew(engine, of) == with_newer(row("frozen", name))


@pytest.mark.parametrize("name", FROZEN)
def test_all_of_a_frozen_digest_is_drawn(engine: Engine, name: str) -> None:
    of = frozen(engine, name).digest
    words = translator(of.content.language)
    says = [
        *digest_says(of, LAN, words),
        workbook_say(of, LAN, words),
        letter_say(of, LAN, words),
        board_say(of, LAN, words),
    ]
    drawn = [each for say in says for each in (say.photo, say.document) if each is not None]
    assert {each.maker for each in drawn} == {"digest", "workbook", "letter", "board"}
    assert all(len(draw(each)) > 1000 for each in drawn)
    assert of.content.unit in board_text(of, words)


def test_what_is_in_it_has_the_types_that_it_is_read_by(engine: Engine) -> None:
    content = frozen(engine, "day").digest.content
    assert (content.periods, content.as_of.isoformat()) == ((DAY,), "2021-11-10T17:00:00+07:00")
    assert (content.coverage.received, content.coverage.expected) == (6, 8)
    rows = {each.unit: each for each in content.rows}
    assert rows["xã Dân Lực"].sent_at is None
    assert rows["xã Dân Lực"].carried == {"f0_cum": CarriedFigure(202, date(2021, 11, 9))}
    assert [each.unit for each in content.rows if each.provisional] == ["xã Xuân Lộc"]
    assert content.states[0].of_unit[2].since == date(2021, 11, 3)
    assert {point.carried for point in content.trend["f0_new"]} == {None}
    groups = frozen(engine, "groups").digest.content.groups
    assert [(each.unit, each.reports.received) for each in groups if each.reports.received < each.reports.expected]
    assert len(frozen(engine, "span").digest.content.periods) == 7
    untold = frozen(engine, "untold").digest.content
    assert [each.name for each in untold.indicators if each.untold] == ["f0_cum"]


def test_what_a_release_did_not_keep_yet_is_made_up_for() -> None:
    """A digest of the first release that drew any: rows of the board and of units had less."""
    kept = row("frozen", "day")
    later = {"notes", "carried", "carried_of", "withheld", "mark", "untold", "grown", "excused", "archive", "parts"}
    later |= {"owed", "came"}
    whole = of_json(DigestContent, kept)
    old = {name: _without(value, later) for name, value in kept.items() if name != "notes"}
    old["trend"] = {name: [point[:2] for point in points] for name, points in old["trend"].items()}
    content = of_json(DigestContent, old)
    assert [each.values for each in content.rows] == [each.values for each in whole.rows]
    assert content.board[0].cells[-1] == whole.board[0].cells[-1]._replace(came=whole.board[0].units[-1])
    assert content.trend["f0_new"] == tuple(TrendPoint(*point[:2]) for point in whole.trend["f0_new"])


def _without(value: Any, names: set[str]) -> Any:
    if not isinstance(value, list):
        return value
    return [{k: v for k, v in each.items() if k not in names} if isinstance(each, dict) else each for each in value]


def test_a_content_that_is_none_is_not_taken_for_one() -> None:
    kept = row("frozen", "day")
    del kept["rows"][0]["values"]
    with pytest.raises(TypeError, match="values"):
        of_json(DigestContent, kept)


def claimed(engine: Engine, name: str) -> Drawn:
    """What a speaker draws of that row."""
    values = {"channel": "telegram", "address": "7", "topic": None, "rank": 0, "key": "", "created_at": NOW}
    more = {"tries": 0, "uncertain": 0, "claimed_by": "", "message_id": "", "state": "new", "error": ""}
    with engine.begin() as connection:
        connection.execute(insert(outbox.outbox), values | more | {"say": row("drawn", name)})
        (found,) = delivery.claim(connection, "telegram", "me", NOW, 1)
    assert isinstance(found.effect, Say)
    drawn = found.effect.photo or found.effect.document
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_that_waited_is_drawn(engine: Engine, name: str) -> None:
    assert len(draw(claimed(engine, name))) > 1000


def test_a_drawing_that_cannot_be_read_fails_alone_when_it_is_drawn() -> None:
    with pytest.raises(TypeError, match="missing"):
        draw(Drawn("x.png", KeptDrawing("board", {"units": [1, 2]})))
    with pytest.raises(KeyError):
        draw(Drawn("x.png", KeptDrawing("carpet", {})))


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_put_into_the_outbox_as_it_always_was(engine: Engine, name: str) -> None:
    waited = claimed(engine, name)
    assert isinstance(waited.content, KeptDrawing)
    content: Drawing = of_json(MAKERS[waited.maker].content, waited.content.content)
    with engine.begin() as connection:
        say = Say(LAN, "", photo=replace(waited, content=content))
        (number,) = outbox.put(connection, [say], NOW, CHANNELS)
        table = outbox.outbox
        kept = connection.execute(select(table.c.say).where(table.c.id == number)).scalar_one()
    before = row("drawn", name)
    drawn = before.get("photo") or before["document"]
    assert kept["photo"] == drawn | {"content": with_newer(drawn["content"]) | NEWER.get(waited.maker, {})}


def test_each_maker_has_a_row_here() -> None:
    assert {row("drawn", name).get(kind, {}).get("maker") for name in DRAWN for kind in ("photo", "document")} - {
        None
    } == set(MAKERS)


def test_a_digest_is_the_same_from_its_row_as_when_it_was_made() -> None:
    made = digest(evidence(missing=[3], days=7), translator("vi"), TELEGRAM).content
    assert of_json(DigestContent, json.loads(json.dumps(as_json(made)))) == made
