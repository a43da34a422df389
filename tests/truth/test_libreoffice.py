"""What a spreadsheet makes of our workbooks' formulas is what our own reader of formulas makes of them, and what the file shows."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from openpyxl import load_workbook
from sqlalchemy import Engine

from handlers.leaders.overview import show_digest
from tests.truth.leaders import made
from tests.truth.stage import Stage, at
from tests.truth.sums import number_of
from tests.truth.test_truth import SEED, engine, said_days
from tests.truth.worlds import START, World, worlds

__all__ = ["engine"]
SAMPLE = 50
OFFICE = shutil.which("soffice")
is_absent = OFFICE is None or "CI" in os.environ


@pytest.mark.timeout(900)
@pytest.mark.skipif(is_absent, reason="LibreOffice is not here, or this is CI")
def test_libreoffice_adds_up_as_our_reader_of_formulas_does(engine: Engine, tmp_path: Path) -> None:
    files = _sample(engine)
    assert len(files) >= SAMPLE // 2
    for place, file in enumerate(files):
        book = load_workbook(BytesIO(file))  # saved anew, the file has no results of ours that could be shown instead
        book.save(tmp_path / f"{place}.xlsx")
    _recalculates(tmp_path)
    for place, file in enumerate(files):
        ours, shown = load_workbook(BytesIO(file)), load_workbook(BytesIO(file), data_only=True)
        theirs = load_workbook(tmp_path / "out" / f"{place}.xlsx", data_only=True)
        for sheet in ours.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        found = theirs[sheet.title][cell.coordinate].value
                        wanted = number_of(sheet, cell.value)
                        assert found == wanted, f"{cell.coordinate} {cell.value}: {found} for {wanted}"
                        assert shown[sheet.title][cell.coordinate].value == wanted, (
                            f"{cell.coordinate} is shown as another"
                        )


def _sample(engine: Engine) -> list[bytes]:
    """Workbooks of made-up worlds: of a day or all days, of the root."""
    files: list[bytes] = []

    @seed(SEED)
    @settings(
        max_examples=SAMPLE,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds())
    def sampled(world: World) -> None:
        with engine.connect() as connection:
            stage = Stage(connection, world)
            stage.plays(at(world.last, 17, 35))
            first = START if len(files) % 2 else world.last
            args = f"{stage.truth.place('1').title} {said_days(first, world.last)}"
            files.append(made(stage.commands(show_digest, "tonghop", args), "workbook"))

    sampled()
    return files


def _recalculates(folder: Path) -> None:
    """One LibreOffice opens all of them, works them out and saves them in «out»."""
    assert OFFICE is not None
    files = sorted(str(each) for each in folder.glob("*.xlsx"))
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = [OFFICE, home, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=800)
