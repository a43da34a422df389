"""What the stage itself must do, whatever worlds are drawn."""

from datetime import timedelta
from pathlib import Path

from storage.database.engines import writing_engine
from storage.database.tables import metadata
from tests.truth import fields
from tests.truth.fields import Sheet, running
from tests.truth.stage import Stage, at
from tests.truth.truth import Place
from tests.truth.worlds import START, Sending, World


def test_a_part_of_a_stock_that_a_correction_brought_under_nought_is_refused_and_waits(tmp_path: Path) -> None:
    sheet = Sheet((fields.NEW, fields.OVER, running(fields.ACTIVE), fields.STAYED))
    places = (Place("1", "Sông Trung", "tỉnh"), Place("100", "Thọ Dân", "xã", "1"))
    sendings = (
        Sending("100", 0, 0, False, (9, 0, 0, 0)),
        Sending("100", 1, 0, False, (0, 9, 0, 0)),
        Sending("100", 0, 2, False, (0, 0, 0, 0)),
        Sending("100", 2, 0, True, (0, 0, 3, 0)),
    )
    engine = writing_engine(f"sqlite:///{tmp_path / 'stage.db'}")
    metadata.create_all(engine)
    with engine.connect() as connection:
        stage = Stage(connection, World(sheet, places, sendings, 3))
        stage.plays(at(START + timedelta(days=2), 21))
        days = stage.truth.days("100", accepted=False)
    engine.dispose()
    assert days[START + timedelta(days=1)].values["active"] < 0
    assert START + timedelta(days=2) not in days
